package org.farthing.node.peer;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.TimedAddress;

/** A list of addresses in a file: how many, and each as Bitcoin Core writes it there. */
public final class AddressList {
  /** Of the shortest address: version, time, services, network, length, port. */
  private static final int MIN_SIZE = 13;

  private AddressList() {}

  public static byte[] write(List<TimedAddress> addresses) {
    ByteWriter out = new ByteWriter().compactSize(addresses.size());
    addresses.forEach(address -> DiskAddress.write(out, address));
    return out.toByteArray();
  }

  public static List<TimedAddress> read(ByteReader in) throws DecodeException {
    return in.list(in.count(MIN_SIZE), each -> DiskAddress.read(each, true));
  }
}
