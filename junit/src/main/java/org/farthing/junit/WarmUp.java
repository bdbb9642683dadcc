package org.farthing.junit;

import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.store.RocksLedger;

/**
 * What the first node of a JVM would wait for: native code and classes that take long to load. They
 * are loaded beside what its own thread has to load.
 */
final class WarmUp {
  private WarmUp() {}

  static {
    start("ledger", RocksLedger::loadNativeCode);
    start("keys", WarmUp::loadCryptography);
  }

  private static void start(String what, Runnable load) {
    Thread thread = new Thread(load, "regtest-warm-up-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins, the first time that it is called, and returns at once. */
  static void begin() {
    // The class has been initialized.
  }

  private static void loadCryptography() {
    // BouncyCastle's archive is signed, and its first class waits until that has been checked.
    Hash160.hash(new byte[0]);
    Secp256k1.engineName();
  }
}
