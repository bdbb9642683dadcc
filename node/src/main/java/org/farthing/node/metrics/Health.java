package org.farthing.node.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;

/**
 * Whether the node is alive, and whether it is ready; see docs/operating.md. A node that starts or
 * catches up is alive: to start it again would not help.
 */
final class Health {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final MetricsSource source;

  Health(MetricsSource source) {
    this.source = source;
  }

  /** 200, unless something has ended the node. */
  Reply live() {
    NodeProgress progress = source.progress();
    boolean alive = progress.phase() != NodeProgress.Phase.FAILED;
    return reply(alive ? OK : UNAVAILABLE, progress);
  }

  /**
   * 200 when the node has what there is.
   *
   * @param downloading it is ready enough while it catches up
   */
  Reply ready(boolean downloading) {
    NodeProgress progress = source.progress();
    boolean ready =
        progress.phase() == NodeProgress.Phase.READY
            || (downloading && progress.phase() == NodeProgress.Phase.INITIAL_DOWNLOAD);
    return reply(ready ? OK : UNAVAILABLE, progress);
  }

  private Reply reply(int status, NodeProgress progress) {
    ObjectNode json = Json.object();
    json.put("status", progress.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (!progress.stage().isEmpty()) {
      json.put("stage", progress.stage());
    }
    if (progress.height() >= 0) {
      json.put("height", progress.height());
      json.put("headers", progress.headers());
    }
    json.put("uptime_seconds", source.uptimeSeconds());
    byte[] bytes = Json.bytes(json);
    return Reply.of(status, Reply.Content.uncached("application/json"), bytes);
  }
}
