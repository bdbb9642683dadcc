package org.farthing.node.mempool;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/**
 * What a mempool leaves to the next run, in the form of Bitcoin Core's {@code mempool.dat}.
 *
 * <p>A version (8 bytes, little-endian); in version 2 a key of 8 bytes, preceded by its length,
 * with which all that follows is mixed, so that no scanner finds in the file what strangers have
 * put into transactions; the number of transactions (8 bytes) and each of them, with the second in
 * which it came and what was added to its fee; what is added to the fees of transactions that do
 * not wait; the identifiers of those that no peer has asked for yet.
 *
 * @param waiting parents before their children
 * @param deltas satoshis, of transactions that do not wait
 */
public record MempoolFile(List<Waiting> waiting, Map<Txid, Long> deltas, Set<Txid> unbroadcast) {
  private static final int PLAIN = 1;
  private static final int MIXED = 2;
  private static final int KEY_BYTES = 8;

  public MempoolFile {
    waiting = List.copyOf(waiting);
  }

  /**
   * A transaction that waits.
   *
   * @param enteredSeconds since 1970
   * @param deltaSat what is added to its fee where it competes with others
   */
  public record Waiting(Transaction transaction, long enteredSeconds, long deltaSat) {
    static Waiting of(MempoolEntry entry) {
      return new Waiting(
          entry.transaction(), Math.floorDiv(entry.timeMillis(), 1000L), entry.fees().deltaSat());
    }

    private byte[] encode() {
      return new ByteWriter()
          .bytes(transaction.serialize())
          .int64(enteredSeconds)
          .int64(deltaSat)
          .toByteArray();
    }

    private static Waiting read(ByteReader in) throws DecodeException {
      return new Waiting(Transaction.read(in), in.int64(), in.int64());
    }
  }

  /** What a mempool holds now. */
  public static MempoolFile of(MempoolSnapshot mempool) {
    Map<Txid, Long> deltas = new LinkedHashMap<>();
    for (FeeDelta delta : mempool.feeDeltas()) {
      if (!mempool.contains(delta.txid())) {
        deltas.put(delta.txid(), delta.deltaSat());
      }
    }
    return new MempoolFile(
        mempool.entriesBestFirst().stream().map(Waiting::of).toList(),
        deltas,
        mempool.unbroadcast());
  }

  /**
   * Writes it, one transaction after the other.
   *
   * @param key 8 bytes at random; without it the file is of version 1
   */
  public void write(OutputStream target, Optional<byte[]> key) throws IOException {
    ByteWriter head = new ByteWriter().int64(key.isPresent() ? MIXED : PLAIN);
    key.ifPresent(head::varBytes);
    target.write(head.toByteArray());
    OutputStream out = key.<OutputStream>map(k -> new Mixed(target, k, head.size())).orElse(target);
    out.write(new ByteWriter().int64(waiting.size()).toByteArray());
    for (Waiting each : waiting) {
      out.write(each.encode());
    }
    ByteWriter rest = new ByteWriter().compactSize(deltas.size());
    deltas.forEach((txid, delta) -> rest.bytes(txid.toByteArray()).int64(delta));
    rest.compactSize(unbroadcast.size());
    unbroadcast.forEach(txid -> rest.bytes(txid.toByteArray()));
    out.write(rest.toByteArray());
  }

  /**
   * Reads such a file.
   *
   * @param file is changed
   * @throws DecodeException if it is no such file, or of a version that is not known
   */
  public static MempoolFile decode(byte[] file) throws DecodeException {
    ByteReader in = new ByteReader(file);
    long version = in.int64();
    if (version == MIXED) {
      byte[] key = in.varBytes();
      if (key.length != KEY_BYTES) {
        throw new DecodeException("a key of " + key.length + " bytes");
      }
      for (int i = in.position(); i < file.length; i++) {
        file[i] ^= key[i % KEY_BYTES];
      }
    } else if (version != PLAIN) {
      throw new DecodeException("version " + version + " of mempool.dat is not known");
    }
    List<Waiting> waiting = in.list(count(in), Waiting::read);
    Map<Txid, Long> deltas = new LinkedHashMap<>();
    for (int left = in.count(Txid.SIZE); left > 0; left--) {
      deltas.put(Txid.read(in), in.int64());
    }
    Set<Txid> unbroadcast = new LinkedHashSet<>(in.list(in.count(Txid.SIZE), Txid::read));
    return new MempoolFile(waiting, deltas, unbroadcast);
  }

  private static int count(ByteReader in) throws DecodeException {
    long count = in.int64();
    if (count < 0 || count > in.remaining()) {
      throw new DecodeException(count + " transactions in " + in.remaining() + " bytes");
    }
    return (int) count;
  }

  /** Mixes what is written with a key, by its place in the file. */
  private static final class Mixed extends FilterOutputStream {
    private final byte[] key;
    private long position;

    Mixed(OutputStream out, byte[] key, long position) {
      super(out);
      this.key = key.clone();
      this.position = position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value ^ key[(int) (position++ % KEY_BYTES)]);
    }
  }
}
