package dev.headlight.analysis.model;

import java.util.Optional;

/**
 * What may differ from layer to layer.
 *
 * @param window how many keys a query sees, itself included; 0 for all
 * @param scale factor on q·k before the softmax
 * @param rotary rotary positions, where the layer has them
 */
public record LayerSpec(int window, double scale, Optional<Rotary> rotary) {}
