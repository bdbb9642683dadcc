package org.farthing.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.wire.CapturedMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands in files of captured messages. */
@Command(
    name = "messages",
    description = {
      "Show the messages in files that a node wrote with --capture-messages (bitcoind:",
      "-capturemessages): DATA/NETWORK/message_capture/ADDRESS/msgs_recv.dat and msgs_sent.dat.",
      "Those of several files are shown in the order of their time."
    })
final class MessagesCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final long MICROS = 1_000_000;
  private static final int NANOS = 1000;
  private static final int SUMMARY_WIDTH = 100;

  private final Session session;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "files of captured messages")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "print a line of JSON for each message")
  private boolean json;

  /** A message and the file it stands in. */
  private record Found(Path file, CapturedMessage message) {
    String peer() {
      Path folder = file.toAbsolutePath().getParent();
      return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
    }

    boolean isSent() {
      return file.endsWith("msgs_sent.dat");
    }
  }

  MessagesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CliException {
    List<Found> found = new ArrayList<>();
    for (Path file : files) {
      read(file, found);
    }
    found.sort(Comparator.comparingLong(each -> each.message().timeMicros()));
    for (Found each : found) {
      session.terminal().println(json ? json(each) : line(each));
    }
    return ExitCode.OK;
  }

  private static void read(Path file, List<Found> found) throws CliException {
    try {
      ByteReader in = new ByteReader(Files.readAllBytes(file));
      while (in.remaining() > 0) {
        found.add(new Found(file, CapturedMessage.read(in)));
      }
    } catch (IOException e) {
      throw CliException.failed("cannot read " + file + ": " + e.getMessage());
    } catch (DecodeException e) {
      throw CliException.failed(file + " holds no captured messages: " + e.getMessage());
    }
  }

  private static String line(Found found) {
    CapturedMessage message = found.message();
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(message.timeMicros(), MICROS),
            Math.floorMod(message.timeMicros(), MICROS) * NANOS);
    return "%s  %s %-21s %-12s %9d  %s"
        .formatted(
            TIME.format(time.atZone(ZoneId.systemDefault())),
            found.isSent() ? "->" : "<-",
            found.peer(),
            message.shownCommand(),
            message.payload().size(),
            summary(message))
        .stripTrailing();
  }

  private static String summary(CapturedMessage message) {
    String text;
    try {
      text = MessageJson.of(message.message()).toString();
    } catch (DecodeException e) {
      text = "cannot be decoded: " + e.getMessage();
    }
    text = text.equals("{}") ? "" : text;
    return text.length() <= SUMMARY_WIDTH ? text : text.substring(0, SUMMARY_WIDTH - 3) + "...";
  }

  private static String json(Found found) {
    CapturedMessage message = found.message();
    ObjectNode json = Json.object();
    json.put("direction", found.isSent() ? "sent" : "recv");
    json.put("peer", found.peer());
    json.put("time", message.timeMicros());
    json.put("size", message.payload().size());
    json.put("msgtype", message.shownCommand());
    try {
      json.set("body", MessageJson.of(message.message()));
    } catch (DecodeException e) {
      json.put("error", e.getMessage());
      json.put("payload", Hex.encode(message.payload().toByteArray()));
    }
    return json.toString();
  }
}
