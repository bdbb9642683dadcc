package org.farthing.consensus.script;

/** What a taproot signature covers beside the transaction (BIP-0341, BIP-0342). */
final class TaprootContext {
  /** The key path without annex. */
  static final TaprootContext KEY_PATH = new TaprootContext(null, null);

  /** No code separator has been executed. */
  private static final int NO_SEPARATOR = -1;

  private final byte[] annexHash;
  private final byte[] leafHash;
  private int codeSeparatorPosition = NO_SEPARATOR;

  /**
   * @param annexHash null without annex
   * @param leafHash null in the key path
   */
  TaprootContext(byte[] annexHash, byte[] leafHash) {
    this.annexHash = annexHash;
    this.leafHash = leafHash;
  }

  byte[] annexHash() {
    return annexHash;
  }

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
}
