package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import java.util.List;
import java.util.Objects;

/** Follows the prompt of the window, and asks for the look that the choices stand for. */
final class VisualLooking {
  private final VisualDesk desk;
  private ReadPrompt prompt;
  private ModelFacts facts;
  private String asked = "";

  /** A patch of a large tower whose row is read; -1 for none. */
  private int keptPatch = -1;

  VisualLooking(VisualDesk desk) {
    this.desk = desk;
  }

  private VisualState state() {
    return desk.state();
  }

  /** The model that was asked; null for none. */
  ModelFacts facts() {
    return facts;
  }

  /** Whether a prompt with pictures is there. */
  boolean there() {
    return prompt != null;
  }

  /** Pictures of the prompt that is shown. */
  List<PromptPicture> pictures() {
    return prompt == null ? List.of() : prompt.pictures();
  }

  /** What tells prompts with their pictures apart; empty without one. */
  String fingerprint() {
    return prompt == null
        ? ""
        : Integer.toHexString(Objects.hash(facts.name(), prompt.tokens(), prompt.texts(), shas()));
  }

  private List<String> shas() {
    return prompt.pictures().stream().map(PromptPicture::sha256).toList();
  }

  /** Whether a pass means another prompt than the present one. */
  boolean differs(RunSnapshot run) {
    ReadPrompt now = run.prompt();
    return prompt == null
        || !run.model().equals(facts)
        || !now.tokens().equals(prompt.tokens())
        || !now.texts().equals(prompt.texts())
        || !now.pictures().equals(prompt.pictures());
  }

  /** Another prompt; nothing is asked of it yet. */
  void begin(RunSnapshot run) {
    prompt = run.prompt();
    facts = run.model();
  }

  /** No prompt any more. */
  void leave() {
    prompt = null;
    asked = "";
    keptPatch = -1;
  }

  /** Lets a patch of a tower look; of large towers its row is read for that. */
  void keep(int patch) {
    keptPatch = patch;
  }

  /** Whether the look that was asked last is not the one that the choices stand for. */
  boolean stale() {
    return prompt != null && !asked.isEmpty() && !asked.equals(key());
  }

  private String key() {
    VisualChoice c = state().choice();
    boolean tower = c.side() == Side.TOWER;
    return c.side()
        + " "
        + c.shown().text()
        + (tower ? " " + c.shown().picture() + " " + Math.max(0, c.shown().tile()) : "")
        + (keptPatch < 0 ? "" : " patch " + keptPatch);
  }

  /** Asks for the answer and where every head looked. */
  void look() {
    asked = key();
    VisualChoice choice = state().choice();
    ReadPrompt of = prompt;
    Looked before = state().looked();
    // Of large models one word is there much sooner than the whole answer.
    boolean first = before == null && facts.parameters() > VisualDesk.LIGHT;
    int words = first ? 1 : VisualAsk.ANSWER;
    ModelQuestion<Looked> question =
        before == null
            ? VisualWork.look(of, words, choice.side(), choice.shown(), keptPatch)
            : VisualWork.look(
                before.ask().withMaxNew(words), choice.side(), choice.shown(), keptPatch);
    desk.ask(
        VisualDesk.Ask.LOOK,
        "Look at " + of.pictures().get(0).name(),
        question,
        looked -> {
          if (of.equals(prompt)) {
            state().looked(looked);
            desk.files().loadAwaited();
            if (first && looked.answered()) {
              desk.again();
            }
          }
        });
  }
}
