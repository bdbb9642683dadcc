package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;

/**
 * A transaction that waits for signatures, with what signers need (BIP-0174, BIP-0370); immutable.
 * Both versions are kept in the form of version 2, where each input says what it spends, and each
 * output what it pays; version 0 is only written in another way.
 */
public final class Psbt {
  /** The highest version that there is. */
  public static final int HIGHEST_VERSION = 2;

  private static final int INPUTS_MODIFIABLE = 1;
  private static final int OUTPUTS_MODIFIABLE = 2;
  private static final int HAS_SIGHASH_SINGLE = 4;

  private final int version;
  private final PsbtMap global;
  private final List<PsbtInput> inputs;
  private final List<PsbtOutput> outputs;

  Psbt(int version, PsbtMap global, List<PsbtInput> inputs, List<PsbtOutput> outputs) {
    this.version = version;
    this.global = global;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /**
   * A transaction of which nothing more is known; its signatures are left out.
   *
   * @param version 0 or 2
   */
  public static Psbt of(Transaction transaction, int version) {
    if (version != 0 && version != 2) {
      throw new IllegalArgumentException("there is no version " + version);
    }
    return new Psbt(
        version,
        PsbtMap.builder()
            .put(GlobalField.TX_VERSION, out -> out.int32(transaction.version()))
            .put(GlobalField.FALLBACK_LOCKTIME, out -> out.int32(transaction.lockTime()))
            .build(),
        transaction.inputs().stream().map(PsbtInput::of).toList(),
        transaction.outputs().stream().map(PsbtOutput::of).toList());
  }

  PsbtMap global() {
    return global;
  }

  /** 0 or 2. */
  public int version() {
    return version;
  }

  public List<PsbtInput> inputs() {
    return inputs;
  }

  public List<PsbtOutput> outputs() {
    return outputs;
  }

  private OptionalInt int32(GlobalField field) {
    try {
      Optional<ByteString> value = global.get(field);
      return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(value.get().reader().int32());
    } catch (DecodeException e) {
      throw new AssertionError("a value that was read before", e);
    }
  }

  /** The version of the transaction. */
  public int txVersion() {
    return int32(GlobalField.TX_VERSION).orElseThrow();
  }

  /** The lock time where no input wants one. */
  public OptionalInt fallbackLockTime() {
    return int32(GlobalField.FALLBACK_LOCKTIME);
  }

  /** What may still be changed: bit 0 inputs, bit 1 outputs; bit 2: an output is signed alone. */
  OptionalInt modifiable() {
    Optional<ByteString> flags = global.get(GlobalField.TX_MODIFIABLE);
    return flags.isEmpty() ? OptionalInt.empty() : OptionalInt.of(flags.get().byteAt(0));
  }

  /** Whether it is said what may be changed. */
  public boolean hasModifiableFlags() {
    return global.has(GlobalField.TX_MODIFIABLE);
  }

  /** Whether inputs may still be added and removed. */
  public boolean inputsModifiable() {
    return (modifiable().orElse(0) & INPUTS_MODIFIABLE) != 0;
  }

  /** Whether outputs may still be added and removed. */
  public boolean outputsModifiable() {
    return (modifiable().orElse(0) & OUTPUTS_MODIFIABLE) != 0;
  }

  /** Whether a signature covers an input and an output with the same index. */
  public boolean hasSigHashSingle() {
    return (modifiable().orElse(0) & HAS_SIGHASH_SINGLE) != 0;
  }

  /** By origin, then by key. */
  public List<GlobalXpub> xpubs() {
    return global.all(GlobalField.XPUB).stream().map(GlobalXpub::of).toList();
  }

  public List<Proprietary> proprietary() {
    return global.proprietary(GlobalField.PROPRIETARY);
  }

  /** Fields of kinds that we don't know, by key. */
  public NavigableMap<ByteString, ByteString> unknown() {
    return global.others(GlobalField.values());
  }

  /** The lock time that all inputs agree with; empty where some want a height, others a time. */
  OptionalInt lockTime() {
    return version == 0
        ? OptionalInt.of(fallbackLockTime().orElse(0))
        : LockTimes.of(inputs, fallbackLockTime());
  }

  /** The transaction without signatures; empty where its inputs' lock times exclude each other. */
  public Optional<Transaction> unsigned() {
    OptionalInt lockTime = lockTime();
    if (lockTime.isEmpty()) {
      return Optional.empty();
    }
    List<TxIn> spending = inputs.stream().map(PsbtInput::toUnsigned).toList();
    List<TxOut> paying = outputs.stream().map(PsbtOutput::output).toList();
    return Optional.of(new Transaction(txVersion(), spending, paying, lockTime.getAsInt()));
  }

  /**
   * What stays the same while the transaction is signed: its id, in version 2 with all sequence
   * numbers taken as 0 (BIP-0370).
   */
  Optional<Txid> uniqueId() {
    Optional<Transaction> unsigned = unsigned();
    return version == 0
        ? unsigned.map(Transaction::txid)
        : unsigned.map(
            transaction ->
                new Transaction(
                        transaction.version(),
                        transaction.inputs().stream()
                            .map(input -> new TxIn(input.outPoint(), input.scriptSig(), 0))
                            .toList(),
                        transaction.outputs(),
                        transaction.lockTime())
                    .txid());
  }

  /**
   * The same in another version, for those who read only that one. Version 0 has one lock time for
   * the whole transaction, and does not say what may still be changed.
   *
   * @param wanted 0 or 2
   * @return empty where the lock times that inputs want exclude each other, for version 0
   */
  public Optional<Psbt> inVersion(int wanted) {
    if (wanted != 0 && wanted != HIGHEST_VERSION) {
      throw new IllegalArgumentException("there is no version " + wanted);
    }
    if (wanted == version) {
      return Optional.of(this);
    }
    if (wanted == HIGHEST_VERSION) {
      return Optional.of(new Psbt(wanted, global, inputs, outputs));
    }
    OptionalInt lockTime = lockTime();
    if (lockTime.isEmpty()) {
      return Optional.empty();
    }
    PsbtMap settled =
        global.toBuilder()
            .put(GlobalField.FALLBACK_LOCKTIME, out -> out.int32(lockTime.getAsInt()))
            .remove(GlobalField.TX_MODIFIABLE)
            .build();
    return Optional.of(
        new Psbt(wanted, settled, inputs.stream().map(PsbtInput::settled).toList(), outputs));
  }

  Psbt withGlobal(PsbtMap changed) {
    return new Psbt(version, changed, inputs, outputs);
  }

  Psbt withInput(int index, PsbtInput changed) {
    List<PsbtInput> all = new ArrayList<>(inputs);
    all.set(index, changed);
    return new Psbt(version, global, all, outputs);
  }

  /** The same with other inputs, as many. */
  public Psbt withInputs(List<PsbtInput> changed) {
    return new Psbt(version, global, changed, outputs);
  }

  Psbt withOutputs(List<PsbtOutput> changed) {
    return new Psbt(version, global, inputs, changed);
  }

  boolean spends(OutPoint output) {
    return inputs.stream().anyMatch(input -> input.outPoint().equals(output));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Psbt that
        && version == that.version
        && global.equals(that.global)
        && inputs.equals(that.inputs)
        && outputs.equals(that.outputs);
  }

  @Override
  public int hashCode() {
    return 31 * global.hashCode() + inputs.hashCode();
  }
}
