package org.farthing.node.events;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** Something that happened to chain or mempool. Who applies all of them has a mirror of both. */
public sealed interface Event {
  EventKind kind();

  /** The block is the tip now; the one before it was. */
  record BlockConnected(BlockFacts block) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.BLOCK_CONNECTED;
    }
  }

  /** The block was the tip; the one before it is now. */
  record BlockDisconnected(BlockFacts block) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.BLOCK_DISCONNECTED;
    }
  }

  /** The transaction waits from now on. */
  record TxAdded(TxFacts tx) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.TX_ADDED;
    }
  }

  /** The transaction waits no longer. */
  record TxRemoved(TxFacts tx, RemovalCause cause) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.TX_REMOVED;
    }
  }

  /** Kind, then what the kind has. Places in enums are the format: new constants stand last. */
  @SuppressWarnings("EnumOrdinal")
  static void write(Event event, ByteWriter out) {
    out.uint8(event.kind().ordinal());
    if (event instanceof BlockConnected connected) {
      connected.block().writeTo(out);
    } else if (event instanceof BlockDisconnected disconnected) {
      disconnected.block().writeTo(out);
    } else if (event instanceof TxAdded added) {
      added.tx().writeTo(out);
    } else if (event instanceof TxRemoved removed) {
      out.uint8(removed.cause().ordinal());
      removed.tx().writeTo(out);
    }
  }

  static Event read(ByteReader in) throws DecodeException {
    return switch (one(EventKind.values(), in.uint8())) {
      case BLOCK_CONNECTED -> new BlockConnected(BlockFacts.read(in));
      case BLOCK_DISCONNECTED -> new BlockDisconnected(BlockFacts.read(in));
      case TX_ADDED -> new TxAdded(TxFacts.read(in));
      case TX_REMOVED -> {
        RemovalCause cause = one(RemovalCause.values(), in.uint8());
        yield new TxRemoved(TxFacts.read(in), cause);
      }
    };
  }

  private static <T> T one(T[] values, int number) throws DecodeException {
    if (number >= values.length) {
      throw new DecodeException("unknown " + values.getClass().componentType() + ": " + number);
    }
    return values[number];
  }
}
