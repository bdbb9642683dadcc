package org.farthing.wallet.miniscript;

import org.farthing.consensus.crypto.Secp256k1;

/** Where a miniscript stands: it decides its keys, some of its fragments, and its limits. */
public enum ScriptContext {
  /** The script behind a witness program of version 0 (BIP-0141). */
  P2WSH(Secp256k1.COMPRESSED_SIZE, 1 + 72, 3600),
  /** A leaf of a taproot output (BIP-0342). */
  TAPSCRIPT(Secp256k1.KEY_SIZE, 1 + 65, Limits.MAX_TAPSCRIPT_SIZE);

  private final int keySize;
  private final int signatureSize;
  private final int maxScriptSize;

  ScriptContext(int keySize, int signatureSize, int maxScriptSize) {
    this.keySize = keySize;
    this.signatureSize = signatureSize;
    this.maxScriptSize = maxScriptSize;
  }

  /** Bytes of a public key as it stands in the script. */
  int keySize() {
    return keySize;
  }

  /** The most bytes that a signature takes in a witness, with its length. */
  int signatureSize() {
    return signatureSize;
  }

  /** The most bytes of a script that can be spent by a transaction that nodes relay. */
  public int maxScriptSize() {
    return maxScriptSize;
  }

  boolean isTapscript() {
    return this == TAPSCRIPT;
  }
}
