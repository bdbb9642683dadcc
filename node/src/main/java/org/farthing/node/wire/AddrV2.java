package org.farthing.node.wire;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Addresses of nodes in any network (BIP-0155). At most {@link TimedAddress#MAX_ADDRESSES};
 * addresses in networks that we do not know are left out.
 */
public record AddrV2(List<TimedAddress> addresses) implements Message {
  /** Time, services, network, and an address of no length. */
  private static final int MIN_SIZE = 4 + 1 + 1 + 1 + 2;

  public AddrV2 {
    addresses = List.copyOf(addresses);
  }

  static AddrV2 read(ByteReader in) throws DecodeException {
    int count = WireLists.count(in, MessageType.ADDRV2, TimedAddress.MAX_ADDRESSES, MIN_SIZE);
    List<TimedAddress> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      TimedAddress.read(in).ifPresent(addresses::add);
    }
    return new AddrV2(addresses);
  }

  @Override
  public MessageType type() {
    return MessageType.ADDRV2;
  }

  @Override
  public int sizeHint() {
    return 9 + addresses.size() * TimedAddress.OLD_SIZE;
  }

  @Override
  public void writeTo(ByteWriter out) {
    WireLists.write(out, addresses, TimedAddress::writeTo);
  }
}
