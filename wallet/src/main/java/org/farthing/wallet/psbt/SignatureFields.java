package org.farthing.wallet.psbt;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.psbt.PsbtField.FieldValue;

/** The forms of signatures; whether they are valid is not asked here. */
final class SignatureFields {
  private SignatureFields() {}

  /** Strict DER and a hash type (BIP-0066). */
  static Optional<ByteString> partial(ByteString signature) throws DecodeException {
    if (!EcdsaSignature.isStrictDerWithType(signature.toByteArray())
        || !SigHashType.isDefined(signature.byteAt(signature.size() - 1))) {
      throw new DecodeException("Signature is not a valid encoding");
    }
    return Optional.of(signature);
  }

  /** 64 bytes, or 65 with a hash type (BIP-0371). */
  static FieldValue taproot(String path) {
    return signature -> {
      if (signature.size() < Secp256k1.SIGNATURE_SIZE) {
        throw new DecodeException("Input Taproot " + path + " signature is shorter than 64 bytes");
      }
      if (signature.size() > Secp256k1.SIGNATURE_SIZE + 1) {
        throw new DecodeException("Input Taproot " + path + " signature is longer than 65 bytes");
      }
      return Optional.of(signature);
    };
  }
}
