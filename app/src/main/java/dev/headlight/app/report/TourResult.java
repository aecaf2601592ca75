package dev.headlight.app.report;

import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.text.Tokens;
import java.util.List;
import java.util.Map;

/**
 * All that the report shows; every number was computed in this run.
 *
 * @param command the line that makes the report again
 * @param card facts of the model
 * @param prompt what the maps are of
 * @param probe the repeated random ids behind the stripe scores and losses
 * @param heads one row a head
 * @param notable the heads it talks about
 * @param grid all heads
 * @param large the notable heads
 * @param effects losses: baseline first
 * @param continuations what the model wrote
 */
record TourResult(
    String command,
    Map<String, Object> card,
    Tokens prompt,
    RepeatedIds probe,
    List<HeadRow> heads,
    TourHeads notable,
    TourFigure grid,
    List<TourFigure> large,
    List<AblationEffect> effects,
    List<Continuation> continuations,
    Provenance provenance) {}
