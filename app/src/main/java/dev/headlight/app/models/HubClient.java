package dev.headlight.app.models;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Speaks to a hub. Follows its redirects by hand: only the first answer names the checksum. */
final class HubClient {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int REDIRECTS = 5;
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI base;

  HubClient(URI base) {
    this.base = base;
  }

  /**
   * A file's bytes on their way.
   *
   * @param status 200 for all of it, 206 for what follows the offset, 416 if nothing does
   * @param checksum as the hub's own answer names it
   * @param body to be closed
   */
  record Answer(int status, Optional<Checksum> checksum, InputStream body)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** A text, such as a list of files. */
  String text(String name, String path) throws IOException {
    try (Answer answer = get(name, path, 0)) {
      return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Asks for a file from an offset on.
   *
   * @throws HeadlightException if the hub refuses, saying why
   * @throws IOException if the connection fails
   */
  Answer get(String name, String path, long offset) throws IOException {
    URI uri = base.resolve(path);
    Optional<Checksum> checksum = Optional.empty();
    for (int i = 0; i <= REDIRECTS; i++) {
      HttpResponse<InputStream> response = send(uri, offset);
      checksum = checksum.or(() -> checksum(response));
      int status = response.statusCode();
      if (!MOVED.contains(status)) {
        if (status != 200 && status != 206 && status != 416) {
          response.body().close();
          throw refused(name, uri, status);
        }
        return new Answer(status, checksum, response.body());
      }
      response.body().close();
      uri = target(uri, response);
    }
    throw new IOException("more than " + REDIRECTS + " redirects");
  }

  private static URI target(URI from, HttpResponse<?> response) throws IOException {
    String location = response.headers().firstValue("location").orElse("");
    try {
      URI uri = from.resolve(location);
      boolean weaker = "https".equals(from.getScheme()) && !"https".equals(uri.getScheme());
      if (!location.isEmpty() && !weaker) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to no address: " + location, e);
    }
    throw new IOException("a redirect to no safe address: " + location);
  }

  private static Optional<Checksum> checksum(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("x-linked-etag")
        .or(() -> response.headers().firstValue("etag"))
        .flatMap(Checksum::ofEtag);
  }

  private HttpResponse<InputStream> send(URI uri, long offset) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(ANSWER).header("Accept-Encoding", "identity");
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private HeadlightException refused(String name, URI uri, int status) {
    String why =
        switch (status) {
          case 401, 403 -> "is private, gated or not there; only public repositories are fetched";
          case 404 -> "there is no such repository, revision or file; check its name";
          case 429 -> "asks to wait (too many requests); try again later";
          default -> "answers %d; try again later".formatted(status);
        };
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return new HeadlightException(Kind.INPUT, "%s at %s: %s.".formatted(name, host, why));
  }
}
