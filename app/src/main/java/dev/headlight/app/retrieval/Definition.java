package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.RetrievalScores;
import dev.headlight.analysis.scores.HeadScore;

/** What is called a head's retrieval score. Papers, their code and published files differ. */
public enum Definition {
  CODE("Authors' code", RetrievalScores.RETRIEVAL),
  PAPER("Paper's formula", RetrievalScores.SHARE),
  ACTIVATION("Activation frequency", RetrievalScores.ACTIVATION),
  FILE("From a file", "scores as the file has them", "");

  private final String title;
  private final String formula;
  private final String source;

  Definition(String title, HeadScore score) {
    this(title, score.formula(), score.source());
  }

  Definition(String title, String formula, String source) {
    this.title = title;
    this.formula = formula;
    this.source = source;
  }

  /** For menus. */
  public String title() {
    return title;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** Where it was published. */
  public String source() {
    return source;
  }
}
