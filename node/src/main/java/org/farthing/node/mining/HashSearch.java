package org.farthing.node.mining;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Optional;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.ProofOfWork;

/**
 * Tries the nonces of one header. The double SHA-256 of its 80 bytes takes three compressions; the
 * first, of the 64 bytes that don't change, is done once and cloned. Not thread-safe: every thread
 * has its own.
 */
public final class HashSearch {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIXED_SIZE = 64;
  private static final int TAIL_SIZE = BlockHeader.SIZE - FIXED_SIZE;
  private static final int NONCE_AT = TAIL_SIZE - Integer.BYTES;
  private static final int HIGHEST_WORD_AT = Sha256.SIZE - Long.BYTES;
  private static final long NONCES = 1L << Integer.SIZE;

  private final BlockHeader header;
  private final BigInteger target;
  private final long highestWord;
  private final MessageDigest midstate;
  private final byte[] tail = new byte[TAIL_SIZE];
  private final byte[] hash = new byte[Sha256.SIZE];
  private long next;

  /**
   * @param header its nonce is where the search begins, as an unsigned number; its bits are the
   *     target
   */
  public HashSearch(BlockHeader header) {
    this.header = header;
    this.target = ProofOfWork.target(header.bits()).orElseThrow();
    this.highestWord = target.shiftRight(8 * HIGHEST_WORD_AT).longValue();
    this.next = Integer.toUnsignedLong(header.nonce());
    byte[] bytes = header.serialize();
    midstate = Sha256.newDigest();
    midstate.update(bytes, 0, FIXED_SIZE);
    System.arraycopy(bytes, FIXED_SIZE, tail, 0, TAIL_SIZE);
  }

  /** All nonces up to the last have been tried. */
  public boolean isExhausted() {
    return next >= NONCES;
  }

  /** The nonces tried so far, and the first one's offset: the next nonce, from 0 to 2^32. */
  public long nextNonce() {
    return next;
  }

  /** Goes on with the next {@code count} nonces at most; the header with the one that fits. */
  public Optional<BlockHeader> search(long count) {
    long end = Math.min(NONCES, next + count);
    try {
      while (next < end) {
        int nonce = (int) next++;
        hash(nonce);
        if (isCandidate() && isMet()) {
          return Optional.of(header.withNonce(nonce));
        }
      }
    } catch (DigestException | CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-256 can be cloned, and the array holds a hash", e);
    }
    return Optional.empty();
  }

  private void hash(int nonce) throws DigestException, CloneNotSupportedException {
    INT.set(tail, NONCE_AT, nonce);
    // One clone for both hashes: measured, a second digest that is reset costs more than its reuse.
    MessageDigest digest = (MessageDigest) midstate.clone();
    digest.update(tail, 0, TAIL_SIZE);
    digest.digest(hash, 0, Sha256.SIZE);
    digest.update(hash, 0, Sha256.SIZE);
    digest.digest(hash, 0, Sha256.SIZE);
  }

  /** The last eight bytes, the highest of the number, rule out almost all. */
  private boolean isCandidate() {
    return Long.compareUnsigned((long) LONG.get(hash, HIGHEST_WORD_AT), highestWord) <= 0;
  }

  private boolean isMet() {
    return ProofOfWork.asNumber(BlockHash.of(hash)).compareTo(target) <= 0;
  }
}
