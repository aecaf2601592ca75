/**
 * What attention over pictures says: shares, maps of patches, visual sinks, heads that ground
 * objects. Knows runs, attention and pictures, and no other method.
 */
package dev.headlight.analysis.vision;
