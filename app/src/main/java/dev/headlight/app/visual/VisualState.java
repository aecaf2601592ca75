package dev.headlight.app.visual;

import com.google.gson.JsonElement;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.Grounding;
import dev.headlight.analysis.vision.HeadDivergence;
import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.analysis.vision.Mask;
import dev.headlight.analysis.vision.SpatialStrength;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the visual pane knows of one prompt with a picture. Belongs to one thread. */
public final class VisualState {
  private final VisualAnswers answers = new VisualAnswers();
  private final Runnable changed;
  private VisualChoice choice = VisualChoice.FIRST;
  private Looked looked;
  private Head head = new Head(0, 0);
  private SortedSet<Head> chosen = new TreeSet<>();
  private final Map<Integer, Mask> masks = new TreeMap<>();

  /** What is drawn, made once a change; null before. */
  private Optional<PatchView> view;

  /**
   * @param changed hears of every change
   */
  public VisualState(Runnable changed) {
    this.changed = changed;
  }

  private void touched() {
    view = null;
    changed.run();
  }

  /** Another prompt or picture: what was known goes, settings stay. */
  public void forget() {
    answers.clear();
    looked = null;
    masks.clear();
    choice = choice.withWord(-1).withBaseline(-1).with(Shown.FIRST);
    touched();
  }

  /** A look was taken; what is known of another side or tile goes. */
  public void looked(Looked now) {
    answers.clear();
    looked = now;
    answers.take(now);
    if (head.layer() >= now.layers() || head.head() >= now.heads()) {
      head =
          new Head(
              Math.min(head.layer(), now.layers() - 1), Math.min(head.head(), now.heads() - 1));
    }
    chosen.removeIf(h -> h.layer() >= now.layers() || h.head() >= now.heads());
    touched();
  }

  /** What is known as a document for sessions; empty where nothing but the look is. */
  public Optional<JsonElement> document() {
    return looked == null ? Optional.empty() : answers.document(looked);
  }

  /** Shows what a session holds, now or once it is looked at that way. */
  public void restore(JsonElement document) {
    answers.await(document);
    if (looked != null && answers.take(looked)) {
      touched();
    }
  }

  /** The look; null for none. */
  public Looked looked() {
    return looked;
  }

  /** How the picture is looked at. */
  public VisualChoice choice() {
    return choice;
  }

  /** Sets that. */
  public void choose(VisualChoice now) {
    if (!now.equals(choice)) {
      choice = now;
      touched();
    }
  }

  /** The selected head. */
  public Head head() {
    return head;
  }

  /** Selects a head, if the model has it. */
  public void select(Head now) {
    boolean there =
        looked == null || (now.layer() < looked.layers() && now.head() < looked.heads());
    if (there && !now.equals(head)) {
      head = now;
      touched();
    }
  }

  /** Heads that are chosen together. */
  public void chooseHeads(Collection<Head> heads) {
    SortedSet<Head> now = new TreeSet<>(heads);
    if (looked != null) {
      now.removeIf(h -> h.layer() >= looked.layers() || h.head() >= looked.heads());
    }
    if (!now.equals(chosen)) {
      chosen = now;
      touched();
    }
  }

  /** Number of the picture that is shown. */
  public int picture() {
    return looked == null ? choice.shown().picture() : maps().picture();
  }

  /** The picture, tile and text that are shown; a tower's tile is the one that it read. */
  public Shown present() {
    Shown wanted = choice.shown();
    return looked != null && looked.side() == Side.TOWER
        ? looked.at()
        : new Shown(picture(), wanted.tile(), wanted.text());
  }

  /** What can be shown of the pictures: each with its parts together, and each whole beside. */
  public List<Shown> offered() {
    return looked == null ? List.of() : looked.offered(choice.shown().text());
  }

  /** The object painted in the picture that is shown; null for none. */
  public Mask mask() {
    return masks.get(picture());
  }

  /** Another painted object in the picture that is shown; null for none. */
  public void mask(Mask now) {
    if (now == null) {
      masks.remove(picture());
    } else {
      masks.put(picture(), now);
    }
    touched();
  }

  /** The objects painted in all pictures, by the picture's number. */
  public Map<Integer, Mask> masks() {
    return Map.copyOf(masks);
  }

  /** Other painted objects. */
  public void masks(Map<Integer, Mask> now) {
    masks.clear();
    masks.putAll(now);
    touched();
  }

  /** Maps of the look, as chosen. */
  public VisualMaps maps() {
    return new VisualMaps(looked, choice, blank(), sunk());
  }

  /** The word whose look is shown. */
  public int word() {
    return maps().word();
  }

  /** Heads whose mean is shown. */
  public List<Head> heads() {
    return maps().heads(head, chosen);
  }

  /** What is drawn; empty until it is known. */
  public Optional<PatchView> view() {
    if (view == null) {
      view = looked == null ? Optional.empty() : made(maps());
    }
    return view;
  }

  /** What is drawn over another picture or tile of a prompt, as chosen; empty until known. */
  public Optional<PatchView> view(Shown other) {
    if (other.equals(choice.shown())) {
      return view();
    }
    return looked == null ? Optional.empty() : made(mapsOf(other));
  }

