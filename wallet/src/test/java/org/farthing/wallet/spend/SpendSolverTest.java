package org.farthing.wallet.spend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.acinq.bitcoin.ScriptFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.SigHashType;
import org.farthing.testing.TestKey;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.spend.DescriptorKeys.Part;
import org.farthing.wallet.spend.SpendSolver.Solution;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every kind of output that descriptors lead to is spent; bitcoin-kmp checks how. */
class SpendSolverTest {
  private static final String A = wif(1, true);
  private static final String B = wif(2, true);
  private static final String C = wif(3, true);
  private static final String LONG = wif(4, false);
  private static final String NOBODY =
      "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";

  private static final List<String> OUTPUTS =
      List.of(
          "pk(" + A + ")",
          "pk(" + LONG + ")",
          "pkh(" + A + ")",
          "pkh(" + LONG + ")",
          "wpkh(" + A + ")",
          "multi(2," + A + "," + LONG + "," + C + ")",
          "sh(pk(" + A + "))",
          "sh(pkh(" + A + "))",
          "sh(multi(2," + A + "," + B + "," + C + "))",
          "sh(sortedmulti(1," + A + "," + B + "))",
          "sh(wpkh(" + A + "))",
          "wsh(pk(" + A + "))",
          "wsh(pkh(" + A + "))",
          "wsh(multi(2," + A + "," + B + "," + C + "))",
          "sh(wsh(pkh(" + A + ")))",
          "sh(wsh(multi(3," + A + "," + B + "," + C + ")))",
          "wsh(or_d(pk(" + A + "),and_v(v:pkh(" + B + "),older(10))))",
          "wsh(thresh(2,pk(" + A + "),s:pk(" + B + "),sln:after(100)))",
          "sh(wsh(andor(pk(" + A + "),older(10),and_v(v:pk(" + B + "),pkh(" + C + ")))))",
          "tr(" + NOBODY + ",and_v(v:pk(" + A + "),pkh(" + B + ")))",
          "tr("
              + NOBODY
              + ",{and_v(v:after(9),pk("
              + A
              + ")),c:or_i(pk_h("
              + B
              + "),pk_k("
              + C
              + "))})",
          "tr(" + A + ")",
          "tr(" + B + ")",
          "tr(" + A + ",pk(" + B + "))",
          "tr(" + NOBODY + ",pk(" + B + "))",
          "tr("
              + NOBODY
              + ",{pk("
              + A
              + "),{multi_a(2,"
              + A
              + ","
              + B
              + ","
              + C
              + "),pk("
              + A
              + ")}})",
          "tr(" + NOBODY + ",multi_a(2," + A + "," + B + "," + C + "))",
          "tr(" + NOBODY + ",sortedmulti_a(3," + A + "," + B + "," + C + "))",
          "rawtr(" + A + ")",
          "rawtr(" + B + ")");

  private static String wif(int number, boolean compressed) {
    return new PrivateKey(TestKey.number(number).privateKey(), compressed)
        .toWif(TestNetworks.REGTEST);
  }

  private static ScriptExpression parse(String text) throws Exception {
    return (ScriptExpression) Descriptor.parse(text, TestNetworks.REGTEST);
  }

  private static SigningKeys keys(Descriptor descriptor, Part... parts) {
    SigningKeys keys = new SigningKeys();
    EnumSet<Part> wanted = EnumSet.noneOf(Part.class);
    wanted.addAll(List.of(parts));
    new DescriptorKeys(keys, wanted).add(descriptor, 0);
    return keys;
  }

  /** Spends one output of each script. */
  private static SigningTarget spending(Script... scripts) {
    List<TxIn> inputs = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    for (Script script : scripts) {
      Txid txid = Txid.of(Hex.constant("%02x".formatted(inputs.size() + 1).repeat(32)));
      inputs.add(new TxIn(new OutPoint(txid, inputs.size()), Script.EMPTY, -1));
      spent.add(new TxOut(100_000 + inputs.size(), script));
    }
    List<TxOut> outputs = List.of(new TxOut(1, Script.EMPTY), new TxOut(2, Script.EMPTY));
    return SigningTarget.of(
        PrecomputedTransaction.of(new Transaction(2, inputs, outputs, 0), spent));
  }

  private static void check(SigningTarget target, List<TxIn> inputs) {
    Transaction unsigned = target.precomputed().transaction();
    byte[] signed =
        new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime())
            .serialize();
    var theirs = fr.acinq.bitcoin.Transaction.read(signed);
    Map<fr.acinq.bitcoin.OutPoint, fr.acinq.bitcoin.TxOut> spent =
        theirs.txIn.stream()
            .collect(
                Collectors.toMap(
                    input -> input.outPoint,
                    input -> {
                      TxOut output = target.precomputed().spent((int) input.outPoint.index);
                      return new fr.acinq.bitcoin.TxOut(
                          new fr.acinq.bitcoin.Satoshi(output.valueSat()),
                          output.scriptPubKey().toByteArray());
                    }));
    fr.acinq.bitcoin.Transaction.correctlySpends(
        theirs, spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
  }

  private static Solution solve(SigningTarget target, int index, SigningKeys keys, int type) {
    Script output = target.precomputed().spent(index).scriptPubKey();
    return SpendSolver.signing(target, index, keys, type, new SpendData()).solve(output);
  }

