/**
 * Model folders as Hugging Face lays them out: {@link dev.headlight.analysis.checkpoint.Checkpoint}
 * opens one, {@link dev.headlight.analysis.checkpoint.SafetensorsFile} maps its weights and checks
 * the file before a byte is used. {@link dev.headlight.analysis.checkpoint.Tensors} are read from
 * the map or from {@link dev.headlight.analysis.checkpoint.TensorMemory}, a copy of their stored
 * bytes.
 */
package dev.headlight.analysis.checkpoint;
