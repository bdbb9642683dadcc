package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/** A transaction's identifier: the double SHA-256 of its serialization without witness. */
public final class Txid extends Hash256 implements Comparable<Txid> {
  public static final Txid ZERO = new Txid(new byte[SIZE]);

  private Txid(byte[] wire) {
    super(wire);
  }

  private Txid(ByteReader in) throws DecodeException {
    super(in);
  }

  /** Takes 32 bytes in wire order. */
  public static Txid of(byte[] wire) {
    return new Txid(wire);
  }

  public static Txid read(ByteReader in) throws DecodeException {
    return new Txid(in);
  }

  /** Reads 64 hexadecimal digits in display order. */
  public static Txid parse(String hex) throws DecodeException {
    return new Txid(parseDisplay(hex));
  }

  /** An order without meaning. */
  @Override
  public int compareTo(Txid other) {
    return compareWords(other);
  }
}
