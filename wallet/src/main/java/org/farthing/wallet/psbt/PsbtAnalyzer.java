package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigOps;
import org.farthing.wallet.psbt.PsbtSigner.Options;
import org.farthing.wallet.psbt.PsbtSigner.Status;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.SpendData;

/** Says what is still missing, and what the transaction will cost. */
public final class PsbtAnalyzer {
  /** Nodes count each signature check for at least so many virtual bytes. */
  private static final int BYTES_PER_SIGOP = 20;

  private PsbtAnalyzer() {}

  /** Who has to go on (BIP-0174), in the order of the work. */
  public enum Role {
    CREATOR,
    UPDATER,
    SIGNER,
    FINALIZER,
    EXTRACTOR
  }

  /**
   * What is known of an input.
   *
   * @param missing what signing would need
   */
  public record InputAnalysis(boolean hasUtxo, boolean isFinal, Role next, SpendData missing) {}

  /**
   * What is known of the whole.
   *
   * @param virtualSize with signatures of the usual size, if all that is known
   * @param feeSat if all outputs that are spent are known
   * @param error why it can never be valid, in Bitcoin Core's words
   */
  public record Analysis(
      List<InputAnalysis> inputs,
      OptionalLong virtualSize,
      OptionalLong feeSat,
      Role next,
      Optional<String> error) {
    private static Analysis invalid(String error) {
      return new Analysis(
          List.of(), OptionalLong.empty(), OptionalLong.empty(), Role.CREATOR, Optional.of(error));
    }

    /** Satoshis for a thousand virtual bytes, rounded down. */
    public OptionalLong satPerKvb() {
      return virtualSize.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Math.floorDiv(feeSat.getAsLong() * 1000, virtualSize.getAsLong()));
    }
  }

  public static Analysis analyze(Psbt psbt) {
    Optional<PsbtSigner> signer = PsbtSigner.of(psbt);
    if (signer.isEmpty()) {
      return Analysis.invalid("PSBT cannot be made into a valid transaction");
    }
    Optional<String> error = error(psbt);
    if (error.isPresent()) {
      return Analysis.invalid(error.get());
    }
    List<InputAnalysis> inputs = new ArrayList<>();
    List<PsbtInput> signed = new ArrayList<>();
    for (int i = 0; i < psbt.inputs().size(); i++) {
      PsbtSigner.Result result =
          signer.get().sign(i, psbt.inputs().get(i), new SigningKeys(), Options.USUAL);
      boolean complete = signer.get().isComplete(i, psbt.inputs().get(i));
      inputs.add(analysis(psbt.inputs().get(i), complete, result));
      signed.add(result.input());
    }
    Role next =
        inputs.stream().map(InputAnalysis::next).min(Role::compareTo).orElse(Role.EXTRACTOR);
    if (!inputs.stream().allMatch(InputAnalysis::hasUtxo)) {
      return new Analysis(
          inputs, OptionalLong.empty(), OptionalLong.empty(), next, Optional.empty());
    }
    OptionalLong fee = OptionalLong.of(spentSat(psbt) - paidSat(psbt).getAsLong());
    OptionalLong size = virtualSize(psbt.withInputs(signed), signer.get());
    return new Analysis(inputs, size, fee, next, Optional.empty());
  }

  private static Optional<String> error(Psbt psbt) {
    long sum = 0;
    for (int i = 0; i < psbt.inputs().size(); i++) {
      Optional<TxOut> utxo = psbt.inputs().get(i).utxo();
      if (utxo.isEmpty()) {
        continue;
      }
      long value = utxo.get().valueSat();
      if (!Amount.isInRange(value) || !Amount.isInRange(sum + value)) {
        return Optional.of("PSBT is not valid. Input %d has invalid value".formatted(i));
      }
      if (ScriptPattern.isUnspendable(utxo.get().scriptPubKey())) {
        return Optional.of("PSBT is not valid. Input %d spends unspendable output".formatted(i));
      }
      sum += value;
    }
    boolean allKnown = psbt.inputs().stream().allMatch(input -> input.utxo().isPresent());
    return allKnown && paidSat(psbt).isEmpty()
        ? Optional.of("PSBT is not valid. Output amount invalid")
        : Optional.empty();
  }

  private static InputAnalysis analysis(
      PsbtInput input, boolean complete, PsbtSigner.Result result) {
    boolean known = input.utxo().isPresent();
    if (complete || result.status() == Status.COMPLETE) {
      Role next = complete ? Role.EXTRACTOR : Role.FINALIZER;
      return new InputAnalysis(known, complete, next, new SpendData());
    }
    return new InputAnalysis(known, false, missing(result.data()), result.data());
  }

  private static Role missing(SpendData data) {
    boolean onlySignatures =
        data.missingKeys().isEmpty()
            && data.missingRedeemScript().isEmpty()
            && data.missingWitnessScript().isEmpty()
            && !data.missingSignatures().isEmpty();
    return onlySignatures ? Role.SIGNER : Role.UPDATER;
  }

  private static long spentSat(Psbt psbt) {
    return psbt.inputs().stream().mapToLong(input -> input.utxo().orElseThrow().valueSat()).sum();
  }

  /** Empty where amounts are out of range. */
  private static OptionalLong paidSat(Psbt psbt) {
    long sum = 0;
    for (PsbtOutput output : psbt.outputs()) {
      long value = output.output().valueSat();
      if (!Amount.isInRange(value) || !Amount.isInRange(sum + value)) {
        return OptionalLong.empty();
      }
      sum += value;
    }
    return OptionalLong.of(sum);
  }

  private static OptionalLong virtualSize(Psbt psbt, PsbtSigner signer) {
    List<PsbtInput> inputs = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    for (PsbtInput input : psbt.inputs()) {
      Optional<PsbtInput> measured = signer.measure(input);
      if (measured.isEmpty()) {
        return OptionalLong.empty();
      }
      inputs.add(measured.get());
      spent.add(input.utxo().orElseThrow());
    }
    Transaction transaction =
        PsbtFinalizer.signed(psbt.unsigned().orElseThrow(), psbt.withInputs(inputs));
    long sigOpWeight =
        (long) SigOps.cost(transaction, spent, ScriptFlags.STANDARD) * BYTES_PER_SIGOP;
    long weight = Math.max(transaction.weight(), sigOpWeight);
    return OptionalLong.of(
        (weight + Transaction.WITNESS_SCALE_FACTOR - 1) / Transaction.WITNESS_SCALE_FACTOR);
  }
}
