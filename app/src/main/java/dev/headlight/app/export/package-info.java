/** Maps as files: PNG, SVG and CSV, each saying where it came from. */
package dev.headlight.app.export;
