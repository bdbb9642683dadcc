package org.farthing.consensus.script;

import java.util.Arrays;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.crypto.Secp256k1;

/** The forms that ECDSA signatures and public keys may have, by the rules that are switched on. */
final class SignatureEncoding {
  private static final ScriptFlags STRICT =
      ScriptFlags.of(ScriptFlag.DERSIG, ScriptFlag.LOW_S, ScriptFlag.STRICTENC);

  private SignatureEncoding() {}

  /**
   * Checks a signature with its hash type. An empty one is always well-formed: a short way to write
   * a signature that is not valid.
   */
  static ScriptError checkSignature(byte[] signature, ScriptFlags flags) {
    if (signature.length == 0 || !flags.intersects(STRICT)) {
      return ScriptError.OK;
    }
    byte[] der = Arrays.copyOf(signature, signature.length - 1);
    if (!EcdsaSignature.isStrictDer(der)) {
      return ScriptError.SIG_DER;
    }
    if (flags.has(ScriptFlag.LOW_S) && !isLowS(der)) {
      return ScriptError.SIG_HIGH_S;
    }
    if (flags.has(ScriptFlag.STRICTENC) && !SigHashType.isDefined(hashType(signature))) {
      return ScriptError.SIG_HASHTYPE;
    }
    return ScriptError.OK;
  }

  private static boolean isLowS(byte[] der) {
    return EcdsaSignature.parseLaxDer(der).map(EcdsaSignature::isLowS).orElse(false);
  }

  /** The last byte of a signature that is not empty. */
  static int hashType(byte[] signature) {
    return signature[signature.length - 1] & 0xff;
  }

  static ScriptError checkPublicKey(byte[] key, ScriptFlags flags, SigVersion version) {
    if (flags.has(ScriptFlag.STRICTENC) && !isCompressed(key) && !isUncompressed(key)) {
      return ScriptError.PUBKEYTYPE;
    }
    if (flags.has(ScriptFlag.WITNESS_PUBKEYTYPE)
        && version == SigVersion.WITNESS_V0
        && !isCompressed(key)) {
      return ScriptError.WITNESS_PUBKEYTYPE;
    }
    return ScriptError.OK;
  }

  private static boolean isCompressed(byte[] key) {
    return key.length == Secp256k1.COMPRESSED_SIZE && (key[0] == 2 || key[0] == 3);
  }

  private static boolean isUncompressed(byte[] key) {
    return key.length == Secp256k1.UNCOMPRESSED_SIZE && key[0] == 4;
  }
}
