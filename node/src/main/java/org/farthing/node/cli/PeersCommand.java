package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Style;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The connections of a node. */
@Command(
    name = "peers",
    description = {
      "Show the peers that the node is connected to: on a terminal a table that is drawn anew",
      "until Ctrl-C, elsewhere the table as it is now."
    })
final class PeersCommand extends ClientCommand {
  private static final long MILLIS = 1000;
  private static final int MAX_AGENT = 24;

  /** What Bitcoin Core calls the kinds of connections, shorter. */
  private static final Map<String, String> KINDS =
      Map.of(
          "outbound-full-relay", "full",
          "block-relay-only", "block",
          "addr-fetch", "addr",
          "private-broadcast", "private",
          "inbound", "-");

  @Option(names = "--once", description = "print the table once, on a terminal too")
  private boolean once;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "how often it is drawn (default: ${DEFAULT-VALUE})")
  private int intervalSeconds;

  PeersCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    if (intervalSeconds < 1) {
      throw CliException.usage("--interval wants a number from 1");
    }
    if (wantsJson()) {
      terminal().println(Json.pretty(node.call("getpeerinfo")));
    } else if (once || !terminal().isShown()) {
      JsonNode peers = node.call("getpeerinfo");
      if (peers.isEmpty()) {
        terminal().println("no peers");
      } else {
        table(peers, now()).print(terminal());
      }
    } else {
      watch(node);
    }
    return ExitCode.OK;
  }

  private static long now() {
    return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
  }

  /** Until somebody ends the program. */
  private void watch(RpcClient node) throws CliException, RefusedException {
    Terminal terminal = terminal();
    Thread restore = new Thread(terminal::leaveFrames, "restore the screen");
    Runtime.getRuntime().addShutdownHook(restore);
    terminal.enterFrames();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        draw(node.call("getpeerinfo"), node.call("getblockchaininfo"), node.endpoint().toString());
        TimeUnit.SECONDS.sleep(intervalSeconds);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().removeShutdownHook(restore);
      terminal.leaveFrames();
    }
  }

  private void draw(JsonNode peers, JsonNode chain, String endpoint) {
    long inbound = 0;
    for (JsonNode peer : peers) {
      inbound += peer.path("inbound").asBoolean() ? 1 : 0;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal()
            .styled(
                Style.BOLD,
                "%s   %s   block %s of %s   %d in, %d out"
                    .formatted(
                        endpoint,
                        chain.path("chain").asText(),
                        chain.path("blocks").asText(),
                        chain.path("headers").asText(),
                        inbound,
                        peers.size() - inbound)));
    lines.add("");
    lines.addAll(peers.isEmpty() ? List.of("no peers") : table(peers, now()).lines(terminal()));
    terminal().beginFrame();
    lines.forEach(terminal()::frameLine);
    terminal().endFrame();
  }

  private static Table table(JsonNode peers, long nowSeconds) {
    Table table =
        new Table()
            .right("id")
            .left("address")
            .left("way")
            .left("type")
            .left("over")
            .left("agent")
            .right("ping")
            .right("headers")
            .right("blocks")
            .right("wanted")
            .right("sent")
            .right("received")
            .right("last sent")
            .right("last received")
            .right("since");
    for (JsonNode peer : peers) {
      String kind = peer.path("connection_type").asText("-");
      table.row(
          peer.path("id").asText(),
          peer.path("addr").asText(),
          peer.path("inbound").asBoolean() ? "in" : "out",
          KINDS.getOrDefault(kind, kind),
          peer.path("transport_protocol_type").asText("-"),
          agent(peer.path("subver").asText("")),
          ping(peer.path("pingtime")),
          headers(peer),
          height(peer.path("synced_blocks")),
          String.valueOf(peer.path("inflight").size()),
          Text.scaled(peer.path("bytessent").asDouble(), "B"),
          Text.scaled(peer.path("bytesrecv").asDouble(), "B"),
          ago(peer.path("lastsend"), nowSeconds),
          ago(peer.path("lastrecv"), nowSeconds),
          ago(peer.path("conntime"), nowSeconds));
    }
    return table;
  }

  private static String agent(String agent) {
    String shown = agent.isEmpty() ? "-" : agent;
    return shown.length() <= MAX_AGENT ? shown : shown.substring(0, MAX_AGENT - 2) + "..";
  }

  /** A chain that is being weighed counts as far as that has come. */
  private static String headers(JsonNode peer) {
    JsonNode weighed = peer.path("presynced_headers");
    return weighed.asInt(-1) < 0
        ? height(peer.path("synced_headers"))
        : "(" + weighed.asText() + ")";
  }

  private static String height(JsonNode height) {
    return height.asInt(-1) < 0 ? "-" : height.asText();
  }

  private static String ping(JsonNode seconds) {
    return seconds.isNumber()
        ? String.format(Locale.ROOT, "%.1f ms", seconds.asDouble() * MILLIS)
        : "-";
  }

  private static String ago(JsonNode seconds, long nowSeconds) {
    long then = seconds.asLong();
    return then == 0 ? "never" : Text.duration(Math.max(0, nowSeconds - then));
  }
}
