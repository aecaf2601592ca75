package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code patch --method path} takes. */
final class PathOptions {
  @Option(
      names = "--receivers",
      paramLabel = "INPUTS",
      description =
          "With --method path: which inputs hear of the sender, such as L9H9.q,L10H*,MLP11,logits.")
  private String receivers;

  @Option(
      names = "--senders",
      paramLabel = "NODES",
      description =
          "With --method path: what is changed, one after the other: heads, mlps, or a list such as"
              + " L5H*,MLP3,embed; default: by --site, every head (z) or every MLP (mlp_out).")
  private String senders;

  @Option(
      names = "--freeze-mlps",
      description =
          "With --method path: keep MLPs on the way as they were; default: they pass a change on.")
  private boolean freezeMlps;

  /** Refuses a receiver without paths, and paths without a receiver. */
  void check(boolean path) {
    if (path && receivers == null) {
      throw new HeadlightException(
          Kind.INPUT, "--method path: which inputs hear? Give --receivers, such as L9H9.q,logits.");
    }
    if (!path && (receivers != null || senders != null || freezeMlps)) {
      throw new HeadlightException(
          Kind.INPUT, "--senders, --receivers and --freeze-mlps belong to --method path.");
    }
  }

  /** Patches from every head ({@code z}) or every MLP ({@code mlp_out}). */
  PathReport run(
      Model model,
      TokenPair pair,
      Site site,
      Places places,
      Direction direction,
      Progress progress) {
    ModelSpec spec = model.spec();
    PathRequest request =
        new PathRequest(
            pair,
            senders == null ? senders(spec, site) : Node.parseSenders(senders, spec),
            Receiver.parseList(receivers, spec),
            places,
            direction,
            freezeMlps);
    try (Ungrouped ungrouped = Ungrouped.of(model)) {
      return new PathReport(
          PathPatching.run(ungrouped.model(), request, SweepListener.NONE, progress));
    }
  }

  private static List<Node> senders(ModelSpec spec, Site site) {
    if (site != Site.Z && site != Site.MLP_OUT) {
      throw new HeadlightException(
          Kind.INPUT,
          "--site: paths begin at heads (z) or MLPs (mlp_out), found " + site.shortName() + ".");
    }
    return Node.parseSenders(site == Site.Z ? "heads" : "mlps", spec);
  }
}
