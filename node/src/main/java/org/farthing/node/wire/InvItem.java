package org.farthing.node.wire;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * A transaction or a block by its identifier.
 *
 * @param hash a {@link Txid}, {@link Wtxid} or {@link BlockHash}, as the type asks for
 */
public record InvItem(InvType type, Hash256 hash) {
  /** As many as one message may carry. */
  public static final int MAX_ITEMS = 50_000;

  /** The length in bytes. */
  static final int SIZE = 4 + Hash256.SIZE;

  public InvItem {
    if (!hashClass(type).isInstance(hash)) {
      throw new IllegalArgumentException(type + " is not named by a " + hash.getClass());
    }
  }

  private static Class<? extends Hash256> hashClass(InvType type) {
    return switch (type) {
      case TX, WITNESS_TX -> Txid.class;
      case WTX -> Wtxid.class;
      case BLOCK, FILTERED_BLOCK, COMPACT_BLOCK, WITNESS_BLOCK -> BlockHash.class;
    };
  }

  /** Reads a list of at most {@link #MAX_ITEMS}, and leaves out items of unknown types. */
  static List<InvItem> readList(ByteReader in, MessageType message) throws DecodeException {
    int count = WireLists.count(in, message, MAX_ITEMS, SIZE);
    List<InvItem> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      InvType type = InvType.of(in.int32());
      if (type == null) {
        in.skip(Hash256.SIZE);
      } else {
        items.add(new InvItem(type, readHash(type, in)));
      }
    }
    return items;
  }

  private static Hash256 readHash(InvType type, ByteReader in) throws DecodeException {
    return switch (type) {
      case TX, WITNESS_TX -> Txid.read(in);
      case WTX -> Wtxid.read(in);
      case BLOCK, FILTERED_BLOCK, COMPACT_BLOCK, WITNESS_BLOCK -> BlockHash.read(in);
    };
  }

  void writeTo(ByteWriter out) {
    out.int32(type.code());
    hash.writeTo(out);
  }

  @Override
  public String toString() {
    return type.label() + " " + hash;
  }
}
