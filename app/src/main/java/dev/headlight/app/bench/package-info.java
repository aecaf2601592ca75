/** Measurements of this machine and of what Headlight makes of it; {@code headlight bench}. */
package dev.headlight.app.bench;
