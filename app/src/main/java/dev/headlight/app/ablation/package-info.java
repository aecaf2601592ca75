/**
 * Taking heads away in the window and on the command line, without a toolkit: what is taken away,
 * what the model writes then, and what is known of it so far.
 */
package dev.headlight.app.ablation;
