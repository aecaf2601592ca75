/** The user guide, readable without a network. */
package dev.headlight.app.help;
