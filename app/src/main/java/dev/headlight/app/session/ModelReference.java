package dev.headlight.app.session;

/**
 * Which model a session is about.
 *
 * @param reference a path, {@code sample:NAME} or {@code sample:NAME@STEP}; empty where no model
 *     was open
 * @param name of the checkpoint, for people
 * @param sha256 of its weights, hexadecimal; empty where that is not known
 */
public record ModelReference(String reference, String name, String sha256) {
  /** Before a model was opened. */
  public static ModelReference none() {
    return new ModelReference("", "", "");
  }

  /** Whether weights are those of the session, or the session does not know. */
  public boolean matches(String otherSha256) {
    return sha256.isEmpty() || sha256.equals(otherSha256);
  }

  /** With the weights' checksum. */
  public ModelReference withSha256(String other) {
    return new ModelReference(reference, name, other);
  }
}
