package org.farthing.wallet.spend;

import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.SigHashType;

/** Signatures of the usual size, valid for nobody: they tell how large an input will be. */
final class PlaceholderSignatures implements SignatureMaker {
  private static final ByteString SCHNORR = ByteString.of(new byte[Secp256k1.SIGNATURE_SIZE]);

  private final ByteString ecdsa;

  PlaceholderSignatures() {
    this(ecdsaOfUsualSize());
  }

  private PlaceholderSignatures(ByteString ecdsa) {
    this.ecdsa = ecdsa;
  }

  /** With ECDSA signatures of a high r, one byte longer. */
  static PlaceholderSignatures largest() {
    return new PlaceholderSignatures(ByteString.of(new byte[] {0}).then(ecdsaOfUsualSize()));
  }

  /** DER with r and s of 32 bytes each, as a low r and a low s have them, and the hash type. */
  private static ByteString ecdsaOfUsualSize() {
    byte[] compact = new byte[Secp256k1.SIGNATURE_SIZE];
    Arrays.fill(compact, (byte) 1);
    return ByteString.of(SigHashType.append(Secp256k1.compactToDer(compact), SigHashType.ALL));
  }

  @Override
  public Optional<ByteString> ecdsa(ByteString publicKey, Script scriptCode, Rules rules) {
    return Optional.of(ecdsa);
  }

  @Override
  public Optional<ByteString> keyPath(ByteString xOnlyKey, Optional<ByteString> merkleRoot) {
    return Optional.of(SCHNORR);
  }

  @Override
  public Optional<ByteString> scriptPath(ByteString xOnlyKey, ByteString leafHash) {
    return Optional.of(SCHNORR);
  }

  /** What the transaction is locked for is not known yet. */
  @Override
  public boolean isOlder(int value) {
    return true;
  }

  @Override
  public boolean isAfter(int value) {
    return true;
  }

  @Override
  public boolean isValid(Script scriptSig, Witness witness) {
    return true;
  }
}
