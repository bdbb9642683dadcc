package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.descriptor.TaprootOutput;
import org.farthing.wallet.keys.PrivateKey;

/**
 * The witness of a taproot input (BIP-0341, BIP-0342): by the key where its secret is known, else
 * by the leaf that takes least room. Unlike before taproot there is nothing to be shown of a
 * witness that is not complete.
 */
final class TaprootSigner {
  private static final byte[] NOTHING = new byte[0];

  /** No code separator is executed in the scripts of descriptors. */
  private static final int NO_SEPARATOR = -1;

  private final PrecomputedTransaction precomputed;
  private final int index;
  private final SigningKeys keys;
  private final int sigHashType;
  private final List<byte[]> present;

  /**
   * @param present what the input has already: signatures that fit are kept
   */
  TaprootSigner(
      PrecomputedTransaction precomputed,
      int index,
      SigningKeys keys,
      int sigHashType,
      List<byte[]> present) {
    this.precomputed = precomputed;
    this.index = index;
    this.keys = keys;
    this.sigHashType = sigHashType;
    this.present = present;
  }

  /**
   * @param outputKey 32 bytes, x-only
   */
  Optional<Witness> sign(byte[] outputKey) {
    Optional<TaprootOutput> output = keys.taprootOf(outputKey);
    return keyPath(outputKey, output).or(() -> output.flatMap(this::scriptPath));
  }

  private Optional<Witness> keyPath(byte[] outputKey, Optional<TaprootOutput> output) {
    return present(outputKey, this::keyPathHash)
        .or(
            () ->
                output
                    .flatMap(tree -> outputSecret(tree))
                    .or(() -> keys.ofXOnlyKey(outputKey).map(PrivateKey::secret))
                    .flatMap(secret -> sign(secret, this::keyPathHash)))
        .map(Witness::of);
  }

  private Optional<byte[]> outputSecret(TaprootOutput output) {
    return keys.ofXOnlyKey(output.internalKey())
        .map(
            key -> {
              byte[] internal = key.secret();
              try {
                return Taproot.outputPrivateKey(internal, output.merkleRoot());
              } finally {
                Arrays.fill(internal, (byte) 0);
              }
            });
  }

  private Optional<byte[]> keyPathHash(int type) {
    return SigHash.taproot(precomputed, index, type);
  }

  private Optional<Witness> scriptPath(TaprootOutput output) {
    return output.leaves().stream()
        .flatMap(leaf -> leafWitness(output, leaf).stream())
        .min(Comparator.comparingInt(Witness::encodedSize));
  }

  private Optional<Witness> leafWitness(TaprootOutput output, TaprootOutput.Leaf leaf) {
    byte[] leafHash = leaf.hash();
    Optional<TapscriptKeys> wanted = TapscriptKeys.of(leaf.script());
    return wanted
        .flatMap(script -> signatures(script, leafHash))
        .map(
            stack -> {
              List<byte[]> items = new ArrayList<>(stack);
              items.add(leaf.script().toByteArray());
              items.add(output.controlBlock(leaf));
              return Witness.of(items);
            });
  }

  /** As many as are wanted, and nothing in the place of the others; the first key's on top. */
  private Optional<List<byte[]>> signatures(TapscriptKeys script, byte[] leafHash) {
    SignedHash hash = type -> SigHash.tapscript(precomputed, index, type, leafHash, NO_SEPARATOR);
    List<byte[]> stack = new ArrayList<>();
    int missing = script.required();
    for (byte[] key : script.keys()) {
      Optional<byte[]> signature =
          missing == 0
              ? Optional.empty()
              : present(key, hash)
                  .or(() -> keys.ofXOnlyKey(key).flatMap(own -> sign(own.secret(), hash)));
      missing -= signature.isPresent() ? 1 : 0;
      stack.add(signature.orElse(NOTHING));
    }
    Collections.reverse(stack);
    return missing == 0 ? Optional.of(stack) : Optional.empty();
  }

  /** What a signature of some type signs; empty where the type has no meaning for the input. */
  @FunctionalInterface
  private interface SignedHash {
    Optional<byte[]> ofType(int type);
  }

  private Optional<byte[]> present(byte[] xOnlyKey, SignedHash hash) {
    Stream<byte[]> signatures =
        present.stream()
            .filter(
                item ->
                    item.length == Secp256k1.SIGNATURE_SIZE
                        || item.length == Secp256k1.SIGNATURE_SIZE + 1);
    return signatures.filter(signature -> isValid(signature, xOnlyKey, hash)).findFirst();
  }

  private static boolean isValid(byte[] signature, byte[] xOnlyKey, SignedHash hash) {
    boolean typed = signature.length > Secp256k1.SIGNATURE_SIZE;
    int type = typed ? signature[Secp256k1.SIGNATURE_SIZE] & 0xff : SigHashType.DEFAULT;
    byte[] bare = Arrays.copyOf(signature, Secp256k1.SIGNATURE_SIZE);
    return !(typed && type == SigHashType.DEFAULT)
        && hash.ofType(type)
            .filter(message -> Secp256k1.verifySchnorr(bare, message, xOnlyKey))
            .isPresent();
  }

  /** Signs, and wipes the secret. */
  private Optional<byte[]> sign(byte[] secret, SignedHash hash) {
    try {
      // BIP-0340 allows any auxiliary data; without randomness signatures can be reproduced.
      return hash.ofType(sigHashType)
          .map(message -> Secp256k1.signSchnorr(message, secret, new byte[Secp256k1.KEY_SIZE]))
          .map(this::withType);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private byte[] withType(byte[] signature) {
    return sigHashType == SigHashType.DEFAULT
        ? signature
        : new ByteWriter(signature.length + 1).bytes(signature).uint8(sigHashType).toByteArray();
  }
}
