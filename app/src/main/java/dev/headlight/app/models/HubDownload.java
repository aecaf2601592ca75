package dev.headlight.app.models;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.job.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/**
 * Fetches a public repository of a hub: config, tokenizer files and safetensors weights, nothing
 * else. Runs only when it is asked to; sends no credentials.
 *
 * <p>What is there already and right is not fetched again, what was cut goes on where it ended, and
 * every file is checked before it takes its name.
 */
public final class HubDownload {
  /** The hub that is asked where nobody names another. */
  public static final URI HUB = URI.create("https://huggingface.co/");

  /** The revision that is fetched where nobody names another. */
  public static final String MAIN = "main";

  private static final String NAME = "[\\w][\\w.-]*(/[\\w][\\w.-]*)?";
  private static final String REVISION = "[\\w][\\w.-]*(/[\\w][\\w.-]*)*";
  private static final long RETRY_MILLIS = 1000;

  private final HubClient client;
  private final ToLongFunction<Path> room;
  private final long retryMillis;

  /**
   * @param base address of the hub
   */
  public HubDownload(URI base) {
    this(base, Disk::free, RETRY_MILLIS);
  }

  HubDownload(URI base, ToLongFunction<Path> room, long retryMillis) {
    this.client = new HubClient(base);
    this.room = room;
    this.retryMillis = retryMillis;
  }

  /**
   * An address of a hub as people write it.
   *
   * @throws HeadlightException if it is none
   */
  public static URI address(String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text : text + "/");
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw noAddress(text, e);
    }
    throw noAddress(text, null);
  }

  private static HeadlightException noAddress(String text, Exception cause) {
    return new HeadlightException(
        Kind.INPUT, text + ": expected an address such as https://huggingface.co.", cause);
  }

  /**
   * Refuses what is no name of a repository.
   *
   * @throws HeadlightException naming it
   */
  public static void checkName(String name) {
    if (!name.matches(NAME) || name.contains("..")) {
      throw new HeadlightException(
          Kind.INPUT,
          "\"%s\": expected a repository's name such as HuggingFaceTB/SmolLM2-135M."
              .formatted(name));
    }
  }

  /**
   * Fetches a repository into a folder.
   *
   * @param name such as {@code HuggingFaceTB/SmolLM2-135M}
   * @param revision a branch, tag or commit
   * @param folder where the files go; made if it is not there
   * @return the folder
   * @throws HeadlightException naming what is wrong and what to do
   * @throws java.util.concurrent.CancellationException if cancelled; what came stays for next time
   */
  public Path fetch(String name, String revision, Path folder, Progress progress) {
    checkName(name);
    if (!revision.matches(REVISION) || revision.contains("..")) {
      throw new HeadlightException(
          Kind.INPUT, "\"%s\": expected a branch, tag or commit.".formatted(revision));
    }
    progress.report(Double.NaN, "asking for the files of " + name);
    HubRepository repository = describe(name, revision);
    AtomicFiles.createFolder(folder);
    Disk.require(folder, missing(repository, folder), room);
    long before = 0;
    for (HubFile file : repository.files()) {
      progress.check();
      String path = "%s/resolve/%s/%s".formatted(name, repository.commit(), file.name());
      long from = before;
      long all = repository.bytes();
      new Transfer(client, file, path, folder, progress)
          .run(bytes -> report(progress, file, from + bytes, all), retryMillis);
      before += Math.max(0, file.size());
    }
    return folder;
  }

  private HubRepository describe(String name, String revision) {
    try {
      String path = "api/models/%s/revision/%s?blobs=true".formatted(name, revision);
      return HubRepository.parse(name, client.text(name, path));
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new HeadlightException(
          Kind.INPUT,
          "%s: the server cannot be reached (%s); check the network and the address."
              .formatted(name, why),
          e);
    }
  }

  /** Bytes that are not in the folder yet, by the files' names and sizes. */
  private static long missing(HubRepository repository, Path folder) {
    long bytes = 0;
    for (HubFile file : repository.files()) {
      Path there = folder.resolve(file.name());
      bytes += there.toFile().length() == file.size() ? 0 : Math.max(0, file.size());
    }
    return Files.isDirectory(folder) ? bytes : repository.bytes();
  }

  private static void report(Progress progress, HubFile file, long bytes, long all) {
    double fraction = all == 0 ? Double.NaN : Math.min(1, (double) bytes / all);
    progress.report(
        fraction, "%s, %s of %s".formatted(file.name(), Disk.text(bytes), Disk.text(all)));
  }
}
