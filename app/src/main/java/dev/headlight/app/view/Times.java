package dev.headlight.app.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as lists show them. */
final class Times {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter BEFORE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Times() {}

  /** The time; of another day with its date. */
  static String text(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneId.systemDefault());
    boolean today = time.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()));
    return (today ? TODAY : BEFORE).format(time);
  }
}
