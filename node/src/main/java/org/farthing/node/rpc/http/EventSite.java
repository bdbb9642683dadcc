package org.farthing.node.rpc.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.node.config.EventsConfig;
import org.farthing.node.config.RpcWhitelist;
import org.farthing.node.events.EventLog;
import org.farthing.node.rpc.event.EventQuery;
import org.farthing.node.rpc.event.EventRefusal;

/** The event stream of a server: where it is, and who may read it. */
public final class EventSite {
  private static final String PATH = "/events";

  /** The whitelist's word for it. */
  private static final String METHOD = "events";

  private final EventsConfig config;
  private final RpcWhitelist whitelist;
  private final Network network;
  private volatile EventLog log;

  public EventSite(EventsConfig config, RpcWhitelist whitelist, Network network) {
    this.config = config;
    this.whitelist = whitelist;
    this.network = network;
  }

  /** Events are streamed from now on. */
  public void ready(EventLog events) {
    log = events;
  }

  boolean serves(String path) {
    return path.equals(PATH);
  }

  /** Whether a user may read events. */
  boolean allows(String user) {
    return whitelist.admits(user) && whitelist.allows(user, METHOD);
  }

  /**
   * Whether the request does not come from a stranger's web page. A browser says from which page it
   * comes; programs say nothing.
   */
  boolean isWelcome(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    return origin == null
        || config.origins().contains(origin)
        || origin.equals("http://" + headers.get(HttpHeaderNames.HOST));
  }

  /**
   * @throws EventRefusal while the node starts
   */
  EventLog log() throws EventRefusal {
    EventLog events = log;
    if (events == null) {
      throw new EventRefusal(EventRefusal.Reason.STARTING, "The node is starting: try again soon.");
    }
    return events;
  }

  EventQuery query(String uri, Optional<String> lastEventId) throws EventRefusal {
    return EventQuery.of(parameters(uri), lastEventId, log(), network);
  }

  private static List<EventQuery.Parameter> parameters(String uri) {
    List<EventQuery.Parameter> all = new ArrayList<>();
    int start = uri.indexOf('?');
    if (start >= 0 && start < uri.length() - 1) {
      for (String pair : uri.substring(start + 1).split("&", -1)) {
        String[] parts = pair.split("=", 2);
        all.add(
            new EventQuery.Parameter(
                PercentDecoding.decode(parts[0]),
                parts.length < 2 ? "" : PercentDecoding.decode(parts[1])));
      }
    }
    return all;
  }
}
