package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Announces transactions and blocks. At most {@link InvItem#MAX_ITEMS}; items of types that we do
 * not know are left out.
 */
public record Inv(List<InvItem> items) implements Message {
  public Inv {
    items = List.copyOf(items);
  }

  static Inv read(ByteReader in) throws DecodeException {
    return new Inv(InvItem.readList(in, MessageType.INV));
  }

  @Override
  public MessageType type() {
    return MessageType.INV;
  }

  @Override
  public int sizeHint() {
    return 9 + items.size() * InvItem.SIZE;
  }

  @Override
  public void writeTo(ByteWriter out) {
    WireLists.write(out, items, InvItem::writeTo);
  }
}
