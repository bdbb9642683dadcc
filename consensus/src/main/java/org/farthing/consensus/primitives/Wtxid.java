package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/** The double SHA-256 of a transaction's serialization with witness (BIP-0141). */
public final class Wtxid extends Hash256 implements Comparable<Wtxid> {
  public static final Wtxid ZERO = new Wtxid(new byte[SIZE]);

  private Wtxid(byte[] wire) {
    super(wire);
  }

  /** Takes 32 bytes in wire order. */
  public static Wtxid of(byte[] wire) {
    return new Wtxid(wire);
  }

  public static Wtxid read(ByteReader in) throws DecodeException {
    return new Wtxid(in.bytes(SIZE));
  }

  /** Reads 64 hexadecimal digits in display order. */
  public static Wtxid parse(String hex) throws DecodeException {
    return new Wtxid(parseDisplay(hex));
  }

  /** The wtxid of the transaction with this txid, if it has no witness: the same bytes. */
  public static Wtxid withoutWitness(Txid txid) {
    return new Wtxid(txid.toByteArray());
  }

  /** An order without meaning. */
  @Override
  public int compareTo(Wtxid other) {
    return compareWords(other);
  }
}
