/** Picture files made into pictures, and pictures into what a model reads. */
package dev.headlight.app.pictures;
