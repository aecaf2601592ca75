/** Where log lines go. */
package dev.headlight.app.logging;
