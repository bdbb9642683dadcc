package org.farthing.consensus.primitives;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;

/**
 * A transaction as it travels, with witness (BIP-0144). Its identifiers and sizes are computed
 * once.
 */
public final class Transaction {
  /** The least bytes that a transaction takes on the wire. */
  public static final int MIN_SIZE = 4 + 1 + 1 + 4;

  /** Bytes without witness count four times, bytes of the witness once (BIP-0141). */
  public static final int WITNESS_SCALE_FACTOR = 4;

  private static final int WITNESS_FLAG = 1;

  private final int version;
  private final List<TxIn> inputs;
  private final List<TxOut> outputs;
  private final int lockTime;

  private final Txid txid;
  private final Wtxid wtxid;
  private final int baseSize;
  private final int totalSize;

  /**
   * @param version 32 bits
   * @param lockTime 32 bits; see {@link LockTime}
   */
  public Transaction(int version, List<TxIn> inputs, List<TxOut> outputs, int lockTime) {
    this.version = version;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.lockTime = lockTime;
    this.baseSize = measureBase();
    this.totalSize = baseSize + measureWitness();
    byte[] hash = Sha256.doubleHash(serializeWithoutWitness());
    this.txid = Txid.of(hash);
    this.wtxid = Wtxid.of(hasWitness() ? Sha256.doubleHash(serialize()) : hash);
  }

  /**
   * Hashes the bytes that were received instead of writing them again.
   *
   * @param wire has just read them
   */
  private Transaction(
      int version, List<TxIn> inputs, List<TxOut> outputs, int lockTime, ByteReader wire) {
    this.version = version;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.lockTime = lockTime;
    this.baseSize = measureBase();
    this.totalSize = baseSize + measureWitness();
    int start = wire.position() - totalSize;
    byte[] whole = Sha256.doubleHash(digest -> wire.feed(start, totalSize, digest));
    this.wtxid = Wtxid.of(whole);
    this.txid =
        Txid.of(
            hasWitness()
                ? Sha256.doubleHash(digest -> feedWithoutWitness(wire, start, digest))
                : whole);
  }

  /** Leaves out marker, flag and witness: the version, then inputs and outputs, the lock time. */
  private void feedWithoutWitness(ByteReader wire, int start, MessageDigest digest) {
    wire.feed(start, 4, digest);
    wire.feed(start + 6, baseSize - 8, digest);
    wire.feed(start + totalSize - 4, 4, digest);
  }

  /** Reads one transaction with or without witness, and leaves what follows. */
  public static Transaction read(ByteReader in) throws DecodeException {
    return Decoder.read(in);
  }

