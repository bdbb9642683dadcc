package org.farthing.node.peer;

import java.util.Arrays;
import java.util.Random;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.node.wire.NetAddress;

/**
 * Where in the tables an address has its place. It follows from a secret, so that nobody can
 * prepare addresses that push out others; and from the groups of address and source, so that one
 * operator reaches few buckets only. The hashes are Bitcoin Core's.
 */
final class BookKey {
  static final int SIZE = 32;
  private static final int TRIED_BUCKETS_PER_GROUP = 8;
  private static final int NEW_BUCKETS_PER_SOURCE_GROUP = 64;

  private final byte[] secret;

  BookKey(byte[] secret) {
    this.secret = secret.clone();
  }

  static BookKey random(Random random) {
    byte[] secret = new byte[SIZE];
    random.nextBytes(secret);
    return new BookKey(secret);
  }

  /** For tests that know where each address goes. */
  static BookKey known() {
    byte[] secret = new byte[SIZE];
    secret[0] = 1;
    return new BookKey(secret);
  }

  byte[] secret() {
    return secret.clone();
  }

  boolean isZero() {
    return Arrays.equals(secret, new byte[SIZE]);
  }

  int newBucket(NetAddress address, NetAddress source) {
    byte[] sourceGroup = source.groupBytes();
    long first = hash(begin().varBytes(address.groupBytes()).varBytes(sourceGroup));
    long chosen = Long.remainderUnsigned(first, NEW_BUCKETS_PER_SOURCE_GROUP);
    long second = hash(begin().varBytes(sourceGroup).int64(chosen));
    return (int) Long.remainderUnsigned(second, BookTable.NEW_BUCKETS);
  }

  int triedBucket(NetAddress address) {
    long first = hash(begin().varBytes(address.key()));
    long chosen = Long.remainderUnsigned(first, TRIED_BUCKETS_PER_GROUP);
    long second = hash(begin().varBytes(address.groupBytes()).int64(chosen));
    return (int) Long.remainderUnsigned(second, BookTable.TRIED_BUCKETS);
  }

  /** The place inside a bucket. */
  int position(NetAddress address, boolean tried, int bucket) {
    long hash = hash(begin().uint8(tried ? 'K' : 'N').int32(bucket).varBytes(address.key()));
    return (int) Long.remainderUnsigned(hash, BookTable.BUCKET_SIZE);
  }

  private ByteWriter begin() {
    return new ByteWriter().bytes(secret);
  }

  private static long hash(ByteWriter data) {
    byte[] hash = Sha256.doubleHash(data.toByteArray());
    long first = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      first = first << Byte.SIZE | (hash[i] & 0xff);
    }
    return first;
  }
}
