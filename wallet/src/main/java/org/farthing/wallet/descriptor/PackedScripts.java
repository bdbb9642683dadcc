package org.farthing.wallet.descriptor;

import java.util.Arrays;
import java.util.Collection;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Script;

/**
 * Scripts one after the other in one array of bytes: a wallet may have a million of them, and as
 * many objects would take most of the time that it takes to open it. Immutable.
 */
public final class PackedScripts {
  final byte[] bytes;

  /** Where each script ends, and the next one begins. */
  final int[] ends;

  PackedScripts(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  public static PackedScripts of(Collection<Script> scripts) {
    ScriptList list = new ScriptList();
    scripts.forEach(list::add);
    return list.slice(0, list.size());
  }

  /** A count, then the scripts with their lengths. */
  public static PackedScripts read(ByteReader in) throws DecodeException {
    int[] ends = new int[in.count(1)];
    int start = in.position();
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      int length = in.count(1);
      in.skip(length);
      end += length;
      ends[i] = end;
    }
    byte[] bytes = new byte[end];
    in.rewind(start);
    int at = 0;
    for (int i = 0; i < ends.length; i++) {
      at += in.varBytesInto(bytes, at);
    }
    return new PackedScripts(bytes, ends);
  }

  /** As {@link #read} reads it. */
  public void writeTo(ByteWriter out) {
    out.compactSize(size());
    for (int i = 0; i < size(); i++) {
      int length = ends[i] - begin(i);
      out.compactSize(length).bytes(bytes, begin(i), length);
    }
  }

  public int size() {
    return ends.length;
  }

  public Script get(int index) {
    return Script.of(Arrays.copyOfRange(bytes, begin(index), ends[index]));
  }

  /** Where a script begins. */
  int begin(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedScripts that
        && Arrays.equals(ends, that.ends)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ends) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return size() + " scripts";
  }
}
