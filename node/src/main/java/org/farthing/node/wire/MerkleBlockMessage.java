package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.MerkleBlock;

/** Which transactions of a block pass the receiver's filter, and the proof of it (BIP-0037). */
public record MerkleBlockMessage(MerkleBlock block) implements Message {
  static MerkleBlockMessage read(ByteReader in) throws DecodeException {
    return new MerkleBlockMessage(MerkleBlock.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.MERKLEBLOCK;
  }

  @Override
  public void writeTo(ByteWriter out) {
    block.writeTo(out);
  }
}
