/**
 * What heads do, in numbers and in words: scores that tell roles apart, heads found by a rule or a
 * drawn pattern, and sentences about a head.
 */
package dev.headlight.analysis.roles;
