/** The command line: picocli commands over the same services that the window uses. */
package dev.headlight.app.cli;
