/** What is remembered between two starts. */
package dev.headlight.app.settings;
