package org.farthing.wallet.psbt;

import static org.assertj.core.api.Assertions.assertThat;

import fr.acinq.bitcoin.ScriptFlags;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.TestKey;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Miniscripts in partially signed transactions: signed, then made final; bitcoin-kmp checks it. */
class PsbtMiniscriptTest {
  private static final String NOBODY =
      "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";
  private static final ByteString PREIMAGE = ByteString.of(Hex.constant("ab".repeat(32)));
  private static final ByteString HASH = ByteString.of(Sha256.hash(PREIMAGE.toByteArray()));

  private static final TxOut TO = new TxOut(1, Script.EMPTY);
  private static final Txid TXID = Txid.of(Hex.constant("11".repeat(32)));

  /** Capital letters are own keys, small ones those of others. */
  private static ScriptExpression parse(String text) throws Exception {
    StringBuilder filled = new StringBuilder();
    for (String word : text.replace("HASH", HASH.toString()).split("(?<=[(,])|(?=[),])", -1)) {
      if (word.matches("[A-D]")) {
        filled.append(
            new PrivateKey(TestKey.number(word.charAt(0)).privateKey(), true)
                .toWif(TestNetworks.REGTEST));
      } else if (word.matches("[w-z]")) {
        filled.append(Hex.encode(TestKey.number(word.charAt(0)).publicKey()));
      } else {
        filled.append(word);
      }
    }
    return ScriptExpression.parse(filled.toString(), TestNetworks.REGTEST);
  }

  /**
   * Signs without finishing, and finishes without keys.
   *
   * @param items of the witness with the script; 0 where the input cannot be finished
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // descriptor | sequence | lock time | preimage known | signatures | items
        "or_i(pk(A),pk(w)) | -3 | 0 | false | 1 | 3",
        "and_v(v:older(2),pk(A)) | 2 | 0 | false | 1 | 2",
        "and_v(v:older(2),pk(A)) | 1 | 0 | false | 1 | 0",
        "and_v(v:after(20),pkh(A)) | -3 | 20 | false | 1 | 3",
        "and_v(v:after(20),pk(A)) | -1 | 20 | false | 1 | 0",
        "and_v(v:older(4),and_v(v:after(30),pk(A))) | 4 | 31 | false | 1 | 2",
        "and_v(v:pk(A),sha256(HASH)) | -3 | 0 | true | 1 | 3",
        "and_v(v:pk(A),sha256(HASH)) | -3 | 0 | false | 1 | 0",
        // The branch with the preimage is the smaller one.
        "andor(ndv:older(2),and_v(v:pk(A),sha256(HASH)),and_v(v:pkh(B),pk(C)))"
            + " | 2 | 0 | true | 3 | 4",
        // Without a preimage, where the lock is not reached, nothing is left but the other branch.
        "andor(ndv:older(2),and_v(v:pk(A),sha256(HASH)),and_v(v:pkh(B),pk(C)))"
            + " | 1 | 0 | false | 3 | 5",
        // A key of each branch, which is not enough for either.
        "c:andor(pk(A),pk_k(w),and_v(v:pk(B),pk_k(x))) | -3 | 0 | false | 2 | 0",
        "thresh(2,pk(A),s:pk(w),sln:after(100)) | -3 | 100 | false | 1 | 4",
        "thresh(2,pk(A),s:pk(w),sln:after(100)) | -3 | 99 | false | 1 | 0",
      })
  void whatSufficesIsMadeFinal(
      String miniscript, int sequence, int lockTime, boolean preimage, int signatures, int items)
      throws Exception {
    Transaction unsigned =
        new Transaction(
            2,
            List.of(new TxIn(new OutPoint(TXID, 0), Script.EMPTY, sequence)),
            List.of(TO),
            lockTime);
    for (String form : List.of("wsh(%s)", "sh(wsh(%s))", "tr(" + NOBODY + ",%s)")) {
      ScriptExpression descriptor = parse(form.formatted(miniscript));
      TxOut spent = new TxOut(1000, descriptor.scriptAt(0));
      Psbt psbt = prepared(unsigned, spent, preimage);
      SigningKeys keys = new SigningKeys();
      new DescriptorKeys(keys, EnumSet.allOf(DescriptorKeys.Part.class)).add(descriptor, 0);
      PsbtSigner.Options options = new PsbtSigner.Options(OptionalInt.empty(), false);
      PsbtInput signed =
          PsbtSigner.of(psbt).orElseThrow().sign(0, psbt.inputs().get(0), keys, options).input();
      assertThat(signed.partialSignatures().size() + signed.taprootScriptSignatures().size())
          .as(form)
          .isEqualTo(signatures);
      PsbtFinalizer.Result result = PsbtFinalizer.finish(psbt.withInputs(List.of(signed)));
      assertThat(result.complete()).as(form).isEqualTo(items > 0);
      int extra = form.startsWith("tr(") ? 1 : 0;
      result.transaction().ifPresent(done -> check(done, spent, items + extra));
    }
  }

  private static Psbt prepared(Transaction unsigned, TxOut spent, boolean preimage) {
    Psbt psbt = Psbt.of(unsigned, 0);
    PsbtInput input = psbt.inputs().get(0).withWitnessUtxo(spent);
    if (preimage) {
      input =
          new PsbtInput(input.map().toBuilder().put(InputField.SHA256.key(HASH), PREIMAGE).build());
    }
    return psbt.withInputs(List.of(input));
  }

  private static void check(Transaction done, TxOut spent, int items) {
    assertThat(done.inputs().get(0).witness().toList()).hasSize(items);
    var theirs = fr.acinq.bitcoin.Transaction.read(done.serialize());
    var output =
        new fr.acinq.bitcoin.TxOut(
            new fr.acinq.bitcoin.Satoshi(spent.valueSat()), spent.scriptPubKey().toByteArray());
    fr.acinq.bitcoin.Transaction.correctlySpends(
        theirs,
        Map.of(theirs.txIn.get(0).outPoint, output),
        ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
  }
}
