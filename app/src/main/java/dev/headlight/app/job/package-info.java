/** Who runs jobs, on which thread, and which result still counts. */
package dev.headlight.app.job;
