package org.farthing.consensus.script;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The stack of byte strings that a script works on. Pictures show the stack with its top at the
 * right. The caller makes sure that so many items are there; the byte strings are shared and never
 * changed.
 */
final class ScriptStack {
  private static final byte[] FALSE = {};
  private static final byte[] TRUE = {1};

  /** The numbers that have instructions of their own, from -1 on. */
  private static final byte[][] SMALL_NUMBERS =
      LongStream.rangeClosed(-1, 16).mapToObj(ScriptNum::encode).toArray(byte[][]::new);

  /** What most scripts never need more than; the alternative stack mostly needs none. */
  private static final int FIRST_CAPACITY = 16;

  private static final byte[][] NONE = {};

  private byte[][] items;
  private int size;

  ScriptStack() {
    this(NONE, 0);
  }

  private ScriptStack(byte[][] items, int size) {
    this.items = items;
    this.size = size;
  }

  /** Another stack with the same items. */
  ScriptStack copy() {
    return new ScriptStack(items.clone(), size);
  }

  int size() {
    return size;
  }

  /** The item so far below the top: 0 is the top. */
  byte[] peek(int depth) {
    return items[size - 1 - depth];
  }

  /** {@code [… ] -> [… x]} */
  void push(byte[] x) {
    if (size == items.length) {
      items = Arrays.copyOf(items, Math.max(FIRST_CAPACITY, 2 * size));
    }
    items[size++] = x;
  }

  /** {@code [… ] -> [… bool]} */
  void push(boolean value) {
    push(value ? TRUE : FALSE);
  }

  /** {@code [… ] -> [… number]} */
  void push(long number) {
    push(number >= -1 && number <= 16 ? SMALL_NUMBERS[(int) number + 1] : ScriptNum.encode(number));
  }

  /** {@code [… x] -> [… ]} */
  byte[] pop() {
    byte[] x = items[--size];
    items[size] = null;
    return x;
  }

  /** {@code [… x1 … xn] -> [… ]} */
  void drop(int count) {
    Arrays.fill(items, size - count, size, null);
    size -= count;
  }

  /** {@code [… x1 … xn] -> [… x1 … xn x1 … xn]} */
  void duplicate(int count) {
    for (int i = 0; i < count; i++) {
      push(peek(count - 1));
    }
  }

  /** {@code [… xn … x1 x0] -> [… xn … x1 x0 xn]} */
  void pick(int depth) {
    push(peek(depth));
  }

  /** {@code [… xn … x1 x0] -> [… … x1 x0 xn]} */
  void roll(int depth) {
    byte[] x = remove(depth);
    items[size++] = x;
  }

  /** {@code [… xn … x1 x0] -> [… … x1 x0]} */
  byte[] remove(int depth) {
    int at = size - 1 - depth;
    byte[] x = items[at];
    System.arraycopy(items, at + 1, items, at, depth);
    items[--size] = null;
    return x;
  }

  /** {@code [… x1 x2] -> [… x2 x1]} */
  void swap() {
    roll(1);
  }

  /** {@code [… x1 x2 x3] -> [… x2 x3 x1]} */
  void rotate() {
    roll(2);
  }

  /** {@code [… x1 x2] -> [… x2 x1 x2]} */
  void tuck() {
    swap();
    pick(1);
  }

  /** {@code [… x1 x2 x3 x4] -> [… x1 x2 x3 x4 x1 x2]} */
  void over2() {
    pick(3);
    pick(3);
  }

  /** {@code [… x1 x2 x3 x4 x5 x6] -> [… x3 x4 x5 x6 x1 x2]} */
  void rotate2() {
    roll(5);
    roll(5);
  }

  /** {@code [… x1 x2 x3 x4] -> [… x3 x4 x1 x2]} */
  void swap2() {
    roll(3);
    roll(3);
  }
}
