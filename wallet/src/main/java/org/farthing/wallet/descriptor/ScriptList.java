package org.farthing.wallet.descriptor;

import java.util.Arrays;
import org.farthing.consensus.primitives.Script;

/** Scripts packed as in {@link PackedScripts}, to which more are added. */
final class ScriptList {
  private byte[] bytes = new byte[64];

  /** Where each script ends, and the next one begins. */
  private int[] ends = new int[2];

  private int size;

  int size() {
    return size;
  }

  Script get(int index) {
    return Script.of(Arrays.copyOfRange(bytes, begin(index), ends[index]));
  }

  /** The hash code of the script there. */
  int hashOf(int index) {
    return Script.hashOf(bytes, begin(index), ends[index]);
  }

  /** Whether this is the script there. */
  boolean isAt(int index, Script script) {
    return script.equalsBytes(bytes, begin(index), ends[index]);
  }

  void add(Script script) {
    byte[] added = script.toByteArray();
    grow(1, added.length);
    append(added, 0, added.length);
  }

  /** Adds those from one index to another, exclusive. */
  void addAll(PackedScripts more, int from, int to) {
    if (from == to) {
      return;
    }
    grow(to - from, more.ends[to - 1] - more.begin(from));
    for (int i = from; i < to; i++) {
      append(more.bytes, more.begin(i), more.ends[i] - more.begin(i));
    }
  }

  private void append(byte[] from, int offset, int length) {
    int at = end();
    System.arraycopy(from, offset, bytes, at, length);
    ends[size++] = at + length;
  }

  private void grow(int scripts, int length) {
    if (size + scripts > ends.length) {
      ends = Arrays.copyOf(ends, Math.max(size + scripts, 2 * ends.length));
    }
    if (end() + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end() + length, 2 * bytes.length));
    }
  }

  /** Those from one index to another, exclusive. */
  PackedScripts slice(int from, int to) {
    int begin = begin(from);
    int[] shifted = Arrays.copyOfRange(ends, from, to);
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] -= begin;
    }
    return new PackedScripts(Arrays.copyOfRange(bytes, begin, begin(to)), shifted);
  }

  void clear() {
    size = 0;
  }

  private int begin(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private int end() {
    return begin(size);
  }
}
