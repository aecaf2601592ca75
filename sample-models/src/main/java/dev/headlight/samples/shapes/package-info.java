/** Pictures of coloured shapes with exact masks, and questions about them in words. */
package dev.headlight.samples.shapes;