  /** Reads one transaction that fills {@code bytes}. */
  public static Transaction decode(byte[] bytes) throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    Transaction transaction = read(in);
    in.expectEnd();
    return transaction;
  }

  /**
   * Reads one transaction in the form that has no witness, and leaves what follows. Only this form
   * can say that there are no inputs, but some outputs.
   */
  public static Transaction readWithoutWitness(ByteReader in) throws DecodeException {
    return Decoder.readWithoutWitness(in);
  }

  public int version() {
    return version;
  }

  public List<TxIn> inputs() {
    return inputs;
  }

  public List<TxOut> outputs() {
    return outputs;
  }

  public int lockTime() {
    return lockTime;
  }

  public Txid txid() {
    return txid;
  }

  public Wtxid wtxid() {
    return wtxid;
  }

  /** The length in bytes without witness. */
  public int baseSize() {
    return baseSize;
  }

  /** The length in bytes with witness. */
  public int totalSize() {
    return totalSize;
  }

  /** Three times the length without witness, plus the length with it (BIP-0141). */
  public int weight() {
    return baseSize * (WITNESS_SCALE_FACTOR - 1) + totalSize;
  }

  /** The weight divided by four, rounded up: what fees are counted by. */
  public int virtualSize() {
    return (weight() + WITNESS_SCALE_FACTOR - 1) / WITNESS_SCALE_FACTOR;
  }

  public boolean hasWitness() {
    return totalSize != baseSize;
  }

  /** One input, and that names no output. */
  public boolean isCoinbase() {
    return inputs.size() == 1 && inputs.get(0).outPoint().isNull();
  }

  /** Whether it says that it may be replaced by one that pays more (BIP-0125). */
  public boolean saysReplaceable() {
    return inputs.stream()
        .anyMatch(in -> Integer.compareUnsigned(in.sequence(), Sequence.MAX_REPLACEABLE) <= 0);
  }

  /** The same transaction as nodes of old know it. */
  public Transaction withoutWitness() {
    return hasWitness()
        ? new Transaction(
            version,
            inputs.stream().map(input -> input.withWitness(Witness.EMPTY)).toList(),
            outputs,
            lockTime)
        : this;
  }

  /** The transactions whose outputs it spends, each once, in the order of the inputs. */
  public Set<Txid> parents() {
    Set<Txid> parents = new LinkedHashSet<>();
    inputs.forEach(input -> parents.add(input.outPoint().txid()));
    return parents;
  }

  public OutPoint outPoint(int index) {
    return new OutPoint(txid, index);
  }

  /** With the witness, if there is one. */
  public byte[] serialize() {
    ByteWriter out = new ByteWriter(totalSize);
    writeTo(out);
    return out.toByteArray();
  }

  public byte[] serializeWithoutWitness() {
    ByteWriter out = new ByteWriter(baseSize);
    out.int32(version);
    writeInputsAndOutputs(out);
    out.int32(lockTime);
    return out.toByteArray();
  }

  /** With the witness, if there is one. */
  public void writeTo(ByteWriter out) {
    out.int32(version);
    if (hasWitness()) {
      out.uint8(0).uint8(WITNESS_FLAG);
    }
    writeInputsAndOutputs(out);
    if (hasWitness()) {
      for (TxIn input : inputs) {
        input.witness().writeTo(out);
      }
    }
    out.int32(lockTime);
  }

  private void writeInputsAndOutputs(ByteWriter out) {
    out.compactSize(inputs.size());
    for (TxIn input : inputs) {
      input.writeTo(out);
    }
    out.compactSize(outputs.size());
    for (TxOut output : outputs) {
      output.writeTo(out);
    }
  }

  private int measureBase() {
    int size = 8 + CompactSize.sizeOf(inputs.size()) + CompactSize.sizeOf(outputs.size());
    for (TxIn input : inputs) {
      size += input.encodedSize();
    }
    for (TxOut output : outputs) {
      size += output.encodedSize();
    }
    return size;
  }

  /** Marker, flag and witnesses; 0 if all are empty. */
  private int measureWitness() {
    int size = 2;
    boolean empty = true;
    for (TxIn input : inputs) {
      size += input.witness().encodedSize();
      empty &= input.witness().isEmpty();
    }
    return empty ? 0 : size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transaction that && wtxid.equals(that.wtxid);
  }

  @Override
  public int hashCode() {
    return wtxid.hashCode();
  }

  @Override
  public String toString() {
    return "Transaction " + txid;
  }

  private static final class Decoder {
    static Transaction read(ByteReader in) throws DecodeException {
      int version = in.int32();
      List<TxIn> inputs = readInputs(in);
      List<TxOut> outputs = List.of();
      int flags = 0;
      if (inputs.isEmpty()) {
        // No inputs is the marker of the extended form; with no flag it is a transaction without
        // any.
        flags = in.uint8();
        if (flags != 0) {
          inputs = readInputs(in);
          outputs = readOutputs(in);
        }
      } else {
        outputs = readOutputs(in);
      }
      if ((flags & WITNESS_FLAG) != 0) {
        inputs = readWitnesses(in, inputs);
      }
      if ((flags & ~WITNESS_FLAG) != 0) {
        throw new DecodeException("Unknown transaction optional data");
      }
      int lockTime = in.int32();
      return new Transaction(version, inputs, outputs, lockTime, in);
    }

    static Transaction readWithoutWitness(ByteReader in) throws DecodeException {
      int version = in.int32();
      List<TxIn> inputs = readInputs(in);
      List<TxOut> outputs = readOutputs(in);
      int lockTime = in.int32();
      return new Transaction(version, inputs, outputs, lockTime, in);
    }

    private static List<TxIn> readInputs(ByteReader in) throws DecodeException {
      return in.list(in.count(TxIn.MIN_SIZE), TxIn::read);
    }

    private static List<TxOut> readOutputs(ByteReader in) throws DecodeException {
      return in.list(in.count(TxOut.MIN_SIZE), TxOut::read);
    }

    private static List<TxIn> readWitnesses(ByteReader in, List<TxIn> inputs)
        throws DecodeException {
      List<TxIn> result = new ArrayList<>(inputs.size());
      boolean empty = true;
      for (TxIn input : inputs) {
        Witness witness = Witness.read(in);
        empty &= witness.isEmpty();
        result.add(input.withWitness(witness));
      }
      if (empty) {
        throw new DecodeException("Superfluous witness record");
      }
      return result;
    }
  }
}
