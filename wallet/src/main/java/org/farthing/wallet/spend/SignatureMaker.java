package org.farthing.wallet.spend;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Witness;

/** Makes the signatures of one input, as far as there are keys. */
interface SignatureMaker {
  /** Which hash an ECDSA signature signs. */
  enum Rules {
    LEGACY,
    SEGWIT
  }

  /**
   * A signature with its hash type.
   *
   * @param publicKey 33 or 65 bytes
   */
  Optional<ByteString> ecdsa(ByteString publicKey, Script scriptCode, Rules rules);

  /**
   * A taproot signature by the output's key, with its hash type unless that is the default.
   *
   * @param xOnlyKey the internal key, or the output's key as it is
   * @param merkleRoot what the internal key is tweaked with, empty where there is no tree; absent
   *     where the key is not tweaked
   */
  Optional<ByteString> keyPath(ByteString xOnlyKey, Optional<ByteString> merkleRoot);

  /** A taproot signature in a leaf, with its hash type unless that is the default. */
  Optional<ByteString> scriptPath(ByteString xOnlyKey, ByteString leafHash);

  /**
   * A taproot signature of several participants, with its hash type unless that is the default; if
   * something is missing, one's own contribution goes into the data.
   *
   * @param merkleRoot as of {@link #keyPath}
   * @param leafHash empty where the output is spent by its key
   */
  default Optional<ByteString> together(
      ByteString xOnlyKey,
      Optional<ByteString> merkleRoot,
      Optional<ByteString> leafHash,
      SpendData data) {
    return Optional.empty();
  }

  /** Whether the input is locked relatively for at least so long (BIP-0112). */
  boolean isOlder(int value);

  /** Whether the transaction is locked until at least then (BIP-0065). */
  boolean isAfter(int value);

  /** Whether the input may spend its output with these scripts, by the rules of relay. */
  boolean isValid(Script scriptSig, Witness witness);
}
