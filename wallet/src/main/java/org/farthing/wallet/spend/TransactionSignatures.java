package org.farthing.wallet.spend;

import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.LockTimeOps;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.keys.PrivateKey;

/** Signs one input of a transaction. */
final class TransactionSignatures implements SignatureMaker {
  /** BIP-0340 allows any auxiliary data; without randomness signatures can be reproduced. */
  private static final byte[] NO_AUXILIARY = new byte[Secp256k1.KEY_SIZE];

  private final SigningTarget target;
  private final int index;
  private final SigningKeys keys;
  private final int sigHashType;

  /**
   * @param sigHashType {@link SigHashType#DEFAULT} stands for ALL where there is no taproot
   */
  TransactionSignatures(SigningTarget target, int index, SigningKeys keys, int sigHashType) {
    this.target = target;
    this.index = index;
    this.keys = keys;
    this.sigHashType = sigHashType;
  }

  private PrecomputedTransaction precomputed() {
    return target.precomputed();
  }

  @Override
  public Optional<ByteString> ecdsa(ByteString publicKey, Script scriptCode, Rules rules) {
    Optional<PrivateKey> key = keys.privateKey(publicKey);
    if (key.isEmpty() || isBeyondOutputs() || (rules == Rules.SEGWIT && !canSegwit(key.get()))) {
      return Optional.empty();
    }
    int type = sigHashType == SigHashType.DEFAULT ? SigHashType.ALL : sigHashType;
    byte[] secret = key.get().secret();
    try {
      byte[] compact = Secp256k1.signEcdsaLowR(hash(scriptCode, rules, type), secret);
      byte[] der = Secp256k1.compactToDer(compact);
      return Optional.of(withType(der, type));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What SINGLE would sign then is the number 1, and valid for anything. */
  private boolean isBeyondOutputs() {
    return SigHashType.isSingle(sigHashType)
        && index >= precomputed().transaction().outputs().size();
  }

  private boolean canSegwit(PrivateKey key) {
    return key.isCompressed() && Amount.isInRange(precomputed().spent(index).valueSat());
  }

  private byte[] hash(Script scriptCode, Rules rules, int type) {
    return rules == Rules.SEGWIT
        ? SigHash.segwit(precomputed(), index, scriptCode, type)
        : SigHash.legacy(precomputed().transaction(), index, scriptCode, type);
  }

  private static ByteString withType(byte[] signature, int type) {
    return ByteString.of(SigHashType.append(signature, type));
  }

  /** Whether a signature with its hash type is one of this key. */
  boolean isSignature(byte[] signature, byte[] publicKey, Script scriptCode, Rules rules) {
    if (signature.length < 2) {
      return false;
    }
    byte[] der = Arrays.copyOf(signature, signature.length - 1);
    if (!EcdsaSignature.isStrictDer(der)) {
      return false;
    }
    byte[] hash = hash(scriptCode, rules, signature[signature.length - 1] & 0xff);
    return EcdsaSignature.parseLaxDer(der)
        .filter(compact -> Secp256k1.verifyEcdsa(compact, hash, publicKey))
        .isPresent();
  }

  @Override
  public Optional<ByteString> keyPath(ByteString xOnlyKey, Optional<ByteString> merkleRoot) {
    return target.knowsAllSpent()
        ? schnorr(SigHash.taproot(precomputed(), index, sigHashType), xOnlyKey, merkleRoot)
        : Optional.empty();
  }

  @Override
  public Optional<ByteString> scriptPath(ByteString xOnlyKey, ByteString leafHash) {
    byte[] leaf = leafHash.toByteArray();
    return target.knowsAllSpent()
        ? schnorr(
            SigHash.tapscript(precomputed(), index, sigHashType, leaf, -1),
            xOnlyKey,
            Optional.empty())
        : Optional.empty();
  }

  @Override
  public Optional<ByteString> together(
      ByteString xOnlyKey,
      Optional<ByteString> merkleRoot,
      Optional<ByteString> leafHash,
      SpendData data) {
    if (!target.knowsAllSpent() || data.musig().participants().isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> hash =
        leafHash.isPresent()
            ? SigHash.tapscript(precomputed(), index, sigHashType, leafHash.get().toByteArray(), -1)
            : SigHash.taproot(precomputed(), index, sigHashType);
    return hash.map(
            bytes ->
                new MusigSignatures.Wanted(xOnlyKey, merkleRoot, leafHash, ByteString.of(bytes)))
        .flatMap(wanted -> new MusigSignatures(keys, data).sign(wanted))
        .map(signature -> withUnusualType(signature.toByteArray()));
  }

  private ByteString withUnusualType(byte[] signature) {
    return sigHashType == SigHashType.DEFAULT
        ? ByteString.of(signature)
        : withType(signature, sigHashType);
  }

  private Optional<ByteString> schnorr(
      Optional<byte[]> hash, ByteString xOnlyKey, Optional<ByteString> merkleRoot) {
    Optional<PrivateKey> key = keys.privateKeyOfXOnly(xOnlyKey);
    if (hash.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    byte[] secret = secret(key.get(), merkleRoot);
    try {
      byte[] signature = Secp256k1.signSchnorr(hash.get(), secret, NO_AUXILIARY);
      return Optional.of(withUnusualType(signature));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] secret(PrivateKey key, Optional<ByteString> merkleRoot) {
    byte[] secret = key.secret();
    if (merkleRoot.isEmpty()) {
      return secret;
    }
    try {
      return Taproot.outputPrivateKey(secret, merkleRoot.get().toByteArray());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public boolean isOlder(int value) {
    return LockTimeOps.isSequenceReached(precomputed().transaction(), index, value);
  }

  @Override
  public boolean isAfter(int value) {
    return LockTimeOps.isLockTimeReached(precomputed().transaction(), index, value);
  }

  @Override
  public boolean isValid(Script scriptSig, Witness witness) {
    return target.isValid(index, scriptSig, witness);
  }
}
