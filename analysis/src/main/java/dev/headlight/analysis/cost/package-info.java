/** What a pass, a sweep or a text will cost in time and memory, told before it is done. */
package dev.headlight.analysis.cost;
