package org.farthing.consensus.script;

/**
 * One truth value for each IF that is open. Only whether all are true is ever asked, so that their
 * number and the place of the first false one suffice: no script can make this slow.
 */
final class ConditionStack {
  private static final int NONE = -1;

  private int size;
  private int firstFalse = NONE;

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether instructions are executed. */
  boolean allTrue() {
    return firstFalse == NONE;
  }

  /** {@code [… ] -> [… value]} */
  void push(boolean value) {
    if (!value && firstFalse == NONE) {
      firstFalse = size;
    }
    size++;
  }

  /** {@code [… value] -> [… !value]} */
  void toggle() {
    if (firstFalse == NONE) {
      firstFalse = size - 1;
    } else if (firstFalse == size - 1) {
      firstFalse = NONE;
    }
  }

  /** {@code [… value] -> [… ]} */
  void pop() {
    size--;
    if (firstFalse == size) {
      firstFalse = NONE;
    }
  }
}
