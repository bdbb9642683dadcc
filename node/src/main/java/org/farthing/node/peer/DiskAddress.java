package org.farthing.node.peer;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/** Addresses as Bitcoin Core has them in files: as on the wire, with a version before each. */
final class DiskAddress {
  private static final long VERSION = 220_000;
  private static final long IGNORED_BITS = (1 << 19) - 1;

  /** The address is in the form of BIP-0155. */
  private static final long MODERN_BIT = 1L << 29;

  private DiskAddress() {}

  static void write(ByteWriter out, TimedAddress told) {
    out.uint32(VERSION | MODERN_BIT);
    told.writeTo(out);
  }

  /** An address alone, without a port. */
  static void writeHost(ByteWriter out, NetAddress address) {
    out.uint8(address.network().code()).varBytes(address.addressBytes());
  }

  /**
   * @param modern whether the file is one that may have addresses in the form of BIP-0155
   */
  static TimedAddress read(ByteReader in, boolean modern) throws DecodeException {
    long version = in.uint32() & ~IGNORED_BITS;
    if (version == 0) {
      return TimedAddress.readOld(in);
    }
    if (version != MODERN_BIT || !modern) {
      throw new DecodeException("Unsupported CAddress disk format version: iostream error");
    }
    return TimedAddress.read(in)
        .orElseThrow(() -> new DecodeException("address of an unknown network: iostream error"));
  }

  static NetAddress readHost(ByteReader in, boolean modern) throws DecodeException {
    if (!modern) {
      byte[] bytes = in.bytes(AddressNetwork.IPV6.addressSize());
      byte[] withPort = Arrays.copyOf(bytes, bytes.length + Short.BYTES);
      return NetAddress.readOld(new ByteReader(withPort));
    }
    int code = in.uint8();
    byte[] bytes = in.varBytes();
    byte[] whole = new ByteWriter().uint8(code).varBytes(bytes).uint16BigEndian(0).toByteArray();
    return NetAddress.read(new ByteReader(whole))
        .orElseThrow(() -> new DecodeException("address of an unknown network: iostream error"));
  }
}
