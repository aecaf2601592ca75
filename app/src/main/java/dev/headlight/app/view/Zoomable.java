package dev.headlight.app.view;

/** A pane that shows more or less of what it draws. */
interface Zoomable {
  /** Zooms; above 1 shows fewer, larger things. */
  void zoom(double factor);

  /** Shows everything. */
  void fit();
}
