package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.pairs.PairAsk;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.view.pairs.PairBuilder;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleLongProperty;

/** The builder of pairs as part of a pane: it asks as the pane does, and follows its model. */
final class PairsInPane implements PairAsk {
  private final PaneContext context;

  private PairsInPane(PaneContext context) {
    this.context = context;
  }

  /** A builder for a pane. */
  static PairBuilder builder(PaneContext context) {
    Workbench w = context.workbench();
    PairBuilder builder =
        new PairBuilder(
            new PairsInPane(context), file -> w.notice.set(Notice.info("Saved " + file)));
    w.model.addListener((o, old, now) -> builder.modelChanged(able(now)));
    builder.modelChanged(able(w.model.get()));
    w.pictures.addListener(o -> builder.desk().picturesChanged());
    SimpleLongProperty revision = new SimpleLongProperty();
    builder.desk().whenChanged(() -> revision.set(revision.get() + 1));
    context
        .memory()
        .keep("pairs", () -> builder.desk().text(), text -> builder.desk().restore(text), revision);
    return builder;
  }

  private static boolean able(ModelFacts model) {
    return model != null && model.hasTokenizer() && model.spec().hasLogits();
  }

  @Override
  public List<PromptPicture> pictures() {
    return context.workbench().pictures.get();
  }

  @Override
  public <T> void ask(Object kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
    ModelFacts of = context.workbench().model.get();
    if (able(of)) {
      context.ask(kind, title, (host, progress) -> host.ask(of, question, progress), answer);
    }
  }
}
