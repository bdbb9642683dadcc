package org.farthing.node.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls through I2P. A node that can be called makes its own from the address where it is; one that
 * cannot has another address for each call, and so have calls that nobody may connect with the
 * node. Sessions are dear: one whose call failed, so that nobody has seen its address, is kept for
 * the next call. Owned by the bridge's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen where they are handled
final class I2pCalls {
  private static final Logger LOG = LoggerFactory.getLogger(I2pCalls.class);
  private static final int MAX_UNUSED = 10;

  private final SamBridge bridge;
  private final Deque<SamSession> unused = new ArrayDeque<>();
  private Optional<SamSession> own = Optional.empty();

  I2pCalls(SamBridge bridge) {
    this.bridge = bridge;
  }

  /** Does something on the loop that owns all this. */
  void run(Runnable task) {
    bridge.loop().execute(task);
  }

  /**
   * Waits for peers under an address that stays, from which our own calls come too.
   *
   * @param entry adds the handlers of a peer to a channel
   * @param closed nobody is waited for any more
   */
  void open(
      I2pIdentity identity,
      BiConsumer<Channel, Ends> entry,
      I2pDoor.Bell bell,
      BooleanSupplier closed) {
    SamSession session = new SamSession(bridge, Optional.of(identity));
    own = Optional.of(session);
    new I2pDoor(bridge, session, entry, bell, closed).open();
  }

  /**
   * Makes a call.
   *
   * @param asStranger from an address of its own
   * @param connected gets the line, and adds the handlers of a peer to its channel
   */
  void call(
      NetAddress to,
      boolean asStranger,
      BiConsumer<Channel, Ends> connected,
      Consumer<Throwable> failed) {
    if (to.port() != NetAddress.I2P_PORT) {
      LOG.debug(
          "Error connecting to {}, connection refused due to arbitrary port {}", to, to.port());
      failed.accept(new IOException("I2P has no port " + to.port()));
      return;
    }
    Optional<SamSession> known = own.filter(session -> !asStranger);
    SamSession session = known.orElseGet(this::stranger);
    session
        .connect(to)
        .whenComplete(
            (stream, failure) -> {
              if (failure == null) {
                if (known.isEmpty()) {
                  stream.line().whenClosed(session::close);
                }
                connected.accept(stream.line().channel(), new Ends(to, stream.own(), false));
                stream.line().leave();
              } else {
                String reason = SamLine.reason(failure);
                LOG.debug("Error connecting to {}: {}", to, reason);
                if (known.isEmpty()) {
                  keep(session);
                }
                failed.accept(new IOException(reason));
              }
            });
  }

  private SamSession stranger() {
    return unused.isEmpty() ? new SamSession(bridge, Optional.empty()) : unused.removeFirst();
  }

  private void keep(SamSession session) {
    if (unused.size() < MAX_UNUSED) {
      unused.addLast(session);
    } else {
      session.close();
    }
  }
}
