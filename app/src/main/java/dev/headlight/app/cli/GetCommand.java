package dev.headlight.app.cli;

import dev.headlight.app.models.HubDownload;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a public model. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description =
        "Download a public model from a Hugging Face hub: config, tokenizer and safetensors."
            + " Goes on where it was cut.")
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "Repository, such as HuggingFaceTB/SmolLM2-135M.")
  private String name;

  @Option(names = "--to", paramLabel = "DIR", required = true, description = "Model folder.")
  private Path to;

  @Option(
      names = "--revision",
      paramLabel = "REV",
      defaultValue = HubDownload.MAIN,
      description = "Branch, tag or commit; default: ${DEFAULT-VALUE}.")
  private String revision;

  @Option(
      names = "--from",
      paramLabel = "URL",
      defaultValue = "${env:HF_ENDPOINT:-https://huggingface.co}",
      description = "Address of the hub; default: ${DEFAULT-VALUE}.")
  private String from;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    HubDownload download = new HubDownload(HubDownload.address(from));
    Path folder = download.fetch(name, revision, to, terminal.progress());
    if (json) {
      terminal.json(Map.of("model", name, "folder", folder.toString()));
    } else {
      terminal.out().println(folder);
    }
    return ExitCodes.DONE;
  }
}
