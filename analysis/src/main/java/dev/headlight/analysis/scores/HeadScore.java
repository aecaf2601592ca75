package dev.headlight.analysis.scores;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.run.Tensor;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A number that every head of a model has: what it is and where it comes from. Packages that
 * compute one say so here, and grids, filters, tables and the command line know it by its id.
 *
 * @param id a word, as filters and tables write it, such as {@code induction}
 * @param title name for people
 * @param unit such as {@code nats}; empty for shares and other plain numbers
 * @param formula what is computed, in one line
 * @param source the paper or code that the formula follows; empty for none
 * @param range which values can occur
 * @param origin how it is computed
 */
public record HeadScore(
    String id,
    String title,
    String unit,
    String formula,
    String source,
    Range range,
    Origin origin) {
  private static final Pattern WORD = Pattern.compile("[a-z][A-Za-z0-9]*");

  /** Checks the id. */
  public HeadScore {
    if (!WORD.matcher(id).matches()) {
      throw new IllegalArgumentException("\"" + id + "\" is no word that a filter could contain");
    }
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(origin, "origin");
  }

  /** Which values can occur, and so how they are coloured. */
  public enum Range {
    /** 0 to 1: the colours span all of it, so that heads and prompts compare. */
    SHARE,
    /** 0 to no fixed end: the colours span up to the largest. */
    POSITIVE,
    /** Both signs: diverging colours centred on 0, up to the largest magnitude. */
    SIGNED
  }

  /** How a score is computed. */
  public sealed interface Origin {}

  /**
   * Out of what every pass gathers anyway.
   *
   * @param table picks it, {@code [L, H]}
   */
  public record OfPass(Function<HeadStatistics, Tensor> table) implements Origin {}

  /**
   * By work of its own, on sequences of its own.
   *
   * @param job does the work; scores of equal jobs are measured together
   */
  public record OfJob(ScoreJob job) implements Origin {}

  /** By a question that the user puts into words or draws: not known before. */
  public record OfQuestion() implements Origin {}

  /**
   * Of the prompt at hand, by work of its own on it: another prompt needs it anew. Prompts that
   * lack what it is about, such as a picture, have none.
   *
   * @param needs what the prompt must have, such as {@code a picture}
   */
  public record OfPrompt(String needs) implements Origin {}

  /** Numbers of a pass. */
  public static HeadScore ofPass(
      String id,
      String title,
      String unit,
      String formula,
      String source,
      Range range,
      Function<HeadStatistics, Tensor> table) {
    return new HeadScore(id, title, unit, formula, source, range, new OfPass(table));
  }

  /** Numbers that a job measures. */
  public static HeadScore ofJob(
      String id,
      String title,
      String unit,
      String formula,
      String source,
      Range range,
      ScoreJob job) {
    return new HeadScore(id, title, unit, formula, source, range, new OfJob(job));
  }

  /** Numbers of prompts that have something, such as a picture. */
  public static HeadScore ofPrompt(
      String id,
      String title,
      String unit,
      String formula,
      String source,
      Range range,
      String needs) {
    return new HeadScore(id, title, unit, formula, source, range, new OfPrompt(needs));
  }

  /** Numbers that answer a question of the user's. */
  public static HeadScore ofQuestion(
      String id, String title, String formula, String source, Range range) {
    return new HeadScore(id, title, "", formula, source, range, new OfQuestion());
  }
}
