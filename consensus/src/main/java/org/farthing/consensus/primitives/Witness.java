package org.farthing.consensus.primitives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;

/** The stack of byte strings that stands beside an input (BIP-0141). */
public final class Witness {
  public static final Witness EMPTY = new Witness(new byte[0][]);

  private final byte[][] items;

  private Witness(byte[][] items) {
    this.items = items;
  }

  /** From the bottom of the stack to its top. */
  public static Witness of(List<byte[]> items) {
    return items.isEmpty()
        ? EMPTY
        : new Witness(items.stream().map(byte[]::clone).toArray(byte[][]::new));
  }

  /** From the bottom of the stack to its top. */
  public static Witness of(byte[]... items) {
    return of(Arrays.asList(items));
  }

  public static Witness read(ByteReader in) throws DecodeException {
    int count = in.count(1);
    if (count == 0) {
      return EMPTY;
    }
    byte[][] items = new byte[count][];
    for (int i = 0; i < count; i++) {
      items[i] = in.varBytes();
    }
    return new Witness(items);
  }

  public void writeTo(ByteWriter out) {
    out.compactSize(items.length);
    for (byte[] item : items) {
      out.varBytes(item);
    }
  }

  /** The length in bytes with all counts. */
  public int encodedSize() {
    int size = CompactSize.sizeOf(items.length);
    for (byte[] item : items) {
      size += CompactSize.sizeOf(item.length) + item.length;
    }
    return size;
  }

  public boolean isEmpty() {
    return items.length == 0;
  }

  public int size() {
    return items.length;
  }

  /** A copy of one item; 0 is the bottom of the stack. */
  public byte[] item(int index) {
    return items[index].clone();
  }

  /** The length of one item in bytes. */
  public int itemSize(int index) {
    return items[index].length;
  }

  /** Copies of all items, the bottom of the stack first. */
  public List<byte[]> toList() {
    List<byte[]> copies = new ArrayList<>(items.length);
    for (byte[] item : items) {
      copies.add(item.clone());
    }
    return copies;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Witness that && Arrays.deepEquals(items, that.items);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(items);
  }

  @Override
  public String toString() {
    return Arrays.stream(items).map(Hex::encode).toList().toString();
  }
}
