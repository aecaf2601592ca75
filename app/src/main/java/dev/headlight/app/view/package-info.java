/** Panes, controls and the window. Everything here belongs to the JavaFX thread. */
package dev.headlight.app.view;
