package org.farthing.node.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bitcoindevkit.Persister;
import org.bitcoindevkit.Wallet;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtCombiner;
import org.farthing.wallet.psbt.PsbtFinalizer;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.psbt.PsbtUpdater;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Partially signed transactions that travel between us and bdk: made here, signed by both, combined
 * and finished by either. {@code OURS} and {@code THEIRS} stand for keys of which one side each has
 * the secret.
 */
class PsbtDifferentialTest {
  private static final Network NETWORK = ConsensusParams.regtest().network();

  /** A key that nobody has the secret of (BIP-0341). */
  private static final String NOBODY =
      "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";

  private static final ExtendedKey OURS = ExtendedKey.ofSeed(new byte[16]);
  private static final ExtendedKey THEIRS = ExtendedKey.ofSeed(new byte[17]);
  private static final Script ELSEWHERE = ScriptPattern.p2wpkh(new byte[20]);
  private static final int INDEX = 3;

  private static String text(String form, boolean forUs, int branch) {
    return form.replace("NOBODY", NOBODY)
        .replace("OURS", key(OURS, forUs, branch))
        .replace("THEIRS", key(THEIRS, !forUs, branch));
  }

  private static String key(ExtendedKey root, boolean secret, int branch) {
    DerivationPath account = new DerivationPath(List.of(48 | DerivationPath.HARDENED));
    ExtendedKey key = root.derive(account);
    String text = secret ? key.toPrivateString(NETWORK) : key.toPublicString(NETWORK);
    return "[%08x/%s]%s/%d/*".formatted(root.fingerprint(), account, text, branch);
  }

  /** A payment of which nobody has signed anything. */
  private static final class Spending {
    final Descriptor descriptor;
    final Transaction before;
    final Psbt unsigned;
    private final String form;
    private final SigningKeys keys = new SigningKeys();

    Spending(String form) throws Exception {
      this.form = form;
      descriptor = Descriptor.parse(text(form, true, 0), NETWORK);
      Script output = descriptor.scriptsAt(INDEX).get(0);
      TxIn input = new TxIn(new OutPoint(Txid.of(new byte[32]), 1), Script.EMPTY, Sequence.FINAL);
      before = new Transaction(2, List.of(input), List.of(new TxOut(100_000, output)), 0);
      TxIn spent = new TxIn(new OutPoint(before.txid(), 0), Script.EMPTY, Sequence.FINAL);
      Transaction transaction =
          new Transaction(2, List.of(spent), List.of(new TxOut(98_000, ELSEWHERE)), 0);
      new DescriptorKeys(keys, Set.of(DescriptorKeys.Part.SECRETS, DescriptorKeys.Part.ORIGINS))
          .add(descriptor, INDEX);
      PsbtUpdater.Sources sources =
          new PsbtUpdater.Sources(txid -> Optional.of(before), coin -> Optional.empty());
      Psbt withUtxo = PsbtUpdater.withUtxos(Psbt.of(transaction, 0), sources, keys);
      SigningKeys known = new SigningKeys();
      new DescriptorKeys(known, Set.of(DescriptorKeys.Part.ORIGINS)).add(descriptor, INDEX);
      unsigned = sign(withUtxo, known, false);
    }

    Psbt signedByUs(Psbt psbt) {
      return sign(psbt, keys, false);
    }

    private static Psbt sign(Psbt psbt, SigningKeys keys, boolean finish) {
      PsbtSigner.Options options = new PsbtSigner.Options(OptionalInt.empty(), finish);
      return psbt.withInputs(
          List.of(
              PsbtSigner.of(psbt)
                  .orElseThrow()
                  .sign(0, psbt.inputs().get(0), keys, options)
                  .input()));
    }

    org.bitcoindevkit.Psbt signedByThem(Psbt psbt) throws Exception {
      org.bitcoindevkit.Psbt theirs = new org.bitcoindevkit.Psbt(PsbtCodec.format(psbt));
      try (Wallet wallet = wallet()) {
        wallet.sign(theirs, null);
      }
      return theirs;
    }

