/** Reports that need no window: the tour and the figures in it. */
package dev.headlight.app.report;
