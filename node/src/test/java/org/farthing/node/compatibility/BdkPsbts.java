package org.farthing.node.compatibility;

import java.util.List;
import java.util.Optional;
import org.bitcoindevkit.Descriptor;
import org.bitcoindevkit.FinalizedPsbtResult;
import org.bitcoindevkit.Network;
import org.bitcoindevkit.Persister;
import org.bitcoindevkit.Psbt;
import org.bitcoindevkit.SignOptions;
import org.bitcoindevkit.Wallet;
import org.farthing.consensus.primitives.Transaction;

/** The part of bdk, of which each wallet has one descriptor. */
final class BdkPsbts implements PsbtParty {
  /** As far as a wallet looks for its own outputs. */
  private static final int LOOKAHEAD = PsbtCase.INDEX + 2;

  /** Whatever signatures are to cover; nothing is finished before all have signed. */
  private static final SignOptions OPTIONS = options();

  private static SignOptions options() {
    try {
      boolean trustWitnessUtxo = false;
      boolean allowAllSigHashes = true;
      boolean tryFinalize = false;
      return KotlinCalls.construct(
          SignOptions.class, trustWitnessUtxo, null, allowAllSigHashes, tryFinalize, true, true);
    } catch (Exception e) {
      throw new LinkageError("bdk's options", e);
    }
  }

  @Override
  public String create(PsbtCase payment) throws Exception {
    byte[] unsigned = payment.unsigned().serialize();
    return Psbt.Companion.fromUnsignedTx(new org.bitcoindevkit.Transaction(unsigned)).serialize();
  }

  @Override
  public String addSpent(PsbtCase payment, String psbt) {
    throw new UnsupportedOperationException("bdk does not add outputs that are spent");
  }

  /** A wallet that signs adds what it knows, also where it has no secrets. */
  @Override
  public String addScripts(PsbtCase payment, String text) throws Exception {
    try (Psbt psbt = new Psbt(text)) {
      for (PsbtCase.Spent spent : payment.inputs()) {
        signWith(spent.lock().descriptor(i -> false), psbt);
      }
      return psbt.serialize();
    }
  }

  /** With one key at a time: of those that come from one root a wallet of bdk's keeps only one. */
  @Override
  public String sign(PsbtCase payment, String text) throws Exception {
    try (Psbt psbt = new Psbt(text)) {
      for (PsbtCase.Spent spent : payment.inputs()) {
        for (int i = 0; i < spent.lock().owners().size(); i++) {
          if (spent.lock().owners().get(i) == PsbtOwner.BDK) {
            int own = i;
            signWith(spent.lock().descriptor(key -> key == own), psbt);
          }
        }
      }
      return psbt.serialize();
    }
  }

  private static void signWith(String text, Psbt psbt) throws Exception {
    try (Descriptor descriptor = new Descriptor(text, Network.REGTEST);
        Wallet wallet = wallet(descriptor)) {
      wallet.sign(psbt, OPTIONS);
    }
  }

  private static Wallet wallet(Descriptor descriptor) throws Exception {
    return (Wallet)
        KotlinCalls.call(
            Wallet.Companion,
            "createSingle",
            descriptor,
            Network.REGTEST,
            Persister.Companion.newInMemory(),
            LOOKAHEAD);
  }

  @Override
  public String combine(List<String> copies) throws Exception {
    Psbt combined = new Psbt(copies.get(0));
    for (String copy : copies.subList(1, copies.size())) {
      combined = combined.combine(new Psbt(copy));
    }
    return combined.serialize();
  }

  @Override
  public Optional<Transaction> finish(PsbtCase payment, String text) throws Exception {
    try (Psbt psbt = new Psbt(text)) {
      FinalizedPsbtResult result = psbt.finalize();
      return result.getCouldFinalize()
          ? Optional.of(Transaction.decode(result.getPsbt().extractTx().serialize()))
          : Optional.empty();
    }
  }

  /** The same text, as bdk writes it. */
  static String written(String text) throws Exception {
    try (Psbt psbt = new Psbt(text)) {
      return psbt.serialize();
    }
  }
}
