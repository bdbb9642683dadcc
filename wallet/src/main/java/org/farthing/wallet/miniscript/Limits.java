package org.farthing.wallet.miniscript;

/** What consensus or relay allows a script to need. */
final class Limits {
  /** Opcodes and checked keys of a script before tapscript (consensus). */
  static final int MAX_OPS = 201;

  /** Items of a witness before tapscript, without the script (policy). */
  static final int MAX_P2WSH_ITEMS = 100;

  /** Items on the stack at any time (consensus). */
  static final int MAX_STACK = 1000;

  private static final int MAX_TRANSACTION_WEIGHT = 400_000;

  /** A transaction with one input and one output, but for the witness. */
  private static final int BODY_WEIGHT = 4 * (8 + 1 + 41 + 1 + 43) + 2;

  /** A thousand signatures, and the longest way from a leaf to the root. */
  private static final int MAX_WITNESS_SIZE = 3 + (1 + 65) * MAX_STACK + 3 + 33 + 128 * 32;

  /** Tapscript itself has no limit: this one is what a transaction that is relayed has room for. */
  static final int MAX_TAPSCRIPT_SIZE = MAX_TRANSACTION_WEIGHT - BODY_WEIGHT - MAX_WITNESS_SIZE - 5;

  private Limits() {}

  static boolean isSizeAllowed(Bounds bounds, ScriptContext context) {
    return bounds.scriptSize() <= context.maxScriptSize();
  }

  /** Whether all satisfactions can be executed, and the spending transaction relayed. */
  static boolean isAllowed(Bounds bounds, Type type, ScriptContext context) {
    Cost sat = bounds.sat();
    if (!isSizeAllowed(bounds, context)) {
      return false;
    }
    if (!sat.isPossible()) {
      return true;
    }
    int left = type.is(Type.Property.V) ? 0 : 1;
    return context.isTapscript()
        ? sat.peak() + left <= MAX_STACK
        : bounds.ops() + sat.multisigKeys() <= MAX_OPS && sat.taken() + left <= MAX_P2WSH_ITEMS;
  }
}
