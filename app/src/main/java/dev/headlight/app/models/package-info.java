/** Where models come from: the local Hugging Face cache, and downloads that the user asks for. */
package dev.headlight.app.models;
