package org.farthing.consensus.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Optional;

/** libsecp256k1, through JNI. */
final class NativeCurve implements CurveEngine {
  private static final int MESSAGE_SIZE = 32;

  private final fr.acinq.secp256k1.Secp256k1 library;

  /** For what the binding leaves out; made when it is needed, since it takes long to load. */
  private static final class Java {
    static final CurveEngine CURVE = new BouncyCastleCurve();
  }

  private NativeCurve(fr.acinq.secp256k1.Secp256k1 library) {
    this.library = library;
  }

  /** Empty where there is no library for this machine, or it cannot be loaded. */
  static Optional<CurveEngine> load() {
    try {
      fr.acinq.secp256k1.Secp256k1 library = fr.acinq.secp256k1.Secp256k1.get();
      byte[] one = new byte[32];
      one[31] = 1;
      return library.secKeyVerify(one) ? Optional.of(new NativeCurve(library)) : Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "libsecp256k1";
  }

  @Override
  public boolean verifyEcdsa(byte[] compact, byte[] hash, byte[] publicKey) {
    try {
      return library.verify(compact, hash, publicKey);
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  @Override
  public boolean verifySchnorr(byte[] signature, byte[] message, byte[] xOnlyKey) {
    if (message.length != MESSAGE_SIZE) {
      // The binding knows messages of 32 bytes only; BIP-0340 allows any length.
      return Java.CURVE.verifySchnorr(signature, message, xOnlyKey);
    }
    try {
      return library.verifySchnorr(signature, message, xOnlyKey);
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  @Override
  public byte[] signEcdsa(byte[] hash, byte[] privateKey) {
    try {
      return library.sign(hash, privateKey);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  /** The binding takes no additional data. */
  @Override
  public byte[] signEcdsa(byte[] hash, byte[] privateKey, byte[] additional) {
    return Java.CURVE.signEcdsa(hash, privateKey, additional);
  }

  @Override
  public byte[] recover(byte[] compact, byte[] hash, int recoveryId) {
    try {
      return library.ecdsaRecover(compact, hash, recoveryId);
    } catch (Secp256k1Exception e) {
      throw new IllegalArgumentException("no key belongs to this signature", e);
    }
  }

  @Override
  public byte[] signSchnorr(byte[] message, byte[] privateKey, byte[] auxiliary) {
    if (message.length != MESSAGE_SIZE) {
      return Java.CURVE.signSchnorr(message, privateKey, auxiliary);
    }
    try {
      return library.signSchnorr(message, privateKey, auxiliary);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  @Override
  public boolean isValidPrivateKey(byte[] privateKey) {
    return library.secKeyVerify(privateKey);
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    try {
      return library.pubkeyCreate(privateKey);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  @Override
  public byte[] uncompressed(byte[] publicKey) {
    try {
      return library.pubkeyParse(publicKey);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  @Override
  public byte[] tweakAddPrivate(byte[] privateKey, byte[] tweak) {
    try {
      // The library works in place.
      return library.privKeyTweakAdd(Arrays.copyOf(privateKey, privateKey.length), tweak);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  @Override
  public byte[] tweakAddPublic(byte[] publicKey, byte[] tweak) {
    try {
      return library.pubKeyTweakAdd(publicKey, tweak);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  @Override
  public byte[] multiplyPublic(byte[] publicKey, byte[] factor) {
    try {
      return library.pubKeyTweakMul(publicKey, factor);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  private static IllegalArgumentException invalid(Secp256k1Exception e) {
    return new IllegalArgumentException("not a valid key or tweak", e);
  }
}
