package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Asks for transactions and blocks. At most {@link InvItem#MAX_ITEMS}; items of types that we do
 * not know are left out.
 */
public record GetData(List<InvItem> items) implements Message {
  public GetData {
    items = List.copyOf(items);
  }

  static GetData read(ByteReader in) throws DecodeException {
    return new GetData(InvItem.readList(in, MessageType.GETDATA));
  }

  @Override
  public MessageType type() {
    return MessageType.GETDATA;
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
