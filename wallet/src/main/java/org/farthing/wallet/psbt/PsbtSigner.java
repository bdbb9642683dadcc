package org.farthing.wallet.psbt;

import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.SigningTarget;
import org.farthing.wallet.spend.SpendData;
import org.farthing.wallet.spend.SpendSolver;
import org.farthing.wallet.spend.SpendSolver.Solution;

/**
 * The signer (BIP-0174): adds to inputs what keys and scripts allow, and makes them final where
 * nothing is missing any more. One for a transaction whose outputs that are spent do not change.
 */
public final class PsbtSigner {
  private static final int SCHNORR_SIZE = 64;

  private final SigningTarget target;

  private PsbtSigner(SigningTarget target) {
    this.target = target;
  }

  /** Empty where the transaction can never be valid. */
  public static Optional<PsbtSigner> of(Psbt psbt) {
    Optional<Transaction> unsigned = psbt.unsigned();
    return unsigned.map(
        transaction ->
            new PsbtSigner(
                SigningTarget.of(
                    transaction, psbt.inputs().stream().map(PsbtInput::utxo).toList())));
  }

  /** What came of signing an input. */
  public enum Status {
    /** Nothing is missing. */
    COMPLETE,
    INCOMPLETE,
    /** The output that is spent is not known. */
    UNKNOWN_OUTPUT,
    /** The input, or a signature of it, wants another hash type than the signer. */
    SIGHASH_MISMATCH
  }

  /**
   * How to sign.
   *
   * @param sigHashType which must be that of the input, if it wants one; empty for what is usual:
   *     DEFAULT for taproot, else ALL
   * @param finish whether to make an input final that needs nothing more
   */
  public record Options(OptionalInt sigHashType, boolean finish) {
    /** The usual hash type, final where that is possible. */
    public static final Options USUAL = new Options(OptionalInt.empty(), true);
  }

  /**
   * An input after signing.
   *
   * @param data what is missing
   */
  public record Result(PsbtInput input, Status status, SpendData data) {}

  /** Whether an input needs nothing more, and is valid. */
  public boolean isComplete(int index, PsbtInput input) {
    return input.utxo().isPresent()
        && target.isValid(
            index,
            input.finalScriptSig().orElse(Script.EMPTY),
            input.finalWitness().orElse(Witness.EMPTY));
  }

  /** Signs one input. */
  public Result sign(int index, PsbtInput input, SigningKeys keys, Options options) {
    if (isComplete(index, input)) {
      return new Result(input, Status.COMPLETE, new SpendData());
    }
    Optional<TxOut> utxo = input.utxo();
    if (utxo.isEmpty()) {
      return new Result(input, Status.UNKNOWN_OUTPUT, new SpendData());
    }
    int type = sigHashType(utxo.get(), options);
    if (!agrees(input, type)) {
      return new Result(input, Status.SIGHASH_MISMATCH, new SpendData());
    }
    PsbtInput typed = isUsual(utxo.get(), type) ? input : input.withSigHashType(type);
    if (input.isFinal()) {
      // Whatever it is worth: somebody decided that nothing is missing.
      return finished(typed, Status.COMPLETE);
    }
    SpendData data = PsbtSpendData.of(typed);
    Solution solution =
        SpendSolver.signing(target, index, keys, type, data).solve(utxo.get().scriptPubKey());
    if (!solution.segwit() && input.nonWitnessUtxo().isEmpty()) {
      // Only a signature that covers the amount is safe where the amount is not proven.
      return new Result(typed, Status.INCOMPLETE, new SpendData());
    }
    PsbtInput signed =
        options.finish() && solution.complete()
            ? typed.withFinal(solution.scriptSig(), solution.witness())
            : PsbtSpendData.merge(typed, data);
    PsbtInput known = solution.segwit() ? signed.withWitnessUtxo(utxo.get()) : signed;
    return new Result(known, solution.complete() ? Status.COMPLETE : Status.INCOMPLETE, data);
  }

  private static Result finished(PsbtInput input, Status status) {
    boolean proven = input.nonWitnessUtxo().isPresent();
    return new Result(input, proven ? status : Status.INCOMPLETE, new SpendData());
  }

  private static boolean isTaproot(TxOut utxo) {
    return ScriptPattern.classify(utxo.scriptPubKey()) == OutputType.P2TR;
  }

  private static int sigHashType(TxOut utxo, Options options) {
    return options.sigHashType().orElse(isTaproot(utxo) ? SigHashType.DEFAULT : SigHashType.ALL);
  }

  /** Whether an input with this type need not say so. */
  private static boolean isUsual(TxOut utxo, int type) {
    return type == SigHashType.DEFAULT || (!isTaproot(utxo) && type == SigHashType.ALL);
  }

  private static boolean agrees(PsbtInput input, int type) {
    boolean wanted = input.sigHashType().isEmpty() || input.sigHashType().getAsInt() == type;
    return wanted
        && input.taprootKeySignature().stream().allMatch(signature -> isSchnorr(signature, type))
        && input.taprootScriptSignatures().values().stream()
            .allMatch(signature -> isSchnorr(signature, type))
        && (type == SigHashType.DEFAULT
            || input.partialSignatures().stream()
                .allMatch(signature -> last(signature.getValue()) == type));
  }

  private static boolean isSchnorr(ByteString signature, int type) {
    return type == SigHashType.DEFAULT
        ? signature.size() == SCHNORR_SIZE
        : signature.size() == SCHNORR_SIZE + 1 && last(signature) == type;
  }

  private static int last(ByteString signature) {
    return signature.byteAt(signature.size() - 1);
  }

  /**
   * The input with signatures of the usual size where there are none; empty where more than
   * signatures is missing, or where it would not be signed.
   */
  Optional<PsbtInput> measure(PsbtInput input) {
    if (input.isFinal() || input.utxo().isEmpty()) {
      return input.utxo().map(utxo -> input);
    }
    TxOut utxo = input.utxo().orElseThrow();
    if (!agrees(input, sigHashType(utxo, Options.USUAL))) {
      return Optional.empty();
    }
    Solution solution = SpendSolver.measuring(PsbtSpendData.of(input)).solve(utxo.scriptPubKey());
    boolean safe = solution.segwit() || input.nonWitnessUtxo().isPresent();
    return safe && solution.complete()
        ? Optional.of(input.withFinal(solution.scriptSig(), solution.witness()))
        : Optional.empty();
  }
}
