package dev.headlight.app.session;

import dev.headlight.app.session.Change.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The states of a session in the order in which they came to be, and the one it is in. Typing on
 * within a moment continues the last change; a change after going back drops what followed. Not for
 * several threads.
 */
public final class History {
  /** Entries that are kept. */
  public static final int MOST = 500;

  /** Characters of prompts that are kept in all, whatever the number of entries. */
  private static final long MOST_CHARACTERS = 8_000_000;

  /**
   * A state and what led to it.
   *
   * @param time when it was changed last
   * @param kind what was changed
   * @param title in words
   * @param state since then
   */
  public record Entry(Instant time, Kind kind, String title, SessionState state) {}

  /**
   * A history as it is stored.
   *
   * @param entries at least one, the oldest first
   * @param position index of the present state
   */
  public record Saved(List<Entry> entries, int position) {
    /** Copies the list and checks the position. */
    public Saved {
      entries = List.copyOf(entries);
      if (position < 0 || position >= entries.size()) {
        throw new IllegalArgumentException(
            "position " + position + " of " + entries.size() + " entries");
      }
    }

    /** The present state. */
    public SessionState state() {
      return entries.get(position).state();
    }
  }

  private final InstantSource clock;
  private final List<Entry> entries = new ArrayList<>();
  private int position;

  /** Whether the next change may continue the last entry. */
  private boolean warm;

  /**
   * @param first the state to begin with
   * @param title what made it
   */
  public History(SessionState first, String title, InstantSource clock) {
    this.clock = clock;
    entries.add(new Entry(clock.instant(), Kind.START, title, first));
  }

  /** Goes on with a stored history. */
  public History(Saved saved, InstantSource clock) {
    this.clock = clock;
    entries.addAll(saved.entries());
    position = saved.position();
  }

  /** As a value. */
  public Saved saved() {
    return new Saved(entries, position);
  }

  /** All states, the oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Index of the present state. */
  public int position() {
    return position;
  }

  /** The present state. */
  public SessionState state() {
    return entries.get(position).state();
  }

  /**
   * Takes note of the present state.
   *
   * @return whether it is another one than before
   */
  public boolean record(SessionState now) {
    Optional<Change> change = Change.between(state(), now);
    change.ifPresent(c -> record(c, now));
    return change.isPresent();
  }

  private void record(Change change, SessionState now) {
    entries.subList(position + 1, entries.size()).clear();
    Instant time = clock.instant();
    Entry last = entries.get(position);
    boolean same = warm && position > 0 && last.kind() == change.kind();
    long age = Duration.between(last.time(), time).toMillis();
    if (same && age >= 0 && age < change.kind().mergeMillis()) {
      continued(now, time);
    } else {
      append(new Entry(time, change.kind(), change.title(), now));
    }
  }

  /** The last entry goes on; when it comes back to where it began, there was none. */
  private void continued(SessionState now, Instant time) {
    Optional<Change> whole = Change.between(entries.get(position - 1).state(), now);
    if (whole.isPresent()) {
      entries.set(position, new Entry(time, whole.get().kind(), whole.get().title(), now));
    } else {
      entries.remove(position);
      position--;
      warm = false;
    }
  }

  /** Notes a state under a title of its own, also where it is the same as before. */
  public void begin(SessionState now, String title) {
    entries.subList(position + 1, entries.size()).clear();
    append(new Entry(clock.instant(), Kind.START, title, now));
  }

  private void append(Entry entry) {
    entries.add(entry);
    position = entries.size() - 1;
    warm = true;
    trim();
  }

  /** Takes what followed by itself into the present entry: that is no change of the user's. */
  public void settle(SessionState now) {
    Entry last = entries.get(position);
    entries.set(position, new Entry(last.time(), last.kind(), last.title(), now));
  }

  private void trim() {
    long characters = entries.stream().mapToLong(e -> e.state().prompt().length()).sum();
    while (position > 0 && (entries.size() > MOST || characters > MOST_CHARACTERS)) {
      characters -= entries.remove(0).state().prompt().length();
      position--;
    }
  }

  /** Whether there is an earlier state. */
  public boolean canUndo() {
    return position > 0;
  }

  /** Whether there is a state that was left by going back. */
  public boolean canRedo() {
    return position < entries.size() - 1;
  }

  /** One back; the same where there is none. */
  public SessionState undo() {
    return goTo(Math.max(0, position - 1));
  }

  /** One forward; the same where there is none. */
  public SessionState redo() {
    return goTo(Math.min(entries.size() - 1, position + 1));
  }

  /**
   * To any state; those after it stay until something is changed.
   *
   * @param index of {@link #entries}
   */
  public SessionState goTo(int index) {
    position = index;
    warm = false;
    return state();
  }
}
