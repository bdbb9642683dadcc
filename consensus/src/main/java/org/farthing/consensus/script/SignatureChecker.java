package org.farthing.consensus.script;

import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Transaction;

/** Checks the signatures of one input. */
final class SignatureChecker {
  private final PrecomputedTransaction precomputed;
  private final int inputIndex;

  /** Made when it is first wanted: many inputs have no signature. */
  private SigHashCache hashes;

  SignatureChecker(PrecomputedTransaction precomputed, int inputIndex) {
    this.precomputed = precomputed;
    this.inputIndex = inputIndex;
  }

  Transaction transaction() {
    return precomputed.transaction();
  }

  int inputIndex() {
    return inputIndex;
  }

  /**
   * Checks an ECDSA signature, in whatever form.
   *
   * @param signature with its hash type; not valid if empty
   * @param scriptCode what of the script is signed
   */
  boolean checkEcdsa(byte[] signature, byte[] publicKey, byte[] scriptCode, SigVersion version) {
    if (signature.length == 0 || !Secp256k1.hasPublicKeyForm(publicKey)) {
      return false;
    }
    Optional<byte[]> compact =
        EcdsaSignature.parseLaxDer(Arrays.copyOf(signature, signature.length - 1));
    if (compact.isEmpty()) {
      return false;
    }
    int type = SignatureEncoding.hashType(signature);
    if (hashes == null) {
      hashes = new SigHashCache(precomputed, inputIndex);
    }
    byte[] hash =
        version == SigVersion.WITNESS_V0
            ? hashes.segwit(scriptCode, type)
            : hashes.legacy(scriptCode, type);
    byte[] bare = compact.get();
    return precomputed.isValid(
        bare, hash, publicKey, () -> Secp256k1.verifyEcdsa(bare, hash, publicKey));
  }

  /**
   * Checks a Schnorr signature of 64 bytes, or 65 with its hash type (BIP-0341).
   *
   * @param xOnlyKey 32 bytes
   */
  ScriptError checkSchnorr(byte[] signature, byte[] xOnlyKey, TaprootContext context) {
    int type = SigHashType.DEFAULT;
    if (signature.length == Secp256k1.SIGNATURE_SIZE + 1) {
      type = SignatureEncoding.hashType(signature);
      if (type == SigHashType.DEFAULT) {
        return ScriptError.SCHNORR_SIG_HASHTYPE;
      }
    } else if (signature.length != Secp256k1.SIGNATURE_SIZE) {
      return ScriptError.SCHNORR_SIG_SIZE;
    }
    byte[] hash = SigHash.taproot(precomputed, inputIndex, type, context);
    if (hash == null) {
      return ScriptError.SCHNORR_SIG_HASHTYPE;
    }
    byte[] bare = Arrays.copyOf(signature, Secp256k1.SIGNATURE_SIZE);
    boolean valid =
        precomputed.isValid(
            bare, hash, xOnlyKey, () -> Secp256k1.verifySchnorr(bare, hash, xOnlyKey));
    return valid ? ScriptError.OK : ScriptError.SCHNORR_SIG;
  }
}
