package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The limits are those of Bitcoin Core's policy.h, each tried on both sides. */
class StandardnessTest {
  private static final TestKey KEY = TestKey.number(3);
  private static final MempoolOptions DEFAULTS = MempoolOptions.defaults();
  private static final TxIn INPUT = input(Script.EMPTY);
  private static final TxOut OUTPUT = new TxOut(100_000, KEY.p2wpkh());

  private static TxIn input(Script scriptSig) {
    byte[] id = new byte[32];
    id[0] = 1;
    return new TxIn(new OutPoint(Txid.of(id), 0), scriptSig, -2);
  }

  private static Transaction tx(int version, TxIn in, TxOut... outputs) {
    return new Transaction(version, List.of(in), Arrays.asList(outputs), 0);
  }

  private static Transaction paying(Script... scripts) {
    TxOut[] outputs =
        Arrays.stream(scripts).map(script -> new TxOut(100_000, script)).toArray(TxOut[]::new);
    return tx(2, INPUT, outputs);
  }

  private static Script multisig(int required, int keys) {
    return ScriptPattern.multisig(required, Collections.nCopies(keys, KEY.publicKey()));
  }

  private static Script pushes(int totalSize) {
    ScriptBuilder script = new ScriptBuilder();
    int left = totalSize;
    while (left > 0) {
      int data = Math.min(left - (left > 76 ? 2 : 1), 250);
      script.push(new byte[data]);
      left -= data + (data > 75 ? 2 : 1);
    }
    Script built = script.build();
    assertThat(built.size()).isEqualTo(totalSize);
    return built;
  }

  private static Script nullData(int scriptSize) {
    // OP_RETURN, PUSHDATA4 and its four bytes.
    return ScriptPattern.nullData(new byte[scriptSize - 6]);
  }

  private record Case(
      String name, MempoolOptions options, Transaction transaction, String reason) {}

  private static Case accepted(String name, Transaction transaction) {
    return new Case(name, DEFAULTS, transaction, "");
  }

  private static Case refused(String reason, String name, Transaction transaction) {
    return new Case(name, DEFAULTS, transaction, reason);
  }

