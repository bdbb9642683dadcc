package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Answers {@link GetData} with what the sender does not have. At most {@link InvItem#MAX_ITEMS};
 * items of types that we do not know are left out.
 */
public record NotFound(List<InvItem> items) implements Message {
  public NotFound {
    items = List.copyOf(items);
  }

  static NotFound read(ByteReader in) throws DecodeException {
    return new NotFound(InvItem.readList(in, MessageType.NOTFOUND));
  }

  @Override
  public MessageType type() {
    return MessageType.NOTFOUND;
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
