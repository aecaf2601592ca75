package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.model.ModelSpec;
import java.util.List;
import java.util.Locale;

/** What a sweep takes away, one after the other. */
public enum Over {
  HEADS("One head at a time"),
  GROUPS("One KV group at a time"),
  LAYERS("One layer at a time"),
  LEAVE_ONE_IN("All heads but one");

  private final String title;

  Over(String title) {
    this.title = title;
  }

  /** For menus and titles. */
  public String title() {
    return title;
  }

  /** Its name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The targets, layer by layer. */
  public List<Target> targets(ModelSpec spec) {
    return switch (this) {
      case HEADS -> Target.heads(spec);
      case GROUPS -> Target.groups(spec);
      case LAYERS -> Target.layers(spec);
      case LEAVE_ONE_IN -> Target.leaveOneIn(spec);
    };
  }

  /** How many targets a layer has. */
  public int columns(ModelSpec spec) {
    return switch (this) {
      case HEADS, LEAVE_ONE_IN -> spec.heads();
      case GROUPS -> spec.kvHeads();
      case LAYERS -> 1;
    };
  }
}
