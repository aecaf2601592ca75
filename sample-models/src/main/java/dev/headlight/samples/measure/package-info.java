/** What the samples can do, and which of their heads do it. */
package dev.headlight.samples.measure;
