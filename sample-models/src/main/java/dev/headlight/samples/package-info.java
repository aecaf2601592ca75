/** The trained sample models inside this jar. */
package dev.headlight.samples;
