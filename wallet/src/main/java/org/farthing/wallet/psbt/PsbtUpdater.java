package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.SpendData;
import org.farthing.wallet.spend.SpendSolver;

/** The updater (BIP-0174): adds what signers need to know. */
public final class PsbtUpdater {
  private PsbtUpdater() {}

  /**
   * Where outputs that are spent can be looked up.
   *
   * @param transaction by id, as far as they are at hand
   * @param coin an output that is not spent
   */
  public record Sources(
      Function<Txid, Optional<Transaction>> transaction,
      Function<OutPoint, Optional<TxOut>> coin) {}

  /**
   * Adds to each input the transaction whose output it spends, or the output alone, where a
   * signature will cover its amount.
   */
  public static Psbt withUtxos(Psbt psbt, Sources sources, SigningKeys keys) {
    List<PsbtInput> inputs = new ArrayList<>();
    for (PsbtInput input : psbt.inputs()) {
      inputs.add(input.nonWitnessUtxo().isPresent() ? input : withUtxo(input, sources, keys));
    }
    return psbt.withInputs(inputs);
  }

  private static PsbtInput withUtxo(PsbtInput input, Sources sources, SigningKeys keys) {
    OutPoint spent = input.outPoint();
    Optional<Transaction> previous =
        sources
            .transaction()
            .apply(spent.txid())
            .filter(found -> Integer.compareUnsigned(spent.index(), found.outputs().size()) < 0);
    if (previous.isPresent()) {
      return input.withNonWitnessUtxo(previous.get());
    }
    return sources
        .coin()
        .apply(spent)
        .filter(output -> keys.isSegwit(output.scriptPubKey()))
        .map(input::withWitnessUtxo)
        .orElse(input);
  }

  /** Adds to each output the scripts behind its hash, and where its keys come from. */
  public static Psbt withOutputsKnown(Psbt psbt, SigningKeys keys) {
    List<PsbtOutput> outputs = new ArrayList<>();
    for (PsbtOutput output : psbt.outputs()) {
      SpendData data = PsbtSpendData.of(output);
      SpendSolver.learning(keys, data).solve(output.output().scriptPubKey());
      outputs.add(PsbtSpendData.merge(output, data));
    }
    return psbt.withOutputs(outputs);
  }

  /**
   * Leaves out whole transactions where nobody needs them: where all inputs are taproot or later,
   * and their signatures cover all amounts.
   */
  public static Psbt withoutNeedlessTransactions(Psbt psbt) {
    return psbt.inputs().stream().allMatch(PsbtUpdater::coversAmounts)
        ? psbt.withInputs(psbt.inputs().stream().map(PsbtInput::withoutNonWitnessUtxo).toList())
        : psbt;
  }

  private static boolean coversAmounts(PsbtInput input) {
    boolean later =
        input
            .witnessUtxo()
            .map(TxOut::scriptPubKey)
            .filter(ScriptPattern::isWitnessProgram)
            .filter(script -> ScriptPattern.witnessVersion(script) > 0)
            .isPresent();
    return later && (input.sigHashType().orElse(0) & SigHashType.ANYONE_CAN_PAY) == 0;
  }
}
