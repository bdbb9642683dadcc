package org.farthing.consensus.script;

/**
 * What a taproot signature covers beside the transaction (BIP-0341, BIP-0342), and how many such
 * signatures an input may still have checked.
 */
final class TaprootContext {
  /** No code separator has been executed. */
  static final int NO_SEPARATOR = -1;

  /** What each signature takes from the budget. */
  private static final long SIGNATURE_WEIGHT = 50;

  /** What the budget is larger than the witness. */
  private static final long FREE_WEIGHT = 50;

  private final byte[] annexHash;
  private final byte[] leafHash;
  private long signatureBudget;
  private int codeSeparatorPosition = NO_SEPARATOR;

  private TaprootContext(byte[] annexHash, byte[] leafHash, long signatureBudget) {
    this.annexHash = annexHash;
    this.leafHash = leafHash;
    this.signatureBudget = signatureBudget;
  }

  /**
   * @param annexHash null without annex
   */
  static TaprootContext keyPath(byte[] annexHash) {
    return new TaprootContext(annexHash, null, 0);
  }

  /**
   * @param annexHash null without annex
   * @param witnessSize the bytes of the whole witness
   */
  static TaprootContext scriptPath(byte[] annexHash, byte[] leafHash, int witnessSize) {
    return new TaprootContext(annexHash, leafHash, witnessSize + FREE_WEIGHT);
  }

  /** Null without annex. */
  byte[] annexHash() {
    return annexHash;
  }

  /** Null in the key path. */
  byte[] leafHash() {
    return leafHash;
  }

  /** The index among the instructions, -1 for none. */
  int codeSeparatorPosition() {
    return codeSeparatorPosition;
  }

  void setCodeSeparatorPosition(int position) {
    codeSeparatorPosition = position;
  }

  /** Twice the extension flag, plus one with an annex. */
  int spendType() {
    return (leafHash == null ? 0 : 2) + (annexHash == null ? 0 : 1);
  }

  /** Pays for one signature; false where the budget does not suffice. */
  boolean spendSignatureBudget() {
    signatureBudget -= SIGNATURE_WEIGHT;
    return signatureBudget >= 0;
  }
}