  @TestFactory
  Stream<DynamicTest> alone() {
    return Stream.of(
            refused("version", "version 0", tx(0, INPUT, OUTPUT)),
            accepted("version 1", tx(1, INPUT, OUTPUT)),
            accepted("version 3", tx(3, INPUT, OUTPUT)),
            refused("version", "version 4", tx(4, INPUT, OUTPUT)),
            refused("version", "version 2^32 - 1", tx(-1, INPUT, OUTPUT)),
            accepted("1650 bytes of scriptSig", tx(2, input(pushes(1650)), OUTPUT)),
            refused("scriptsig-size", "1651 bytes", tx(2, input(pushes(1651)), OUTPUT)),
            refused(
                "scriptsig-not-pushonly",
                "OP_NOP in scriptSig",
                tx(2, input(Script.of(new byte[] {0x61})), OUTPUT)),
            refused(
                "scriptsig-not-pushonly",
                "a push without its data",
                tx(2, input(Script.of(new byte[] {0x4b})), OUTPUT)),
            refused("scriptpubkey", "an empty script", paying(Script.EMPTY)),
            refused("scriptpubkey", "OP_1 alone", paying(Script.of(new byte[] {0x51}))),
            accepted("1 of 3 keys", paying(multisig(1, 3))),
            accepted("3 of 3 keys", paying(multisig(3, 3))),
            refused("scriptpubkey", "1 of 4 keys", paying(multisig(1, 4))),
            new Case(
                "bare multisig if that is not wanted",
                DEFAULTS.withPermitBareMultisig(false),
                paying(multisig(1, 1)),
                "bare-multisig"),
            accepted("P2PK", paying(ScriptPattern.p2pk(KEY.publicKey()))),
            accepted("P2PKH", paying(KEY.p2pkh())),
            accepted("P2SH", paying(ScriptPattern.p2sh(new byte[20]))),
            accepted("P2WSH", paying(ScriptPattern.p2wsh(new byte[32]))),
            accepted("P2TR", paying(ScriptPattern.p2tr(new byte[32]))),
            accepted("pay to anchor", paying(Script.of(new byte[] {0x51, 2, 0x4e, 0x73}))),
            accepted(
                "a future witness version", paying(ScriptPattern.witnessProgram(16, new byte[40]))),
            refused(
                "scriptpubkey",
                "version 0 with 21 bytes",
                paying(ScriptPattern.witnessProgram(0, new byte[21]))),
            new Case(
                "data up to the limit",
                DEFAULTS.withMaxDataCarrierBytes(Optional.of(200)),
                paying(ScriptPattern.nullData(new byte[97]), ScriptPattern.nullData(new byte[97])),
                ""),
            new Case(
                "data beyond the limit",
                DEFAULTS.withMaxDataCarrierBytes(Optional.of(199)),
                paying(ScriptPattern.nullData(new byte[97]), ScriptPattern.nullData(new byte[97])),
                "datacarrier"),
            new Case(
                "data where none is wanted",
                DEFAULTS.withMaxDataCarrierBytes(Optional.empty()),
                paying(ScriptPattern.nullData(new byte[1])),
                "datacarrier"),
            refused("tx-size", "a weight above 400,000", paying(nullData(100_000))))
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.name(),
                    () ->
                        assertThat(
                                new Standardness(example.options())
                                    .inIsolation(example.transaction())
                                    .map(PolicyReason::label)
                                    .orElse(""))
                            .isEqualTo(example.reason())));
  }

  @TestFactory
  Stream<DynamicTest> dustBeginsBelow() {
    record Limit(String name, Script script, long sat) {}
    return Stream.of(
            new Limit("P2PKH", KEY.p2pkh(), 546),
            new Limit("P2SH", ScriptPattern.p2sh(new byte[20]), 540),
            new Limit("P2WPKH", KEY.p2wpkh(), 294),
            new Limit("P2WSH", ScriptPattern.p2wsh(new byte[32]), 330),
            new Limit("P2TR", ScriptPattern.p2tr(new byte[32]), 330),
            new Limit("anchor", Script.of(new byte[] {0x51, 2, 0x4e, 0x73}), 240),
            new Limit("data", ScriptPattern.nullData(new byte[3]), 0))
        .map(
            limit ->
                DynamicTest.dynamicTest(
                    limit.name(),
                    () -> {
                      Standardness standardness = new Standardness(DEFAULTS);
                      TxOut enough = new TxOut(limit.sat(), limit.script());
                      assertThat(standardness.dust(tx(2, INPUT, enough))).isEmpty();
                      TxOut less = new TxOut(limit.sat() - 1, limit.script());
                      assertThat(standardness.dust(tx(2, INPUT, OUTPUT, less)))
                          .isEqualTo(limit.sat() == 0 ? List.of() : List.of(1));
                    }));
  }

  @Test
  void oneDustOutputIsBorneAloneButNotTwo() {
    TxOut dust = new TxOut(1, KEY.p2wpkh());
    Standardness standardness = new Standardness(DEFAULTS);
    assertThat(standardness.inIsolation(tx(2, INPUT, dust))).isEmpty();
    assertThat(standardness.inIsolation(tx(2, INPUT, dust, dust))).contains(PolicyReason.DUST);
  }

  private static Optional<String> spending(Script spent, TxIn in) {
    Coin coin = new Coin(new TxOut(100_000, spent), 1, false);
    return SpendingStandardness.check(tx(2, in, OUTPUT), List.of(coin))
        .map(result -> result.toString());
  }

  private static TxIn revealing(Script redeemScript) {
    return input(new ScriptBuilder().push(redeemScript.toByteArray()).build());
  }

  private static Script p2shOf(Script script) {
    return ScriptPattern.p2sh(Hash160.hash(script.toByteArray()));
  }

  private static Script checkSigs(int count) {
    ScriptBuilder script = new ScriptBuilder();
    for (int i = 0; i < count; i++) {
      script.op(Opcode.OP_CHECKSIG);
    }
    return script.build();
  }

  @Test
  void unknownFormsAreNotSpent() {
    assertThat(spending(Script.of(new byte[] {0x51}), INPUT))
        .contains("bad-txns-nonstandard-inputs, input 0 script unknown");
    assertThat(spending(ScriptPattern.witnessProgram(2, new byte[32]), INPUT))
        .contains("bad-txns-nonstandard-inputs, input 0 witness program is undefined");
    assertThat(spending(ScriptPattern.p2sh(new byte[20]), INPUT))
        .contains("bad-txns-nonstandard-inputs, input 0 P2SH redeemscript missing");
    assertThat(spending(multisig(1, 2), INPUT)).isEmpty();
  }

  @Test
  void redeemScriptsHaveFifteenSignatureOperationsAtMost() {
    Script fifteen = checkSigs(15);
    assertThat(spending(p2shOf(fifteen), revealing(fifteen))).isEmpty();
    Script sixteen = checkSigs(16);
    assertThat(spending(p2shOf(sixteen), revealing(sixteen)))
        .contains(
            "bad-txns-nonstandard-inputs, p2sh redeemscript sigops exceed limit (input 0: 16 >"
                + " 15)");
  }

  @Test
  void aTransactionHas2500LegacySignatureOperationsAtMost() {
    Script twenty = ScriptPattern.multisig(1, Collections.nCopies(20, KEY.publicKey()));
    // Accurately counted: 20 keys that no small number stands before count as 20.
    List<TxIn> inputs = new ArrayList<>();
    List<Coin> spent = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      inputs.add(INPUT);
      spent.add(new Coin(new TxOut(1, twenty), 1, false));
    }
    assertThat(SpendingStandardness.check(new Transaction(2, inputs, List.of(OUTPUT), 0), spent))
        .isEmpty();
    inputs.add(INPUT);
    spent.add(new Coin(new TxOut(1, ScriptPattern.p2pk(KEY.publicKey())), 1, false));
    assertThat(
            SpendingStandardness.check(new Transaction(2, inputs, List.of(OUTPUT), 0), spent)
                .orElseThrow())
        .hasToString("bad-txns-nonstandard-inputs, non-witness sigops exceed bip54 limit");
  }

  private static TxIn witness(int... sizes) {
    return INPUT.withWitness(Witness.of(Arrays.stream(sizes).mapToObj(byte[]::new).toList()));
  }

  private static void bulky(Script spent, TxIn in, boolean refused) {
    assertThat(spending(spent, in))
        .isEqualTo(refused ? Optional.of("bad-witness-nonstandard") : Optional.empty());
  }

  @Test
  void witnessesOfScriptsAreBounded() {
    Script p2wsh = ScriptPattern.p2wsh(new byte[32]);
    bulky(p2wsh, witness(80, 3600), false);
    bulky(p2wsh, witness(81, 3600), true);
    bulky(p2wsh, witness(80, 3601), true);
    int[] items = new int[101];
    bulky(p2wsh, witness(items), false);
    bulky(p2wsh, witness(Arrays.copyOf(items, 102)), true);
  }

  @Test
  void witnessesStandOnlyWhereTheyAreWanted() {
    bulky(KEY.p2pkh(), witness(1), true);
    bulky(Script.of(new byte[] {0x51, 2, 0x4e, 0x73}), witness(1), true);
    bulky(KEY.p2wpkh(), witness(72, 33), false);
  }

  @Test
  void taprootWitnessesHaveNoAnnexAndSmallItems() {
    Script p2tr = ScriptPattern.p2tr(new byte[32]);
    bulky(p2tr, witness(64), false);
    bulky(p2tr, INPUT.withWitness(Witness.of(new byte[64], new byte[] {0x50})), true);
    byte[] control = new byte[33];
    control[0] = (byte) 0xc0;
    bulky(p2tr, INPUT.withWitness(Witness.of(new byte[80], new byte[500], control)), false);
    bulky(p2tr, INPUT.withWitness(Witness.of(new byte[81], new byte[500], control)), true);
    control[0] = (byte) 0xc2;
    bulky(p2tr, INPUT.withWitness(Witness.of(new byte[81], new byte[500], control)), false);
    bulky(p2tr, witness(64, 10, 0), true);
  }
}
