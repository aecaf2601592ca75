/** The tensor engine as a machine: what is there, and how fast it multiplies. */
package dev.headlight.analysis.engine;
