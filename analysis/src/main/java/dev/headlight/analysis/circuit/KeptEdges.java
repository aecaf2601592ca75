package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.util.HashMap;
import java.util.Map;

/** What a pass over one prompt writes and reads at every edge, kept in the engine's memory. */
final class KeptEdges {
  private static final Site[] SITES = {
    Site.RESID_PRE, Site.RESULT, Site.MLP_IN, Site.MLP_OUT, Site.RESID_POST
  };

  private final Map<HookName, NDArray> values = new HashMap<>();

  /** Runs the prompt; the arrays belong to {@code keeper}. */
  KeptEdges(Model model, RunRequest prompt, NDManager keeper, Progress progress) {
    RunRequest request = prompt.withSites(SITES);
    int last = model.spec().layers() - 1;
    try (Run run = model.run(request, progress).get(0)) {
      for (HookName name : run.names()) {
        if (name.site() != Site.RESID_POST || name.layer() == last) {
          values.put(name, array(run.get(name), keeper));
        }
      }
    }
  }

  /** A value with an axis of length 1 in front. */
  private static NDArray array(Tensor tensor, NDManager keeper) {
    long[] shape = new long[tensor.shape().length + 1];
    shape[0] = 1;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = tensor.shape()[i - 1];
    }
    return HostMemory.array(tensor.data(), new Shape(shape), keeper);
  }

  /** A view of a value, {@code [1, T, …]}, owned by {@code scope}. */
  NDArray get(Site site, int layer, NDManager scope) {
    NDArray view = values.get(HookName.of(site, layer)).get(":");
    view.attach(scope);
    return view;
  }
}
