package dev.headlight.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor found about one thing.
 *
 * @param name the thing
 * @param status how it stands
 * @param found what was found
 * @param advice what to do; empty if nothing
 */
record DoctorCheck(String name, Status status, String found, String advice) {
  /** How a thing stands. */
  enum Status {
    /** All is well. */
    OK,
    /** Something works less well or not at all without it; the command line does not need it. */
    MISSING,
    /** Nothing can be computed. */
    BROKEN
  }

  static DoctorCheck ok(String name, String found) {
    return new DoctorCheck(name, Status.OK, found, "");
  }

  static DoctorCheck missing(String name, String found, String advice) {
    return new DoctorCheck(name, Status.MISSING, found, advice);
  }

  static DoctorCheck broken(String name, String found, String advice) {
    return new DoctorCheck(name, Status.BROKEN, found, advice);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%-8s %-12s %s".formatted(status.name().toLowerCase(Locale.ROOT), name, found));
    if (!advice.isEmpty()) {
      lines.add(" ".repeat(22) + "→ " + advice);
    }
    return lines;
  }

  Map<String, String> document() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("status", status.name().toLowerCase(Locale.ROOT));
    map.put("found", found);
    map.put("advice", advice);
    return map;
  }
}
