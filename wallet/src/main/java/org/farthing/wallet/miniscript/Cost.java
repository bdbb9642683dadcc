package org.farthing.wallet.miniscript;

/**
 * The most that any of some ways through a script needs. One way after another is {@link #then},
 * one or the other is {@link #or}.
 *
 * @param multisigKeys keys of the multisig checks that are executed
 * @param witnessSize bytes of the witness' items, with their lengths
 * @param taken by how many items the stack is lower at the end than at the beginning
 * @param peak by how many items the stack is higher somewhere on the way than at the end
 */
record Cost(int multisigKeys, int witnessSize, int taken, int peak) {
  /** Where there is no way. */
  static final Cost IMPOSSIBLE = new Cost(-1, -1, -1, -1);

  static final Cost NOTHING = new Cost(0, 0, 0, 0);

  /** An opcode that adds an item. */
  static final Cost PUSH = new Cost(0, 0, -1, 0);

  /** An opcode that takes an item, or two and adds one. */
  static final Cost TAKE = new Cost(0, 0, 1, 1);

  /** An opcode that takes two items. */
  static final Cost TAKE_TWO = new Cost(0, 0, 2, 2);

  boolean isPossible() {
    return !equals(IMPOSSIBLE);
  }

  /** The same, with an item of the witness. */
  Cost withWitness(int size) {
    return isPossible() ? new Cost(multisigKeys, witnessSize + size, taken, peak) : this;
  }

  Cost then(Cost next) {
    if (!isPossible() || !next.isPossible()) {
      return IMPOSSIBLE;
    }
    return new Cost(
        multisigKeys + next.multisigKeys,
        witnessSize + next.witnessSize,
        taken + next.taken,
        Math.max(next.peak, next.taken + peak));
  }

  Cost or(Cost other) {
    if (!isPossible()) {
      return other;
    }
    if (!other.isPossible()) {
      return this;
    }
    return new Cost(
        Math.max(multisigKeys, other.multisigKeys),
        Math.max(witnessSize, other.witnessSize),
        Math.max(taken, other.taken),
        Math.max(peak, other.peak));
  }
}
