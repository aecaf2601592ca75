/**
 * The model as the workbench uses it: {@link dev.headlight.app.engine.ModelHost} lives on the model
 * thread and answers with snapshots that any thread may read.
 */
package dev.headlight.app.engine;
