package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;

/** The 80 bytes that proof of work is done on. Its hash is computed once. */
public final class BlockHeader {
  /** The length in bytes. */
  public static final int SIZE = 80;

  private final int version;
  private final BlockHash previous;
  private final MerkleRoot merkleRoot;
  private final long timeSeconds;
  private final int bits;
  private final int nonce;
  private final BlockHash hash;

  /**
   * @param timeSeconds seconds since 1970, an unsigned 32-bit number
   * @param bits the target in compact form
   * @param nonce 32 bits
   */
  public BlockHeader(
      int version,
      BlockHash previous,
      MerkleRoot merkleRoot,
      long timeSeconds,
      int bits,
      int nonce) {
    if (timeSeconds < 0 || timeSeconds > 0xffffffffL) {
      throw new IllegalArgumentException("not an unsigned 32-bit time: " + timeSeconds);
    }
    this.version = version;
    this.previous = previous;
    this.merkleRoot = merkleRoot;
    this.timeSeconds = timeSeconds;
    this.bits = bits;
    this.nonce = nonce;
    this.hash = BlockHash.of(Sha256.doubleHash(serialize()));
  }

  /**
   * @param known its hash; null where it has to be computed
   * @param likelyPrevious kept in place of one that is equal
   */
  private BlockHeader(ByteReader in, BlockHash known, BlockHash likelyPrevious)
      throws DecodeException {
    int start = in.position();
    this.version = in.int32();
    this.previous = likelyPrevious.isNextIn(in) ? likelyPrevious : BlockHash.read(in);
    this.merkleRoot = MerkleRoot.read(in);
    this.timeSeconds = in.uint32();
    this.bits = in.int32();
    this.nonce = in.int32();
    // The bytes that were read are those that would be written.
    this.hash =
        known == null
            ? BlockHash.of(Sha256.doubleHash(digest -> in.feed(start, SIZE, digest)))
            : known;
  }

  public static BlockHeader read(ByteReader in) throws DecodeException {
    return new BlockHeader(in, null, BlockHash.ZERO);
  }

  /**
   * Reads a header that was stored under its hash, which is not computed again.
   *
   * @param likelyPrevious where it is the hash of the header before, it is kept for both
   */
  public static BlockHeader readStored(BlockHash hash, BlockHash likelyPrevious, ByteReader in)
      throws DecodeException {
    return new BlockHeader(in, hash, likelyPrevious);
  }

  public int version() {
    return version;
  }

  public BlockHash previous() {
    return previous;
  }

  public MerkleRoot merkleRoot() {
    return merkleRoot;
  }

  /** Seconds since 1970, as the miner claims. */
  public long timeSeconds() {
    return timeSeconds;
  }

  /** The target in compact form. */
  public int bits() {
    return bits;
  }

  public int nonce() {
    return nonce;
  }

  public BlockHash hash() {
    return hash;
  }

  public BlockHeader withNonce(int replacement) {
    return new BlockHeader(version, previous, merkleRoot, timeSeconds, bits, replacement);
  }

  public void writeTo(ByteWriter out) {
    out.int32(version);
    previous.writeTo(out);
    merkleRoot.writeTo(out);
    out.uint32(timeSeconds).int32(bits).int32(nonce);
  }

  public byte[] serialize() {
    ByteWriter out = new ByteWriter(SIZE);
    writeTo(out);
    return out.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockHeader that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "BlockHeader " + hash;
  }
}
