package org.farthing.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.farthing.node.app.LightNode;
import org.farthing.node.app.StartException;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RpcLine;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.light.LightException;
import org.farthing.node.light.Patience;

/** A light wallet for the time of one command. */
final class LightSession implements RpcLine, AutoCloseable {
  private final Terminal terminal;
  private final LightNode light;

  private LightSession(Terminal terminal, LightNode light) {
    this.terminal = terminal;
    this.light = light;
  }

  /** Opens the light wallets of a data directory, and lets them catch up with the peers. */
  static LightSession open(NodeConfig config, List<String> peers, Terminal terminal)
      throws CliException {
    if (peers.size() == 1) {
      terminal.note("there is one peer only, so that nobody can contradict it: name more");
    }
    LightSession session;
    try {
      session = new LightSession(terminal, LightNode.open(config, peers, Patience.USUAL));
    } catch (StartException e) {
      throw CliException.failed(e.getMessage());
    }
    try {
      session.catchUp();
      return session;
    } catch (CliException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void catchUp() throws CliException {
    try {
      light.synchronise(
          progress ->
              terminal.draft(
                  "%d peers, headers up to %d, filters up to %d"
                      .formatted(progress.peers(), progress.headers(), progress.agreed())));
    } catch (LightException | StartException e) {
      throw CliException.noNode(e.getMessage());
    } finally {
      terminal.clearDraft();
    }
  }

  @Override
  public JsonNode exchange(byte[] request, Optional<String> wallet) throws CliException {
    try {
      return Json.parse(new String(light.answer(request, wallet), StandardCharsets.UTF_8));
    } catch (LightException e) {
      throw CliException.failed(e.getMessage());
    } catch (JsonProcessingException e) {
      throw new AssertionError("our own answer", e);
    }
  }

  /** Says who was found out. */
  @Override
  public void close() {
    light.exposed().forEach(exposure -> terminal.note(exposure + ": it is not asked any more"));
    light.close();
  }
}
