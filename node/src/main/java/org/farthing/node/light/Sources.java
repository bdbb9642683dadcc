package org.farthing.node.light;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The peers that can be asked, and those that were found out. */
final class Sources {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final Outbox outbox;
  private final Consumer<Peer> forget;
  private final Map<Peer, Source> sources = new LinkedHashMap<>();
  private final List<Exposure> exposed = new ArrayList<>();

  /**
   * @param forget the peer is not to be called again
   */
  Sources(Outbox outbox, Consumer<Peer> forget) {
    this.outbox = outbox;
    this.forget = forget;
  }

  Source add(Peer peer) {
    Source source = new Source(peer);
    sources.put(peer, source);
    return source;
  }

  Optional<Source> remove(Peer peer) {
    return Optional.ofNullable(sources.remove(peer));
  }

  Optional<Source> of(Peer peer) {
    return Optional.ofNullable(sources.get(peer));
  }

  List<Source> all() {
    return sources.values().stream().filter(source -> source.peer().isReady()).toList();
  }

  void send(Source source, Message message) {
    outbox.send(source.peer(), message);
  }

  /** Names a peer, drops it, and never calls it again. */
  void expose(Source source, String what) {
    if (source.peer().isGone()) {
      return;
    }
    Exposure exposure = new Exposure(source.name(), what);
    LOG.warn("{}", exposure);
    exposed.add(exposure);
    forget.accept(source.peer());
    outbox.disconnect(source.peer(), what);
  }

  /** Those that were found out, in that order. */
  List<Exposure> exposed() {
    return List.copyOf(exposed);
  }
}
