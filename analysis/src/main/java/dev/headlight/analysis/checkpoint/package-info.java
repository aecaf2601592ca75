/**
 * Model folders as Hugging Face lays them out: {@link dev.headlight.analysis.checkpoint.Checkpoint}
 * opens one, {@link dev.headlight.analysis.checkpoint.SafetensorsFile} maps its weights and checks
 * the file before a byte is used.
 */
package dev.headlight.analysis.checkpoint;
