package dev.headlight.app.report;

import dev.headlight.renderer.figure.Figure;

/**
 * A figure of the report in both themes.
 *
 * @param file its name without ending
 * @param alt what it shows, in words
 */
record TourFigure(String file, String alt, Figure light, Figure dark) {}
