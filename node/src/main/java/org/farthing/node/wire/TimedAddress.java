package org.farthing.node.wire;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * A node's address as gossip has it.
 *
 * @param timeSeconds when it was last seen, seconds since 1970, an unsigned 32-bit number
 * @param services the bits that the node is said to offer; see {@link Services}
 */
public record TimedAddress(long timeSeconds, long services, NetAddress address) {
  /** As many as one message may carry. */
  public static final int MAX_ADDRESSES = 1000;

  /** The length in bytes in the old form. */
  static final int OLD_SIZE = 4 + 8 + 16 + 2;

  public TimedAddress {
    if (timeSeconds < 0 || timeSeconds > 0xffffffffL) {
      throw new IllegalArgumentException("not an unsigned 32-bit time: " + timeSeconds);
    }
  }

  /** Reads the form of before. */
  public static TimedAddress readOld(ByteReader in) throws DecodeException {
    return new TimedAddress(in.uint32(), in.int64(), NetAddress.readOld(in));
  }

  void writeOld(ByteWriter out) {
    out.uint32(timeSeconds).int64(services);
    address.writeOld(out);
  }

  /** Reads the form of BIP-0155; empty if the network is none that we know. */
  public static Optional<TimedAddress> read(ByteReader in) throws DecodeException {
    long timeSeconds = in.uint32();
    long services = in.compactSize();
    return NetAddress.read(in).map(address -> new TimedAddress(timeSeconds, services, address));
  }

  /** Writes the form of BIP-0155. */
  public void writeTo(ByteWriter out) {
    out.uint32(timeSeconds).compactSize(services);
    address.writeTo(out);
  }
}
