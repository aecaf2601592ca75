package dev.headlight.app.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub on the loopback: a list of files, redirects to a store, ranges, and things that fail. */
public final class FakeHub implements AutoCloseable {
  /** The one repository it has. */
  public static final String NAME = "org/tiny";

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  final Map<String, byte[]> files = new LinkedHashMap<>();
  final List<String> asked = new ArrayList<>();

  /** Bytes after which the next transfers of a large file are cut; one each. */
  final List<Integer> cuts = new ArrayList<>();

  boolean lies;
  boolean sumsInList = true;
  boolean ranges = true;
  boolean hangs;
  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();

  /** Starts with a small model. */
  public FakeHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Adds a file. */
  public FakeHub with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  FakeHub with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    synchronized (asked) {
      asked.add(path + (range == null ? "" : " " + range));
    }
    String file = path.substring(path.lastIndexOf('/') + 1);
    if (path.equals("/api/models/" + NAME + "/revision/main")) {
      send(exchange, 200, list().getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/" + NAME + "/resolve/" + COMMIT + "/" + file)
        && files.containsKey(file)) {
      redirect(exchange, file);
    } else if (path.startsWith("/store/")) {
      store(exchange, file, range);
    } else {
      send(exchange, path.startsWith("/api/models/org/gated") ? 401 : 404, new byte[0]);
    }
  }

  private static boolean large(String name) {
    return name.endsWith(".safetensors");
  }

  private String sum(String name) {
    byte[] content = lies ? "other".getBytes(StandardCharsets.UTF_8) : files.get(name);
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
    return large(name) ? hex("SHA-256", content) : hex("SHA-1", head, content);
  }

  static String hex(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String list() {
    List<String> siblings = new ArrayList<>();
    for (String name : files.keySet()) {
      String sum =
          !sumsInList
              ? ""
              : large(name)
                  ? ", \"lfs\": {\"sha256\": \"%s\"}".formatted(sum(name))
                  : ", \"blobId\": \"%s\"".formatted(sum(name));
      siblings.add(
          "{\"rfilename\": \"%s\", \"size\": %d%s}".formatted(name, files.get(name).length, sum));
    }
    return "{\"sha\": \"%s\", \"siblings\": [%s]}".formatted(COMMIT, String.join(", ", siblings));
  }

  private void redirect(HttpExchange exchange, String file) throws IOException {
    exchange.getResponseHeaders().add("Location", "/store/" + file);
    exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + sum(file) + "\"");
    exchange.getResponseHeaders().add("ETag", "\"nothing-to-check\"");
    send(exchange, 302, new byte[0]);
  }

  private void store(HttpExchange exchange, String file, String range) throws IOException {
    byte[] content = files.get(file);
    int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    int status = from == 0 ? 200 : 206;
    int cut = large(file) && !cuts.isEmpty() ? cuts.remove(0) : Integer.MAX_VALUE;
    exchange.sendResponseHeaders(status, content.length - from);
    int end = (int) Math.min(content.length, (long) from + cut);
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      out.write(content, from, end - from);
      out.flush();
      if (hangs && large(file)) {
        Thread.sleep(60_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
    server.stop(0);
  }
}
