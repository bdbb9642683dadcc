package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;

/** A block with its witnesses. */
public record BlockMessage(Block block) implements Message {
  static BlockMessage read(ByteReader in) throws DecodeException {
    return new BlockMessage(Block.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.BLOCK;
  }

  @Override
  public int sizeHint() {
    return block.totalSize();
  }

  @Override
  public void writeTo(ByteWriter out) {
    block.writeTo(out);
  }
}