    private Wallet wallet() throws Exception {
      return KotlinCalls.construct(
          Wallet.class,
          theirs(0),
          theirs(1),
          org.bitcoindevkit.Network.REGTEST,
          Persister.Companion.newInMemory(),
          25);
    }

    private org.bitcoindevkit.Descriptor theirs(int branch) throws Exception {
      return new org.bitcoindevkit.Descriptor(
          text(form, false, branch), org.bitcoindevkit.Network.REGTEST);
    }

    void expectValid(Transaction signed) {
      PrecomputedTransaction precomputed = PrecomputedTransaction.of(signed, before.outputs());
      assertThat(ScriptVerifier.verify(precomputed, 0, ScriptFlags.STANDARD))
          .isEqualTo(ScriptError.OK);
      fr.acinq.bitcoin.Transaction.correctlySpends(
          fr.acinq.bitcoin.Transaction.read(signed.serialize()),
          List.of(fr.acinq.bitcoin.Transaction.read(before.serialize())),
          fr.acinq.bitcoin.ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    }
  }

  private static Psbt ours(org.bitcoindevkit.Psbt theirs) throws Exception {
    return PsbtCodec.parse(theirs.serialize());
  }

  private static Transaction finishedByUs(Psbt psbt) {
    return PsbtFinalizer.finish(psbt).transaction().orElseThrow();
  }

  private static Transaction finishedByThem(org.bitcoindevkit.Psbt psbt) throws Exception {
    org.bitcoindevkit.FinalizedPsbtResult result = psbt.finalize();
    assertThat(result.getCouldFinalize()).as("%s", result.getErrors()).isTrue();
    return extracted(result.getPsbt());
  }

  /** Of one that is finished: bdk does it when it signs, where nothing is missing then. */
  private static Transaction extracted(org.bitcoindevkit.Psbt finished) throws Exception {
    return Transaction.decode(finished.extractTx().serialize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh(multi(2,OURS,THEIRS))",
        "wsh(multi(2,THEIRS,OURS))",
        "sh(wsh(sortedmulti(2,OURS,THEIRS)))",
        "wsh(and_v(v:pk(OURS),pk(THEIRS)))",
        "wsh(thresh(2,pk(OURS),s:pk(THEIRS),sln:older(7)))",
        "tr(NOBODY,multi_a(2,OURS,THEIRS))",
        "tr(NOBODY,{and_v(v:pk(OURS),pk(THEIRS)),pk(NOBODY)})"
      })
  void bothSign(String form) throws Exception {
    Spending spending = new Spending(form);
    Psbt byUs = spending.signedByUs(spending.unsigned);
    org.bitcoindevkit.Psbt byThem = spending.signedByThem(spending.unsigned);

    spending.expectValid(extracted(spending.signedByThem(byUs)));
    spending.expectValid(finishedByUs(spending.signedByUs(ours(byThem))));
    Psbt combined = PsbtCombiner.combine(List.of(byUs, ours(byThem))).orElseThrow();
    spending.expectValid(finishedByUs(combined));
    org.bitcoindevkit.Psbt combinedByThem =
        new org.bitcoindevkit.Psbt(PsbtCodec.format(byUs)).combine(byThem);
    spending.expectValid(finishedByThem(combinedByThem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkh(OURS)", "wpkh(OURS)", "sh(wpkh(OURS))", "tr(OURS)"})
  void weSignAndTheyFinish(String form) throws Exception {
    Spending spending = new Spending(form);
    Psbt signed = spending.signedByUs(spending.unsigned);
    spending.expectValid(finishedByThem(new org.bitcoindevkit.Psbt(PsbtCodec.format(signed))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkh(THEIRS)",
        "wpkh(THEIRS)",
        "sh(wpkh(THEIRS))",
        "tr(THEIRS)",
        "tr(NOBODY,pk(THEIRS))"
      })
  void theySignWhatWeMade(String form) throws Exception {
    Spending spending = new Spending(form);
    spending.expectValid(finishedByUs(ours(spending.signedByThem(spending.unsigned))));
  }
}
