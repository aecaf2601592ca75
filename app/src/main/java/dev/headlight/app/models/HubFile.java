package dev.headlight.app.models;

import java.util.Optional;

/**
 * A file of a repository.
 *
 * @param name plain, without a folder
 * @param size in bytes; -1 where the server did not say
 * @param checksum what its bytes must give; empty where the server did not say
 */
record HubFile(String name, long size, Optional<Checksum> checksum) {
  /** Size that is not known. */
  static final long UNKNOWN = -1;
}
