package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.wallet.psbt.PsbtSigner.Options;
import org.farthing.wallet.psbt.PsbtSigner.Status;
import org.farthing.wallet.spend.SigningKeys;

/** The finalizer and the extractor (BIP-0174). */
public final class PsbtFinalizer {
  private PsbtFinalizer() {}

  /**
   * What is final as far as it can be.
   *
   * @param complete whether all inputs are
   */
  public record Result(Psbt psbt, boolean complete) {
    /** The transaction with all its signatures, if nothing is missing. */
    public Optional<Transaction> transaction() {
      return complete ? psbt.unsigned().map(unsigned -> signed(unsigned, psbt)) : Optional.empty();
    }
  }

  /** Makes each input final whose signatures suffice. */
  public static Result finish(Psbt psbt) {
    Optional<PsbtSigner> signer = PsbtSigner.of(psbt);
    if (signer.isEmpty()) {
      return new Result(psbt, false);
    }
    List<PsbtInput> inputs = new ArrayList<>();
    boolean complete = true;
    for (int i = 0; i < psbt.inputs().size(); i++) {
      PsbtInput input = psbt.inputs().get(i);
      Options options = new Options(input.sigHashType(), true);
      PsbtSigner.Result result = signer.get().sign(i, input, new SigningKeys(), options);
      inputs.add(result.input());
      complete &= result.status() == Status.COMPLETE;
    }
    return new Result(psbt.withInputs(inputs), complete);
  }

  /** The transaction with the scripts of the inputs that are final. */
  static Transaction signed(Transaction unsigned, Psbt psbt) {
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      PsbtInput input = psbt.inputs().get(i);
      inputs.add(
          unsigned
              .inputs()
              .get(i)
              .withScriptSig(input.finalScriptSig().orElse(Script.EMPTY))
              .withWitness(input.finalWitness().orElse(Witness.EMPTY)));
    }
    return new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
  }
}
