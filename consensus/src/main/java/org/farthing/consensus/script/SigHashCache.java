package org.farthing.consensus.script;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Sha256;

/**
 * Remembers the state of SHA-256 before the hash type, for one input and each of the six ways to
 * choose inputs and outputs. Without it a script with many signature checks would hash a large
 * transaction as many times, which is what attacks are made of. Most inputs have one signature, so
 * that there is no state before a second one asks for the same.
 */
final class SigHashCache {
  private static final int ANYONE_CAN_PAY = 3;
  private static final int SINGLE = 2;
  private static final int NONE = 1;

  private final PrecomputedTransaction precomputed;
  private final int inputIndex;
  private final byte[][] scriptCodes = new byte[6][];
  private MessageDigest[] states;

  SigHashCache(PrecomputedTransaction precomputed, int inputIndex) {
    this.precomputed = precomputed;
    this.inputIndex = inputIndex;
  }

  /** See {@link SigHash#legacy}. */
  byte[] legacy(byte[] scriptCode, int type) {
    return SigHash.isBeyondOutputs(precomputed.transaction(), inputIndex, type)
        ? SigHash.ofNoOutput()
        : hash(
            scriptCode,
            type,
            () -> SigHash.legacyMessage(precomputed.transaction(), inputIndex, scriptCode, type));
  }

  /** See {@link SigHash#segwit}. */
  byte[] segwit(byte[] scriptCode, int type) {
    return hash(
        scriptCode, type, () -> SigHash.segwitMessage(precomputed, inputIndex, scriptCode, type));
  }

  /**
   * An input is of one version only, so that the script tells the two ways of hashing apart.
   *
   * @param message all that is hashed before the type
   */
  private byte[] hash(byte[] scriptCode, int type, Supplier<ByteWriter> message) {
    int slot = slot(type);
    if (!Arrays.equals(scriptCodes[slot], scriptCode)) {
      scriptCodes[slot] = scriptCode;
      if (states != null) {
        states[slot] = null;
      }
      return Sha256.doubleHash(message.get().int32(type));
    }
    MessageDigest digest = Sha256.copy(state(slot, message));
    new ByteWriter(Integer.BYTES).int32(type).feed(digest);
    return Sha256.finishDouble(digest);
  }

  private MessageDigest state(int slot, Supplier<ByteWriter> message) {
    if (states == null) {
      states = new MessageDigest[scriptCodes.length];
    }
    if (states[slot] == null) {
      states[slot] = Sha256.newDigest();
      message.get().feed(states[slot]);
    }
    return states[slot];
  }

  private static int slot(int type) {
    return (SigHashType.isAnyoneCanPay(type) ? ANYONE_CAN_PAY : 0)
        + (SigHashType.isSingle(type) ? SINGLE : 0)
        + (SigHashType.isNone(type) ? NONE : 0);
  }
}
