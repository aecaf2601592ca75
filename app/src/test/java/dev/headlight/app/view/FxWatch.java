package dev.headlight.app.view;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Asks the JavaFX thread for a sign of life again and again. Counted is what the thread computes
 * until it answers (its processor time), and the time it waits inside our own code, between a
 * question and its answer; not the time for which other work on the machine keeps it from running,
 * nor the wait for the next pulse.
 */
final class FxWatch extends Thread {
  private static final int STEP_MS = 5;

  private final double goal;
  private final AtomicReference<String> step = new AtomicReference<>("start");
  private final StringBuilder slow = new StringBuilder();
  private volatile boolean ended;
  private double worst;
  private int signs;

  /**
   * @param goal milliseconds above which an answer is noted
   */
  FxWatch(double goal) {
    super("fx-watch");
    this.goal = goal;
    setDaemon(true);
  }

  /** Says what the user is doing from now on. */
  void during(String what) {
    step.set(what);
  }

  @Override
  public void run() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try {
      long fx = WaitForAsyncUtils.asyncFx(() -> Thread.currentThread().getId()).get();
      while (!ended) {
        String what = step.get();
        long before = threads.getThreadCpuTime(fx);
        CountDownLatch answered = new CountDownLatch(1);
        Platform.runLater(answered::countDown);
        int held = 0;
        Map<String, Integer> where = new HashMap<>();
        while (!answered.await(STEP_MS, TimeUnit.MILLISECONDS)) {
          ThreadInfo info = threads.getThreadInfo(fx, 128);
          held += waits(info) && !place(info).isEmpty() ? STEP_MS : 0;
          where.merge(place(info), 1, Integer::sum);
        }
        note(what, (threads.getThreadCpuTime(fx) - before) / 1e6 + held, where);
        TimeUnit.MILLISECONDS.sleep(STEP_MS);
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean waits(ThreadInfo info) {
    return info.getThreadState() != Thread.State.RUNNABLE;
  }

  /** The innermost of our own methods; empty where none is running. */
  private static String place(ThreadInfo info) {
    return Arrays.stream(info.getStackTrace())
        .filter(f -> f.getClassName().startsWith("dev.headlight"))
        .map(f -> f.getClassName().replaceAll(".*\\.", "") + "." + f.getMethodName())
        .findFirst()
        .orElse("");
  }

  private void note(String what, double milliseconds, Map<String, Integer> where) {
    signs++;
    worst = Math.max(worst, milliseconds);
    if (milliseconds > goal) {
      String most =
          where.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(e -> e.getKey().isEmpty() ? "layout and styles" : e.getKey())
              .orElse("");
      slow.append(" %s %.0f ms (%s);".formatted(what, milliseconds, most));
    }
  }

  /** Stops, and waits for the last answer. */
  void end() throws InterruptedException {
    ended = true;
    join();
  }

  /** Longest time without an answer, in milliseconds. */
  double worst() {
    return worst;
  }

  /** How often it was asked. */
  int signs() {
    return signs;
  }

  /** What took longer than the goal. */
  String slow() {
    return slow.toString();
  }
}
