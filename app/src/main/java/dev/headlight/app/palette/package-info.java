/** Finding one of many actions by a few letters; no toolkit. */
package dev.headlight.app.palette;
