/** Pictures made into what a model's vision tower reads: pixel values, and the grid of patches. */
package dev.headlight.analysis.image;
