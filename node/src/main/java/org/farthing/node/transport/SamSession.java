package org.farthing.node.transport;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.i2p.I2pKey;
import org.farthing.node.i2p.SamException;
import org.farthing.node.i2p.SamReply;
import org.farthing.node.i2p.SamRequests;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address in I2P. It lives as long as a connection to the bridge stands, is made when it is
 * first needed, and made again when that connection was lost. Owned by one loop, which all its
 * connections belong to.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen where they are handled
final class SamSession {
  private static final Logger LOG = LoggerFactory.getLogger(SamSession.class);
  private static final int ID_BYTES = 5;
  private static final String INVALID_ID = "INVALID_ID";

  /** Where we are: the name of the session, and its address. */
  record Place(String id, NetAddress address) {}

  /** A line that leads to a peer, or will as soon as one calls. */
  record Stream(SamLine line, NetAddress own) {}

  private final SamBridge bridge;
  private final Optional<I2pIdentity> identity;
  private final SecureRandom random = new SecureRandom();

  /** The place, or that which will be it; null where there is none. */
  private CompletableFuture<Place> place;

  private SamLine control;

  /**
   * @param identity who we are; empty: somebody whom nobody knows
   */
  SamSession(SamBridge bridge, Optional<I2pIdentity> identity) {
    this.bridge = bridge;
    this.identity = identity;
  }

  /** A connection to a peer. */
  CompletableFuture<Stream> connect(NetAddress to) {
    return stream(
        (here, line) ->
            line.ask(SamRequests.lookUp(to.host()))
                .thenCompose(SamLine::ok)
                .thenCompose(reply -> SamLine.value(reply, "VALUE"))
                .thenCompose(found -> line.ask(SamRequests.connect(here.id(), found))));
  }

  /** A line on which the next peer that calls is announced. */
  CompletableFuture<Stream> accept() {
    return stream((here, line) -> line.ask(SamRequests.accept(here.id())));
  }

  /**
   * A new line, which leads to a peer.
   *
   * @param asked asks for that on the line
   */
  private CompletableFuture<Stream> stream(
      BiFunction<Place, SamLine, CompletableFuture<SamReply>> asked) {
    return place()
        .thenCompose(
            here ->
                bridge
                    .open()
                    .thenCompose(
                        line ->
                            line.orClose(
                                asked
                                    .apply(here, line)
                                    .thenCompose(this::streamOk)
                                    .thenApply(reply -> new Stream(line, here.address())))));
  }

  /** A bridge that has forgotten the session will not know it next time either. */
  private CompletableFuture<SamReply> streamOk(SamReply reply) {
    if (reply.result().equals(INVALID_ID)) {
      close();
    }
    return SamLine.ok(reply);
  }

  private CompletableFuture<Place> place() {
    if (place == null) {
      CompletableFuture<Place> made = create();
      place = made;
      made.whenComplete(
          (here, failure) -> {
            if (failure != null && place == made) {
              place = null;
            }
          });
      return made;
    }
    return place;
  }

  private CompletableFuture<Place> create() {
    byte[] name = new byte[ID_BYTES];
    random.nextBytes(name);
    String id = Hex.encode(name);
    String kind = identity.isPresent() ? "persistent" : "transient";
    LOG.debug("Creating {} I2P SAM session {} with {}", kind, id, bridge);
    return bridge
        .open()
        .thenCompose(
            line ->
                line.orClose(
                    (identity.isPresent()
                            ? createOwn(line, id, identity.get())
                            : createTransient(line, id))
                        .thenApply(key -> created(line, id, key))));
  }

  private static CompletableFuture<I2pKey> createTransient(SamLine line, String id) {
    return line.ask(SamRequests.createTransient(id))
        .thenCompose(SamLine::ok)
        .thenCompose(reply -> SamLine.value(reply, "DESTINATION"))
        .thenCompose(SamSession::parse);
  }

  private static CompletableFuture<I2pKey> createOwn(SamLine line, String id, I2pIdentity own) {
    return key(line, own)
        .thenCompose(
            key ->
                line.ask(SamRequests.create(id, key))
                    .thenCompose(SamLine::ok)
                    .thenApply(reply -> key));
  }

  /** Ours, which the bridge makes where there is none. */
  private static CompletableFuture<I2pKey> key(SamLine line, I2pIdentity own) {
    try {
      Optional<I2pKey> kept = own.key();
      if (kept.isPresent()) {
        return CompletableFuture.completedFuture(kept.get());
      }
    } catch (IOException | SamException e) {
      return CompletableFuture.failedFuture(e);
    }
    return line.ask(SamRequests.GENERATE)
        .thenCompose(reply -> SamLine.value(reply, "PRIV"))
        .thenCompose(SamSession::parse)
        .thenCompose(key -> keep(own, key));
  }

  private static CompletableFuture<I2pKey> parse(String text) {
    try {
      return CompletableFuture.completedFuture(I2pKey.parse(text));
    } catch (SamException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<I2pKey> keep(I2pIdentity own, I2pKey key) {
    try {
      own.keep(key);
      return CompletableFuture.completedFuture(key);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Place created(SamLine line, String id, I2pKey key) {
    Place here = new Place(id, key.address());
    control = line;
    line.whenClosed(
        () -> {
          if (control == line) {
            LOG.debug("Control socket error: the bridge has hung up");
            close();
          }
        });
    String known = identity.isPresent() ? "Persistent" : "Transient";
    LOG.info("{} I2P SAM session {} created, my address={}", known, id, here.address());
    return here;
  }

  /** Ends it; it is made anew when it is needed again. */
  void close() {
    SamLine line = control;
    control = null;
    place = null;
    if (line != null) {
      LOG.info("Destroying I2P SAM session with {}", bridge);
      line.close();
    }
  }
}
