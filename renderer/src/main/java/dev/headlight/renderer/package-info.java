/**
 * Numbers to pixels, PNG, SVG and PDF. Knows neither a window toolkit nor a tensor engine.
 *
 * <p>Legend used in all shapes here:
 *
 * <ul>
 *   <li>{@code rows}: queries (destinations), downwards, row 0 at the top
 *   <li>{@code columns}: keys (sources), to the right, column 0 at the left
 *   <li>{@code NaN} (or −∞): a masked cell, such as the upper triangle of a causal map; it is never
 *       drawn in the colour of a number and never counted in a limit
 *   <li>{@code argb}: one {@code int} per pixel, 0xAARRGGBB, not premultiplied, row after row from
 *       the top left
 *   <li>{@code px}: pixels; {@code pt}: points, 1/72 inch
 * </ul>
 *
 * <p>The way of a value: {@link dev.headlight.renderer.Matrix} → pooled to about one cell a pixel
 * ({@link dev.headlight.renderer.HeatmapPainter}, {@link dev.headlight.renderer.MatrixPyramid},
 * {@link dev.headlight.renderer.Thumbnails}) → {@link dev.headlight.renderer.ValueScale} gives its
 * position in 0..1 → {@link dev.headlight.renderer.Palette} gives its colour.
 */
package dev.headlight.renderer;
