package org.farthing.consensus.filter;

import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;

/**
 * Says of a transaction whether it may concern a client (BIP-0037): never no where it does, at
 * times yes where it does not. It grows by the outputs that it lets through, so that their spenders
 * pass too. Not for several threads.
 */
public final class BloomFilter {
  /** The greatest size in bytes. */
  public static final int MAX_SIZE = 36_000;

  /** So many hash functions at most. */
  public static final int MAX_HASH_FUNCTIONS = 50;

  /** Elements are pushed by scripts, and those push no more bytes at a time. */
  public static final int MAX_ELEMENT_SIZE = 520;

  private static final int SEED_STEP = 0xfba4c795;
  private static final int UPDATE_MASK = 3;
  private static final int UPDATE_ALL = 1;
  private static final int UPDATE_PUBLIC_KEYS_ONLY = 2;

  private final byte[] bits;
  private final int hashFunctions;
  private final int tweak;
  private final int update;

  /**
   * @param bits at most {@link #MAX_SIZE} bytes; with none everything passes
   * @param hashFunctions at most {@link #MAX_HASH_FUNCTIONS}
   * @param tweak 32 bits that make the hash functions different from others'
   * @param flags 1: outputs that pass are added; 2: only those that pay to public keys, bare or in
   *     a multisig; only the lower two bits count
   */
  public BloomFilter(ByteString bits, int hashFunctions, int tweak, int flags) {
    if (bits.size() > MAX_SIZE || hashFunctions > MAX_HASH_FUNCTIONS) {
      throw new IllegalArgumentException("too large for a bloom filter");
    }
    this.bits = bits.toByteArray();
    this.hashFunctions = hashFunctions;
    this.tweak = tweak;
    this.update = flags & UPDATE_MASK;
  }

  /** The bits as they are now. */
  public ByteString bits() {
    return ByteString.of(bits);
  }

  private int index(int function, byte[] element) {
    int hash = Murmur3.hash(function * SEED_STEP + tweak, element);
    return Integer.remainderUnsigned(hash, bits.length * Byte.SIZE);
  }

  /** From now on the element passes. */
  public void add(byte[] element) {
    // Without bits there is nothing to divide by (CVE-2013-5700).
    for (int i = 0; bits.length > 0 && i < hashFunctions; i++) {
      int index = index(i, element);
      bits[index >>> 3] |= (byte) (1 << (index & 7));
    }
  }

  private void add(OutPoint outPoint) {
    add(bytes(outPoint));
  }

  /** The element may have been added. */
  public boolean contains(byte[] element) {
    for (int i = 0; bits.length > 0 && i < hashFunctions; i++) {
      int index = index(i, element);
      if ((bits[index >>> 3] & (1 << (index & 7))) == 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(OutPoint outPoint) {
    ByteWriter out = new ByteWriter(OutPoint.SIZE);
    outPoint.writeTo(out);
    return out.toByteArray();
  }

  /**
   * Whether the transaction may concern the client: by its txid, by what its outputs or inputs
   * push, or by the outputs that it spends. Outputs that pass are added, as the flags say.
   */
  public boolean passes(Transaction transaction) {
    if (bits.length == 0) {
      return true;
    }
    boolean passes = contains(transaction.txid().toByteArray());
    for (int i = 0; i < transaction.outputs().size(); i++) {
      if (hasElementOf(transaction.outputs().get(i).scriptPubKey())) {
        passes = true;
        addIfWanted(transaction.outPoint(i), transaction.outputs().get(i));
      }
    }
    return passes || transaction.inputs().stream().anyMatch(this::passes);
  }

  private void addIfWanted(OutPoint outPoint, TxOut output) {
    if (update == UPDATE_ALL
        || (update == UPDATE_PUBLIC_KEYS_ONLY && paysToPublicKeys(output.scriptPubKey()))) {
      add(outPoint);
    }
  }

  private static boolean paysToPublicKeys(Script script) {
    OutputType type = ScriptPattern.classify(script);
    return type == OutputType.P2PK || type == OutputType.MULTISIG;
  }

  private boolean passes(TxIn input) {
    return contains(bytes(input.outPoint())) || hasElementOf(input.scriptSig());
  }

  private boolean hasElementOf(Script script) {
    Instructions instructions = new Instructions(script);
    while (instructions.next()) {
      if (instructions.dataSize() > 0 && contains(instructions.data())) {
        return true;
      }
    }
    return false;
  }
}
