package org.farthing.node.mempool;

import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;

/** What tells one package of transactions from another, in whatever order they stand. */
public final class PackageHash {
  /** As the numbers that the identifiers show. */
  private static final Comparator<Hash256> ASCENDING =
      Comparator.comparingLong((Hash256 hash) -> hash.word(3) + Long.MIN_VALUE)
          .thenComparingLong(hash -> hash.word(2) + Long.MIN_VALUE)
          .thenComparingLong(hash -> hash.word(1) + Long.MIN_VALUE)
          .thenComparingLong(hash -> hash.word(0) + Long.MIN_VALUE);

  private PackageHash() {}

  /** The SHA-256 of all wtxids in ascending order, as Bitcoin Core computes it. */
  public static Wtxid of(List<Transaction> transactions) {
    MessageDigest digest = Sha256.newDigest();
    transactions.stream()
        .map(Transaction::wtxid)
        .sorted(ASCENDING)
        .forEach(wtxid -> digest.update(wtxid.toByteArray()));
    return Wtxid.of(digest.digest());
  }
}
