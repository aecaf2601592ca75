package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;

/**
 * A pane that is open.
 *
 * @param id among the open panes
 * @param kind what it is
 * @param context its state
 * @param content what it shows
 */
record OpenPane(String id, Pane kind, PaneContext context, Node content) {
  static OpenPane open(String id, Workbench shared, Services services) {
    Pane kind = Panes.kind(id);
    PaneContext context = new PaneContext(id, shared, services);
    Node content = kind.create(context);
    // Else the tabs take the focus that the content has just taken.
    content.addEventHandler(MouseEvent.MOUSE_PRESSED, Event::consume);
    return new OpenPane(id, kind, context, content);
  }

  /** "Head", of a second one "Head 2". */
  String title() {
    int colon = id.indexOf(':');
    return colon < 0 ? kind.title() : kind.title() + " " + id.substring(colon + 1);
  }
}
