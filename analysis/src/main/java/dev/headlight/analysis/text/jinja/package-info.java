/**
 * The part of Jinja2 that chat templates use, with Python's meaning of each operation. A template
 * reaches nothing but the values it is given: there is no reflection, no file and no include.
 */
package dev.headlight.analysis.text.jinja;
