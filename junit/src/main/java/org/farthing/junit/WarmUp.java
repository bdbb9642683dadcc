package org.farthing.junit;

import java.security.SecureRandom;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Mnemonic;

/**
 * What the first node of a JVM would wait for: native code and classes that take long to load. They
 * are loaded beside what its own thread has to load.
 */
final class WarmUp {
  private static final int RECOVERY_WORDS = 12;

  private WarmUp() {}

  static {
    Thread thread = new Thread(WarmUp::load, "regtest-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins, the first time that it is called, and returns at once. */
  static void begin() {
    // The class has been initialized.
  }

  private static void load() {
    try {
      // BouncyCastle's archive is signed, and its first class waits until that has been checked.
      Hash160.hash(new byte[0]);
      Secp256k1.engineName();
      Mnemonic.generate(RECOVERY_WORDS, new SecureRandom()).toSeed("");
    } catch (WalletException e) {
      throw new AssertionError("twelve words are a usual number", e);
    }
  }
}
