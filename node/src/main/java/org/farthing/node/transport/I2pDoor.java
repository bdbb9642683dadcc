package org.farthing.node.transport;

import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.farthing.node.i2p.I2pKey;
import org.farthing.node.i2p.SamException;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for peers that call through I2P, for one after the other. Where that fails it is tried
 * again after a second, and after a second more each time, up to five minutes. Owned by the
 * bridge's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen where they are handled
final class I2pDoor {
  private static final Logger LOG = LoggerFactory.getLogger(I2pDoor.class);
  private static final long PAUSE_SECONDS = 1;
  private static final long MAX_PAUSE_SECONDS = 5 * 60;

  /** What a bridge says in the place of a caller when the session is of no use any more. */
  private static final String DAMAGED = "RESULT=I2P_ERROR";

  /** Hears, on the bridge's loop, whether peers can call. */
  interface Bell {
    void reachable(NetAddress address);

    void unreachable(NetAddress address);
  }

  private final SamBridge bridge;
  private final SamSession session;
  private final BiConsumer<Channel, Ends> entry;
  private final Bell bell;
  private final BooleanSupplier closed;
  private Optional<NetAddress> reachableAt = Optional.empty();
  private long pauseSeconds = PAUSE_SECONDS;

  /**
   * @param entry adds the handlers of a peer to a channel
   * @param closed nobody is waited for any more
   */
  I2pDoor(
      SamBridge bridge,
      SamSession session,
      BiConsumer<Channel, Ends> entry,
      Bell bell,
      BooleanSupplier closed) {
    this.bridge = bridge;
    this.session = session;
    this.entry = entry;
    this.bell = bell;
    this.closed = closed;
  }

  /** Begins to wait. */
  void open() {
    if (closed.getAsBoolean()) {
      return;
    }
    session
        .accept()
        .whenComplete(
            (stream, failure) -> {
              if (failure == null) {
                reachable(stream.own());
                await(stream);
              } else if (!closed.getAsBoolean()) {
                LOG.warn("Couldn't listen: {}", SamLine.reason(failure));
                reachableAt.ifPresent(bell::unreachable);
                reachableAt = Optional.empty();
                openLater();
              }
            });
  }

  private void reachable(NetAddress address) {
    if (!reachableAt.equals(Optional.of(address))) {
      reachableAt.ifPresent(bell::unreachable);
      reachableAt = Optional.of(address);
      bell.reachable(address);
    }
  }

  private void await(SamSession.Stream stream) {
    stream
        .line()
        .hear()
        .whenComplete(
            (caller, failure) -> {
              if (failure == null && enters(caller, stream)) {
                pauseSeconds = PAUSE_SECONDS;
                open();
              } else if (!closed.getAsBoolean()) {
                LOG.debug(
                    "Error accepting: {}", failure == null ? caller : SamLine.reason(failure));
                stream.line().close();
                openLater();
              }
            });
  }

  /** False where it is no caller who was announced. */
  private boolean enters(String caller, SamSession.Stream stream) {
    try {
      NetAddress remote = I2pKey.addressOf(caller);
      entry.accept(stream.line().channel(), new Ends(remote, stream.own(), true));
      stream.line().leave();
      return true;
    } catch (SamException e) {
      if (caller.contains(DAMAGED)) {
        session.close();
      }
      return false;
    }
  }

  private void openLater() {
    bridge.loop().schedule(this::open, pauseSeconds, TimeUnit.SECONDS);
    pauseSeconds = Math.min(MAX_PAUSE_SECONDS, pauseSeconds + 1);
  }
}
