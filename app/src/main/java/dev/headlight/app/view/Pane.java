package dev.headlight.app.view;

import java.util.function.Function;
import javafx.scene.Node;

/**
 * A kind of pane. To add one, put a line into {@link Panes#all}.
 *
 * @param id short and stable: layouts remember it
 * @param title on the tab and in menus
 * @param icon name of an SVG of the icons module
 * @param question what the pane answers, for tool tip and command list
 * @param key accelerator that opens it, such as {@code Shortcut+2}; empty for none
 * @param several whether more than one may be open
 * @param content builds the pane; a node that is {@link Zoomable} answers the zoom keys
 */
record Pane(
    String id,
    String title,
    String icon,
    String question,
    String key,
    boolean several,
    Function<PaneContext, Node> content) {
  /** Builds the pane's content; called once for each open pane. */
  Node create(PaneContext context) {
    return content.apply(context);
  }
}
