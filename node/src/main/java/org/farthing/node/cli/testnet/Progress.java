package org.farthing.node.cli.testnet;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.farthing.node.cli.terminal.Style;
import org.farthing.node.cli.terminal.Terminal;

/** One line for each thing that happened, with the seconds since the beginning. */
final class Progress {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final long begin;

  Progress(Terminal terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  double seconds() {
    return (nanoTime.getAsLong() - begin) / NANOS_PER_SECOND;
  }

  /** Something that is done. */
  synchronized void step(String text) {
    terminal.clearDraft();
    String time = String.format(Locale.ROOT, "%6.1f s  ", seconds());
    terminal.println(terminal.styled(Style.DIM, time) + text);
  }

  /** Something that matters. */
  synchronized void milestone(String text) {
    step(terminal.styled(Style.GREEN, text));
  }

  /** What is being waited for: a line that the next one replaces. Only a terminal shows it. */
  synchronized void draft(String text) {
    terminal.draft("          " + text);
  }

  synchronized void clearDraft() {
    terminal.clearDraft();
  }
}
