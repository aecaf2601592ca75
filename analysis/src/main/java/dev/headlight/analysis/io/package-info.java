/**
 * Files out: arrays (safetensors, npz), tables (CSV), and what each of them says about where it
 * came from. Every file is written beside its place and moved there when it is whole.
 */
package dev.headlight.analysis.io;
