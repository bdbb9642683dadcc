package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;

/** The connections of a node. */
@Command(name = "peers", description = "List the peers that the node is connected to.")
final class PeersCommand extends ClientCommand {
  private static final long MILLIS = 1000;

  PeersCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    JsonNode peers = node.call("getpeerinfo");
    if (wantsJson()) {
      terminal().println(Json.pretty(peers));
      return ExitCode.OK;
    }
    Table table =
        new Table()
            .right("id")
            .left("address")
            .left("way")
            .left("agent")
            .right("headers")
            .right("blocks")
            .right("ping")
            .right("sent")
            .right("received")
            .left("since");
    for (JsonNode peer : peers) {
      table.row(
          peer.path("id").asText(),
          peer.path("addr").asText(),
          peer.path("inbound").asBoolean() ? "in" : "out",
          peer.path("subver").asText("-"),
          height(peer.path("synced_headers")),
          height(peer.path("synced_blocks")),
          ping(peer.path("pingtime")),
          Text.scaled(peer.path("bytessent").asDouble(), "B"),
          Text.scaled(peer.path("bytesrecv").asDouble(), "B"),
          Text.time(peer.path("conntime").asLong()));
    }
    if (table.isEmpty()) {
      terminal().println("no peers");
    } else {
      table.print(terminal());
    }
    return ExitCode.OK;
  }

  private static String height(JsonNode height) {
    return height.asInt(-1) < 0 ? "-" : height.asText();
  }

  private static String ping(JsonNode seconds) {
    return seconds.isNumber()
        ? String.format(Locale.ROOT, "%.1f ms", seconds.asDouble() * MILLIS)
        : "-";
  }
}
