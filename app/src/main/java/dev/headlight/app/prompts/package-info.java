/** Prompts as files: a library of the user's own and those that come with Headlight. */
package dev.headlight.app.prompts;