  private VisualMaps mapsOf(Shown other) {
    return new VisualMaps(looked, choice.with(other), blank(), sunk());
  }

  private Optional<PatchView> made(VisualMaps maps) {
    if (choice.mode().ofHeads()) {
      return maps.ready() ? Optional.of(maps.view(heads())) : Optional.empty();
    }
    return followed().map(row -> maps.followed(row, head));
  }

  /** The map of one head as the mode says, raw where that is not known or not of heads. */
  public PatchView small(Head one) {
    return single().view(List.of(one));
  }

  /** Maps of single heads as the mode says, raw where that is not known or not of heads. */
  public VisualMaps single() {
    VisualChoice plain = choice.with(Over.HEAD);
    VisualMaps maps = new VisualMaps(looked, plain, blank(), sunk());
    return maps.ready()
        ? maps
        : new VisualMaps(looked, plain.with(MapMode.RAW), Optional.empty(), Optional.empty());
  }

  /** What {@link #groundings} depend on; empty without a mask. */
  public String groundingKey() {
    return looked == null || mask() == null
        ? ""
        : "groundings %s %d %s %d"
            .formatted(
                choice.mode(),
                maps().query(),
                choice.shown().written(),
                System.identityHashCode(mask()));
  }

  /** How well each head finds the painted object, the best first; empty until it is known. */
  public List<Grounding> groundings() {
    @SuppressWarnings("unchecked")
    List<Grounding> known =
        (List<Grounding>) answers.get(groundingKey()).orElse(List.<Grounding>of());
    return known;
  }

  /** Whether that is known. */
  public boolean grounded() {
    return answers.has(groundingKey());
  }

  public void groundings(String key, List<Grounding> answer) {
    put(key, answer);
  }

  private <T> Optional<T> known(Class<T> type, String key) {
    return answers.get(type, key);
  }

  private void put(String key, Object answer) {
    answers.put(key, answer);
    touched();
  }

  /** Whether an answer belongs to the look at hand. */
  public boolean current(Looked of) {
    return of != null && of.equals(looked);
  }

  /** The same words over a grey picture. */
  public Optional<Looked> blank() {
    return known(Looked.class, "blank");
  }

  public void blank(Looked answer) {
    put("blank", answer);
  }

  /** Visual sinks. */
  public Optional<Sunk> sunk() {
    return known(Sunk.class, "sinks");
  }

  public void sunk(Sunk answer) {
    put("sinks", answer);
  }

  /** Shares of attention by head and layer. */
  public Optional<ImageShare> shares() {
    return known(ImageShare.class, "shares");
  }

  public void shares(ImageShare answer) {
    put("shares", answer);
  }

  /** How far heads look. */
  public Optional<SpatialStrength> distances() {
    return known(SpatialStrength.class, "distances");
  }

  public void distances(SpatialStrength answer) {
    put("distances", answer);
  }

  private String divergenceKey() {
    return "vhd " + looked.reads(word());
  }

  /** VHD at the word. */
  public Optional<HeadDivergence> divergence() {
    return known(HeadDivergence.class, divergenceKey());
  }

  public void divergence(int read, HeadDivergence answer) {
    put("vhd " + read, answer);
  }

  /** What is asked when a map is followed through the layers: mode, row, and layer. */
  public String followedKey() {
    return choice.mode() == MapMode.ROLLOUT
        ? "rollout " + maps().query() + " " + head.layer()
        : "relevancy " + looked.reads(word());
  }

  /** The row that was followed. */
  public Optional<float[]> followed() {
    return known(float[].class, followedKey());
  }

  public void followed(String key, float[] answer) {
    put(key, answer);
  }

  /** Heads that a change of heads is made to. */
  public List<Head> changed() {
    boolean several = choice.change().value(ChangeParameter.HEADS).equals("chosen");
    return several && !chosen.isEmpty() ? List.copyOf(chosen) : List.of(head);
  }

  /** What is asked of the change: word, change, and heads where they count. */
  public String effectKey() {
    VisualChange change = choice.change();
    return "effect " + looked.reads(word()) + " " + change + (change.ofHeads() ? changed() : "");
  }

  /** What the change does. */
  public Optional<Effect> effect() {
    return known(Effect.class, effectKey());
  }

  public void effect(String key, Effect answer) {
    put(key, answer);
  }

  /** What is asked of the change layer by layer. */
  public String curveKey() {
    return "curve %d %s %s"
        .formatted(
            looked.reads(word()),
            choice.change().forLayers(),
            choice.change().spread(choice.spread()));
  }

  /** What the change does layer by layer, as far as it is known. */
  public Optional<LayerCurve> curve() {
    return known(LayerCurve.class, curveKey());
  }

  public void curve(String key, LayerCurve answer) {
    put(key, answer);
  }

  /** Effects of changes that are known, in the order in which they were asked. */
  public List<Effect> effects() {
    return answers.all(Effect.class);
  }

  /** Curves that are known, in the order in which they were asked. */
  public List<LayerCurve> curves() {
    return answers.all(LayerCurve.class);
  }
}
