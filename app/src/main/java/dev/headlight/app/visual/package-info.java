/**
 * Where words look in a picture: questions to the model, and what the visual pane shows of them.
 * Knows no toolkit.
 */
package dev.headlight.app.visual;
