/** Where panes stand: a tree of splits and groups of tabs. Knows no windows. */
package dev.headlight.app.dock;
