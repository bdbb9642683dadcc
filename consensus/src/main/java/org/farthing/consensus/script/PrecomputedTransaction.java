package org.farthing.consensus.script;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/**
 * A transaction with the outputs that it spends, and the hashes that the signatures of all its
 * inputs have in common (BIP-0143, BIP-0341). Each hash is computed when it is first wanted;
 * several threads may verify inputs of one transaction at once, and at worst compute one twice.
 */
public final class PrecomputedTransaction {
  private final Transaction transaction;
  private final List<TxOut> spent;
  private final Set<ValidSignature> validSignatures;

  private volatile byte[] prevoutsHash;
  private volatile byte[] sequencesHash;
  private volatile byte[] outputsHash;
  private volatile byte[] amountsHash;
  private volatile byte[] scriptsHash;

  private volatile byte[] prevoutsDoubleHash;
  private volatile byte[] sequencesDoubleHash;
  private volatile byte[] outputsDoubleHash;

  private PrecomputedTransaction(
      Transaction transaction, List<TxOut> spent, Set<ValidSignature> validSignatures) {
    this.transaction = transaction;
    this.spent = List.copyOf(spent);
    this.validSignatures = validSignatures;
  }

  /** A signature of a hash that a key has made. */
  record ValidSignature(ByteBuffer signature, ByteBuffer hash, ByteBuffer publicKey) {}

  /**
   * Takes a transaction and what it spends.
   *
   * @param spent one output for each input, in their order
   */
  public static PrecomputedTransaction of(Transaction transaction, List<TxOut> spent) {
    if (spent.size() != transaction.inputs().size()) {
      throw new IllegalArgumentException(
          spent.size() + " outputs for " + transaction.inputs().size() + " inputs");
    }
    return new PrecomputedTransaction(transaction, spent, null);
  }

  /**
   * The same, and remembers which signatures were valid: for a transaction that is verified under
   * several sets of rules. For one thread.
   */
  public PrecomputedTransaction rememberingSignatures() {
    return new PrecomputedTransaction(transaction, spent, new HashSet<>());
  }

  /** Asks whether a signature is valid, unless that is remembered. */
  boolean isValid(byte[] signature, byte[] hash, byte[] publicKey, BooleanSupplier check) {
    if (validSignatures == null) {
      return check.getAsBoolean();
    }
    ValidSignature asked =
        new ValidSignature(
            ByteBuffer.wrap(signature), ByteBuffer.wrap(hash), ByteBuffer.wrap(publicKey));
    if (validSignatures.contains(asked)) {
      return true;
    }
    boolean valid = check.getAsBoolean();
    if (valid) {
      validSignatures.add(asked);
    }
    return valid;
  }

  public Transaction transaction() {
    return transaction;
  }

  /** The output that an input spends. */
  public TxOut spent(int inputIndex) {
    return spent.get(inputIndex);
  }

  /** SHA-256 of all outpoints. */
  byte[] prevoutsHash() {
    byte[] hash = prevoutsHash;
    if (hash == null) {
      ByteWriter out = new ByteWriter(OutPoint.SIZE * transaction.inputs().size());
      transaction.inputs().forEach(input -> input.outPoint().writeTo(out));
      hash = Sha256.hash(out);
      prevoutsHash = hash;
    }
    return hash;
  }

  /** SHA-256 of all sequence numbers. */
  byte[] sequencesHash() {
    byte[] hash = sequencesHash;
    if (hash == null) {
      ByteWriter out = new ByteWriter(4 * transaction.inputs().size());
      for (TxIn input : transaction.inputs()) {
        out.int32(input.sequence());
      }
      hash = Sha256.hash(out);
      sequencesHash = hash;
    }
    return hash;
  }

  /** SHA-256 of all outputs. */
  byte[] outputsHash() {
    byte[] hash = outputsHash;
    if (hash == null) {
      ByteWriter out = new ByteWriter(34 * transaction.outputs().size());
      transaction.outputs().forEach(output -> output.writeTo(out));
      hash = Sha256.hash(out);
      outputsHash = hash;
    }
    return hash;
  }

  /** SHA-256 of all amounts that are spent. */
  byte[] amountsHash() {
    byte[] hash = amountsHash;
    if (hash == null) {
      ByteWriter out = new ByteWriter(8 * spent.size());
      for (TxOut output : spent) {
        out.int64(output.valueSat());
      }
      hash = Sha256.hash(out);
      amountsHash = hash;
    }
    return hash;
  }

  /** SHA-256 of all output scripts that are spent. */
  byte[] scriptsHash() {
    byte[] hash = scriptsHash;
    if (hash == null) {
      ByteWriter out = new ByteWriter(35 * spent.size());
      spent.forEach(output -> output.scriptPubKey().writeTo(out));
      hash = Sha256.hash(out);
      scriptsHash = hash;
    }
    return hash;
  }

  /** The double SHA-256 of all outpoints. */
  byte[] prevoutsDoubleHash() {
    byte[] hash = prevoutsDoubleHash;
    if (hash == null) {
      hash = Sha256.hash(prevoutsHash());
      prevoutsDoubleHash = hash;
    }
    return hash;
  }

  /** The double SHA-256 of all sequence numbers. */
  byte[] sequencesDoubleHash() {
    byte[] hash = sequencesDoubleHash;
    if (hash == null) {
      hash = Sha256.hash(sequencesHash());
      sequencesDoubleHash = hash;
    }
    return hash;
  }

  /** The double SHA-256 of all outputs. */
  byte[] outputsDoubleHash() {
    byte[] hash = outputsDoubleHash;
    if (hash == null) {
      hash = Sha256.hash(outputsHash());
      outputsDoubleHash = hash;
    }
    return hash;
  }
}
