/**
 * Figures for papers and reports, as PNG, SVG and PDF, with the provenance inside the file.
 *
 * <p>A {@link dev.headlight.renderer.figure.Figure} is an immutable description. A layout places
 * its parts in points, once, and draws them on a {@code Surface}; each file format is one surface,
 * so that all formats agree. Positions grow to the right and downwards from the top left, in points
 * (1/72 inch); text stands on its baseline.
 */
package dev.headlight.renderer.figure;
