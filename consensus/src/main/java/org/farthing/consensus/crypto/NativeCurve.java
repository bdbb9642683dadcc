package org.farthing.consensus.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import fr.acinq.secp256k1.jni.OSInfo;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.farthing.consensus.natives.NativeLibrary;

/** libsecp256k1, through JNI. */
final class NativeCurve implements CurveEngine {
  static final String NAME = "libsecp256k1";

  private static final int MESSAGE_SIZE = 32;

  /** The binding's property for a folder that has its code. */
  private static final String FOLDER = "fr.acinq.secp256k1.lib.path";

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
      fr.acinq.secp256k1.Secp256k1 library = library();
      byte[] one = new byte[32];
      one[31] = 1;
      return library.secKeyVerify(one) ? Optional.of(new NativeCurve(library)) : Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The binding unpacks its code too, and reads what it wrote once more, byte by byte. Where code
   * stands in a file already it takes that.
   */
  private static fr.acinq.secp256k1.Secp256k1 library() {
    if (System.getProperty(FOLDER) == null) {
      String name = System.mapLibraryName("secp256k1-jni");
      String resource = "fr/acinq/secp256k1/jni/native/" + OSInfo.getNativeSuffix() + "/" + name;
      new NativeLibrary(OSInfo.class.getClassLoader(), resource, name).load(NativeCurve::loadFrom);
    }
    return fr.acinq.secp256k1.Secp256k1.get();
  }

  private static void loadFrom(String folder) {
    System.setProperty(FOLDER, folder);
    try {
      // The binding is made with the class.
      fr.acinq.secp256k1.Secp256k1.get();
    } finally {
      System.clearProperty(FOLDER);
    }
  }

  @Override
  public String name() {
    return NAME;
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
      return inPlace(privateKey, key -> library.privKeyTweakAdd(key, tweak));
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  @Override
  public byte[] negatePrivate(byte[] privateKey) {
    try {
      return inPlace(privateKey, library::privKeyNegate);
    } catch (Secp256k1Exception e) {
      throw invalid(e);
    }
  }

  /** The library may work in place, or not: no copy of a private key is left behind. */
  private static byte[] inPlace(byte[] privateKey, UnaryOperator<byte[]> change) {
    byte[] copy = privateKey.clone();
    byte[] changed = null;
    try {
      changed = change.apply(copy);
      return changed;
    } finally {
      if (changed != copy) {
        Arrays.fill(copy, (byte) 0);
      }
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
