package org.farthing.consensus.script;

import java.util.Arrays;

/** The byte at the end of a signature: what of the transaction it covers. */
public final class SigHashType {
  /** Taproot only: no byte at the end; the same as {@link #ALL}. */
  public static final int DEFAULT = 0;

  /** All outputs. */
  public static final int ALL = 1;

  /** No output. */
  public static final int NONE = 2;

  /** The output that has the input's index. */
  public static final int SINGLE = 3;

  /** Added to the others: this input only. */
  public static final int ANYONE_CAN_PAY = 0x80;

  /** The bits of a type that say which outputs are covered, before taproot. */
  private static final int OUTPUT_MASK = 0x1f;

  private SigHashType() {}

  /** A signature with its type at the end, as it stands in scripts and witnesses. */
  public static byte[] append(byte[] signature, int type) {
    byte[] complete = Arrays.copyOf(signature, signature.length + 1);
    complete[signature.length] = (byte) type;
    return complete;
  }

  static boolean isAnyoneCanPay(int type) {
    return (type & ANYONE_CAN_PAY) != 0;
  }

  static boolean isNone(int type) {
    return (type & OUTPUT_MASK) == NONE;
  }

  /** Only the output that has the input's index, before taproot. */
  public static boolean isSingle(int type) {
    return (type & OUTPUT_MASK) == SINGLE;
  }

  /** ALL, NONE or SINGLE, with or without ANYONE_CAN_PAY. */
  public static boolean isDefined(int type) {
    int base = type & ~ANYONE_CAN_PAY;
    return base >= ALL && base <= SINGLE;
  }

  /** The same, or DEFAULT (BIP-0341). */
  static boolean isDefinedInTaproot(int type) {
    return type == DEFAULT || (isDefined(type) && type <= 0xff);
  }
}