  @TestFactory
  Stream<DynamicTest> outputsAreSpentWithEachHashType() {
    int[] types = {0, 1, 2, 3, 0x81, 0x82, 0x83};
    return OUTPUTS.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text,
                    () -> {
                      ScriptExpression descriptor = parse(text);
                      SigningTarget target =
                          spending(descriptor.scriptAt(0), parse("pk(" + A + ")").scriptAt(0));
                      TxIn other =
                          new InputSigner(target, 1, keys(parse("pk(" + A + ")"), Part.SECRETS), 1)
                              .sign();
                      for (int type : types) {
                        SigningKeys keys = keys(descriptor, Part.SECRETS);
                        Solution solution = solve(target, 0, keys, type);
                        assertThat(solution.complete()).as("type " + type).isTrue();
                        TxIn input =
                            target
                                .precomputed()
                                .transaction()
                                .inputs()
                                .get(0)
                                .withScriptSig(solution.scriptSig())
                                .withWitness(solution.witness());
                        check(target, List.of(input, other));
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> withoutSecretsEverythingButSignaturesIsLearned() {
    return OUTPUTS.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text,
                    () -> {
                      ScriptExpression descriptor = parse(text);
                      SigningTarget target = spending(descriptor.scriptAt(0));
                      SpendData data = new SpendData();
                      SigningKeys keys = keys(descriptor, Part.ORIGINS);
                      Solution solution =
                          SpendSolver.signing(target, 0, keys, 0, data)
                              .solve(descriptor.scriptAt(0));
                      assertThat(solution.complete()).isFalse();
                      assertThat(data.signatures()).isEmpty();
                      assertThat(data.missingKeys()).isEmpty();
                      boolean taproot = text.contains("tr(");
                      assertThat(data.missingSignatures().isEmpty()).isEqualTo(taproot);
                      int learned = data.keys().size() + data.taproot().keys().size();
                      long all =
                          descriptor.keys().stream()
                              .map(key -> Hex.encode(key.publicKey(0)))
                              .distinct()
                              .count();
                      assertThat((long) learned).isEqualTo(all);
                      // Who has the secrets needs nothing else.
                      SigningKeys secrets = new SigningKeys();
                      descriptor.keys().forEach(key -> key.privateKey(0).ifPresent(secrets::add));
                      assertThat(
                              SpendSolver.signing(target, 0, secrets, 0, data)
                                  .solve(descriptor.scriptAt(0))
                                  .complete())
                          .isTrue();
                      assertThat(
                              SpendSolver.measuring(data).solve(descriptor.scriptAt(0)).complete())
                          .isTrue();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> withoutAnythingWhatIsMissingIsSaid() {
    return OUTPUTS.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text,
                    () -> {
                      Script output = parse(text).scriptAt(0);
                      SpendData data = new SpendData();
                      SigningKeys none = new SigningKeys();
                      SpendSolver.signing(spending(output), 0, none, 0, data).solve(output);
                      assertThat(data.missingRedeemScript().isPresent())
                          .isEqualTo(text.startsWith("sh("));
                      assertThat(data.missingWitnessScript().isPresent())
                          .isEqualTo(text.startsWith("wsh("));
                      assertThat(data.missingKeys().isEmpty())
                          .isEqualTo(!text.startsWith("pkh(") && !text.startsWith("wpkh("));
                      assertThat(data.missingSignatures().isEmpty())
                          .isEqualTo(!text.startsWith("pk(") && !text.startsWith("multi("));
                    }));
  }

  @Test
  void aTaprootSignatureNeedsAllSpentOutputs() throws Exception {
    ScriptExpression descriptor = parse("tr(" + A + ")");
    SigningTarget known = spending(descriptor.scriptAt(0), descriptor.scriptAt(0));
    SigningTarget unknown =
        SigningTarget.of(
            known.precomputed().transaction(),
            List.of(Optional.of(known.precomputed().spent(0)), Optional.empty()));
    int type = SigHashType.ALL | SigHashType.ANYONE_CAN_PAY;
    SigningKeys keys = keys(descriptor, Part.SECRETS);
    assertThat(solve(known, 0, keys, type).complete()).isTrue();
    assertThat(solve(unknown, 0, keys, type).complete()).isFalse();
    SpendData signed = new SpendData();
    SpendSolver.signing(known, 0, keys, type, signed).solve(descriptor.scriptAt(0));
    assertThat(
            SpendSolver.signing(unknown, 0, keys, type, signed)
                .solve(descriptor.scriptAt(0))
                .complete())
        .isFalse();
  }

  @Test
  void singleIsNotSignedBeyondTheOutputs() throws Exception {
    Script[] outputs = new Script[3];
    for (String text : List.of("pkh(" + A + ")", "wpkh(" + A + ")", "tr(" + A + ")")) {
      ScriptExpression descriptor = parse(text);
      Arrays.fill(outputs, descriptor.scriptAt(0));
      SigningTarget target = spending(outputs);
      SigningKeys keys = keys(descriptor, Part.SECRETS);
      assertThat(solve(target, 1, keys, SigHashType.SINGLE).complete()).as(text).isTrue();
      assertThat(solve(target, 2, keys, SigHashType.SINGLE).complete()).as(text).isFalse();
    }
  }

  /** Half of the keys in each copy, in any order of the copies. */
  @Test
  void copiesThatAreSignedInPartAreCombined() throws Exception {
    for (String text : OUTPUTS) {
      if (!text.contains("multi(")) {
        continue;
      }
      ScriptExpression descriptor = parse(text);
      SigningTarget target = spending(descriptor.scriptAt(0));
      List<TxIn> copies = new ArrayList<>();
      for (var key : descriptor.keys()) {
        SigningKeys one = keys(descriptor);
        one.add(key.privateKey(0).orElseThrow());
        copies.add(new InputSigner(target, 0, one, SigHashType.ALL).sign());
      }
      Collections.reverse(copies);
      InputSigner combiner = new InputSigner(target, 0, new SigningKeys(), SigHashType.ALL);
      copies.forEach(combiner::with);
      check(target, List.of(combiner.sign()));
    }
  }
}
