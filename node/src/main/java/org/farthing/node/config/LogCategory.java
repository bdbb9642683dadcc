package org.farthing.node.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What details of the log are about, under Bitcoin Core's names. Of some of them Farthing has
 * nothing to say.
 */
public enum LogCategory {
  ADDRMAN,
  BENCH,
  BLOCKSTORAGE,
  CMPCTBLOCK,
  COINDB,
  ESTIMATEFEE,
  HTTP,
  I2P,
  IPC,
  KERNEL,
  LEVELDB,
  MEMPOOL,
  MEMPOOLREJ,
  NET,
  PRIVATEBROADCAST,
  PROXY,
  PRUNE,
  QT,
  RAND,
  REINDEX,
  RPC,
  SCAN,
  SELECTCOINS,
  TOR,
  TXPACKAGES,
  TXRECONCILIATION,
  VALIDATION,
  WALLETDB,
  ZMQ;

  /** A category that Bitcoin Core has given up, and still accepts. */
  public static final String DEPRECATED = "libevent";

  /** As options and RPC call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of this name. */
  public static Optional<LogCategory> named(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /** Whether a name stands for all categories. */
  public static boolean isAll(String label) {
    return label.isEmpty() || label.equals("1") || label.equals("all");
  }

  /** All names, in their order. */
  public static String labels() {
    return Arrays.stream(values()).map(LogCategory::label).collect(Collectors.joining(", "));
  }
}
