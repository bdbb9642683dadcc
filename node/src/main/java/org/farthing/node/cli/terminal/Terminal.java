package org.farthing.node.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/** The three streams of the process, and whether a person sits at them. */
public final class Terminal {
  /** Set by the launcher: the digits of those of our streams (0, 1, 2) that are terminals. */
  public static final String TERMINALS_PROPERTY = "farthing.terminals";

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final String CLEAR_REST = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String HOME = "\u001b[H";
  private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l\u001b[?7l";
  private static final String USUAL_SCREEN = "\u001b[?7h\u001b[?25h\u001b[?1049l";

  private final BufferedReader in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final String terminals;
  private final boolean colours;
  private boolean drafted;

  /**
   * @param terminals the digits of those streams that are terminals
   * @param colours whether those that are may be coloured
   */
  public Terminal(
      BufferedReader in, PrintWriter out, PrintWriter err, String terminals, boolean colours) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminals = terminals;
    this.colours = colours;
  }

  /** The streams that the process was started with. */
  public static Terminal ofProcess(Map<String, String> environment) {
    String terminals = System.getProperty(TERMINALS_PROPERTY, "");
    boolean colours =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
        new PrintWriter(System.out, true, Charset.defaultCharset()),
        new PrintWriter(System.err, true, Charset.defaultCharset()),
        terminals,
        colours);
  }

  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  public void println(String line) {
    out.println(line);
  }

  public void note(String line) {
    err.println(line);
  }

  /** For text on standard output. */
  public String styled(Style style, String text) {
    return style.apply(text, colours && terminals.contains("1"));
  }

  /** For text on standard error. */
  public String styledForErrors(Style style, String text) {
    return style.apply(text, colours && terminals.contains("2"));
  }

  /** Whether somebody watches standard output, so that it may be drawn anew. */
  public boolean isShown() {
    return terminals.contains("1");
  }

  /** Begins to draw the screen anew: what is printed now replaces what stands there. */
  public void beginFrame() {
    out.print(HOME);
  }

  /** A line of a frame; whatever stood there before is gone. */
  public void frameLine(String line) {
    out.print(line + CLEAR_REST + "\n");
  }

  /** Ends a frame: nothing is left below it. */
  public void endFrame() {
    out.print(CLEAR_BELOW);
    out.flush();
  }

  /** Lets frames have a screen of their own, and hides the cursor. */
  public void enterFrames() {
    out.print(OTHER_SCREEN);
    out.flush();
  }

  /** Gives the screen back as it was. */
  public void leaveFrames() {
    out.print(USUAL_SCREEN);
    out.flush();
  }

  /** Whether standard output takes colours. */
  public boolean colours() {
    return colours && terminals.contains("1");
  }

  /** Whether somebody watches standard error, and progress may be drawn there. */
  public boolean isWatched() {
    return terminals.contains("2");
  }

  /** What is being waited for: a line that the next one replaces. Only a terminal shows it. */
  public void draft(String text) {
    if (isWatched()) {
      err.print(CLEAR_LINE + text);
      err.flush();
      drafted = true;
    }
  }

  /** Removes what {@link #draft} showed. */
  public void clearDraft() {
    if (drafted) {
      err.print(CLEAR_LINE);
      err.flush();
      drafted = false;
    }
  }

  /** Whether a person can be asked. */
  public boolean canAsk() {
    return terminals.contains("0") && terminals.contains("2");
  }

  /** Asks a person for a line that may be seen by others. */
  public Optional<String> ask(String prompt) {
    err.print(prompt);
    err.flush();
    return readLine();
  }

  /** Asks a person for a secret, without echo. */
  public Optional<String> askSecret(String prompt) {
    return HiddenInput.read(prompt, err, this::readLine);
  }

  /** The next line of standard input, if there is one. */
  public Optional<String> readLine() {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
