package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Addresses of nodes in the old form, IPv4 and IPv6 only; others are written as {@code ::}. At most
 * {@link TimedAddress#MAX_ADDRESSES}.
 */
public record Addr(List<TimedAddress> addresses) implements Message {
  public Addr {
    addresses = List.copyOf(addresses);
  }

  static Addr read(ByteReader in) throws DecodeException {
    return new Addr(
        WireLists.read(
            in,
            MessageType.ADDR,
            TimedAddress.MAX_ADDRESSES,
            TimedAddress.OLD_SIZE,
            TimedAddress::readOld));
  }

  @Override
  public MessageType type() {
    return MessageType.ADDR;
  }

  @Override
  public int sizeHint() {
    return 9 + addresses.size() * TimedAddress.OLD_SIZE;
  }

  @Override
  public void writeTo(ByteWriter out) {
    WireLists.write(out, addresses, TimedAddress::writeOld);
  }
}
