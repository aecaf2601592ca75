/** Maps as files (PNG, SVG, PDF, CSV), each saying where it came from, and as tables to paste. */
package dev.headlight.app.export;
