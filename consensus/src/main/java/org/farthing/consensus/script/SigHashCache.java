package org.farthing.consensus.script;

import java.security.MessageDigest;
import java.util.Arrays;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Sha256;

/**
 * Remembers the state of SHA-256 before the hash type, for one input and each of the six ways to
 * choose inputs and outputs. Without it a script with many signature checks would hash a large
 * transaction as many times, which is what attacks are made of.
 */
final class SigHashCache {
  private static final int ANYONE_CAN_PAY = 3;
  private static final int SINGLE = 2;
  private static final int NONE = 1;

  private final PrecomputedTransaction precomputed;
  private final int inputIndex;
  private final byte[][] scriptCodes = new byte[6][];
  private final MessageDigest[] states = new MessageDigest[6];

  SigHashCache(PrecomputedTransaction precomputed, int inputIndex) {
    this.precomputed = precomputed;
    this.inputIndex = inputIndex;
  }

  /** See {@link SigHash#legacy}. */
  byte[] legacy(byte[] scriptCode, int type) {
    if (SigHash.isBeyondOutputs(precomputed.transaction(), inputIndex, type)) {
      return SigHash.ofNoOutput();
    }
    int slot = slot(type);
    if (!isCached(slot, scriptCode)) {
      store(
          slot,
          scriptCode,
          SigHash.legacyMessage(precomputed.transaction(), inputIndex, scriptCode, type));
    }
    return finish(slot, type);
  }

  /** See {@link SigHash#segwit}. */
  byte[] segwit(byte[] scriptCode, int type) {
    int slot = slot(type);
    if (!isCached(slot, scriptCode)) {
      store(slot, scriptCode, SigHash.segwitMessage(precomputed, inputIndex, scriptCode, type));
    }
    return finish(slot, type);
  }

  private static int slot(int type) {
    return (SigHashType.isAnyoneCanPay(type) ? ANYONE_CAN_PAY : 0)
        + (SigHashType.isSingle(type) ? SINGLE : 0)
        + (SigHashType.isNone(type) ? NONE : 0);
  }

  /** An input is of one version only, so that the script tells the two ways of hashing apart. */
  private boolean isCached(int slot, byte[] scriptCode) {
    return states[slot] != null && Arrays.equals(scriptCodes[slot], scriptCode);
  }

  private void store(int slot, byte[] scriptCode, ByteWriter message) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(message.toByteArray());
    scriptCodes[slot] = scriptCode;
    states[slot] = digest;
  }

  private byte[] finish(int slot, int type) {
    MessageDigest digest = Sha256.copy(states[slot]);
    digest.update(new ByteWriter(4).int32(type).toByteArray());
    return Sha256.finishDouble(digest);
  }
}
