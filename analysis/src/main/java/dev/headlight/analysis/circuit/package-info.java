/** What the weights of a head say without a prompt: its QK and OV circuits. */
package dev.headlight.analysis.circuit;
