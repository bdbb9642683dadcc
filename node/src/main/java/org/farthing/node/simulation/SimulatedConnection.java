package org.farthing.node.simulation;

import java.util.Arrays;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Traffic;
import org.farthing.node.transport.TransportLimits;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.UnknownMessage;

/** One end of a simulated connection. */
final class SimulatedConnection implements Connection {
  private static final TransportLimits LIMITS = TransportLimits.DEFAULT;

  private final SimulatedTransport host;
  private final ConnectionHandler handler;
  private final Ends ends;
  private final Pipe outgoing;
  private final Traffic.Counter traffic = new Traffic.Counter();
  private SimulatedConnection other;
  private long waitingBytes;
  private boolean clogged;
  private boolean announced;
  private boolean closed;

  /** Between which addresses it runs, and who began. */
  record Ends(long id, NetAddress local, NetAddress remote, boolean inbound) {}

  SimulatedConnection(
      SimulatedTransport host, ConnectionHandler handler, Ends ends, Pipe outgoing) {
    this.host = host;
    this.handler = handler;
    this.ends = ends;
    this.outgoing = outgoing;
  }

  static void join(SimulatedConnection one, SimulatedConnection two) {
    one.other = two;
    two.other = one;
  }

  /** The connection stands, as this end sees it. */
  void opened() {
    host.call(
        () ->
            ifOpen(
                () -> {
                  announced = true;
                  if (!inbound()) {
                    host.network().observer().opened(local(), remote());
                  }
                  handler.connected(this);
                }));
  }

  SimulatedTransport host() {
    return host;
  }

  SimulatedConnection other() {
    return other;
  }

  /** What was sent and has not arrived. */
  long waitingBytes() {
    return waitingBytes;
  }

  Pipe outgoing() {
    return outgoing;
  }

  @Override
  public long id() {
    return ends.id();
  }

  @Override
  public NetAddress remote() {
    return ends.remote();
  }

  @Override
  public NetAddress local() {
    return ends.local();
  }

  @Override
  public boolean inbound() {
    return ends.inbound();
  }

  @Override
  public boolean writable() {
    return !closed && !clogged;
  }

  @Override
  public void setReading(boolean reading) {
    other.outgoing.setPaused(!reading);
  }

  /** Nobody listens in a simulation. */
  @Override
  public Encryption encryption() {
    return new Encryption(Encryption.Protocol.V1, "");
  }

  @Override
  public Traffic traffic() {
    return traffic.snapshot();
  }

  @Override
  public void send(Message message) {
    if (closed || host.network().settings().lost().contains(message.type())) {
      return;
    }
    Parcel parcel = pack(message);
    if (parcel.size() > FrameHeader.SIZE + FrameHeader.MAX_PAYLOAD) {
      // The receiver's decoder takes no such frame.
      outgoing.send(FrameHeader.SIZE, () -> other.shut("a message of " + parcel.size()));
    } else {
      carry(parcel);
    }
  }

  /**
   * A message under way.
   *
   * @param size with the header
   */
  private record Parcel(Message message, int size, int fingerprint, Arrival arrival) {}

  private Parcel pack(Message message) {
    boolean throughCodec = host.network().settings().throughCodec();
    if (!throughCodec && message instanceof BlockMessage block) {
      // Written down for each receiver it would take most of the time that a simulation has.
      int size = FrameHeader.SIZE + block.sizeHint();
      return new Parcel(message, size, block.block().hash().hashCode(), () -> message);
    }
    if (message instanceof UnknownMessage && message.sizeHint() > FrameHeader.MAX_PAYLOAD) {
      // It never arrives.
      return new Parcel(message, FrameHeader.SIZE + message.sizeHint(), 0, () -> message);
    }
    byte[] payload = MessageCodec.encode(message);
    // What is too malformed to be decoded becomes no message by being shared.
    boolean isShared = !throughCodec && !(message instanceof UnknownMessage);
    return new Parcel(
        message,
        FrameHeader.SIZE + payload.length,
        message instanceof BlockMessage block
            ? block.block().hash().hashCode()
            : Arrays.hashCode(payload),
        isShared ? () -> message : () -> MessageCodec.decode(message.command(), payload));
  }

  /** What the receiver makes of a message. */
  @FunctionalInterface
  private interface Arrival {
    Message read() throws DecodeException;
  }

  private void carry(Parcel parcel) {
    traffic.sent(parcel.message().type(), parcel.size());
    waitingBytes += parcel.size();
    if (waitingBytes > LIMITS.maxOutboundBytes()) {
      shut("does not read what is sent: " + waitingBytes + " bytes wait");
      return;
    }
    clogged |= waitingBytes > LIMITS.outboundBytes();
    outgoing.send(
        parcel.size(),
        () -> {
          drained(parcel.size());
          other.arrived(parcel);
        });
  }

  private void drained(int size) {
    waitingBytes -= size;
    if (clogged && waitingBytes < LIMITS.outboundBytes() / 2) {
      clogged = false;
      host.call(() -> ifOpen(() -> handler.writable(this)));
    }
  }

  private void arrived(Parcel parcel) {
    if (closed) {
      if (outgoing.isPaused()) {
        // Who reads nothing does not hear of the end, but of a reset when it writes.
        other.closedByOther("connection reset");
      }
      return;
    }
    Message sent = parcel.message();
    host.network()
        .observer()
        .arrived(
            new NetworkObserver.Passage(
                other.host.address(),
                ends.remote(),
                ends.local(),
                sent,
                parcel.size(),
                parcel.fingerprint()));
    traffic.received(parcel.size());
    traffic.receivedMessage(sent.type(), parcel.size());
    try {
      Message message = parcel.arrival().read();
      host.call(() -> ifOpen(() -> handler.received(this, message)));
    } catch (DecodeException e) {
      int payloadBytes = parcel.size() - FrameHeader.SIZE;
      host.call(() -> ifOpen(() -> handler.malformed(this, sent.command(), payloadBytes, e)));
    }
  }

  private void ifOpen(Runnable call) {
    if (!closed) {
      call.run();
    }
  }

  @Override
  public void close(String reason) {
    shut(reason);
  }

  /** Ends this side now, and the other when it has received what was sent before. */
  private void shut(String reason) {
    if (!closed) {
      closed = true;
      outgoing.send(0, () -> other.closedByOther("closed by the other side"));
      gone(reason);
    }
  }

  /** Both sides learn at once that there is no way between them any more. */
  void cut(String reason) {
    closedByOther(reason);
    other.closedByOther(reason);
  }

  private void closedByOther(String reason) {
    // In the order of events: what came before is still to be taken.
    host.call(
        () -> {
          if (!closed) {
            closed = true;
            gone(reason);
          }
        });
  }

  private void gone(String reason) {
    host.network().observer().closed(local(), remote(), reason);
    other.outgoing.clear();
    host.network().forget(this);
    if (announced) {
      host.call(() -> handler.closed(this, reason));
    } else if (!inbound()) {
      host.call(() -> handler.failed(remote(), reason));
    }
  }

  @Override
  public String toString() {
    return (inbound() ? "from " : "to ") + remote();
  }
}
