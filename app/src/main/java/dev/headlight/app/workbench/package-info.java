/** The one observable state, and what keeps it true. Knows no windows. */
package dev.headlight.app.workbench;
