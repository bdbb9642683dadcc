package org.farthing.consensus.fullblock;

import static org.farthing.consensus.script.Opcode.OP_0;
import static org.farthing.consensus.script.Opcode.OP_1;
import static org.farthing.consensus.script.Opcode.OP_16;
import static org.farthing.consensus.script.Opcode.OP_CHECKMULTISIG;
import static org.farthing.consensus.script.Opcode.OP_CHECKMULTISIGVERIFY;
import static org.farthing.consensus.script.Opcode.OP_CHECKSIG;
import static org.farthing.consensus.script.Opcode.OP_CHECKSIGVERIFY;
import static org.farthing.consensus.script.Opcode.OP_RETURN;
import static org.farthing.consensus.validation.RejectReason.BAD_BLK_SIGOPS;

import java.util.List;
import java.util.function.IntFunction;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.validation.CoinbaseHeight;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.TestKey;

/**
 * Signature checks that a block may ask for: a cost of 80,000, at four for each check in a script
 * and one for each in a witness (BIP-0141). Scripts' own are counted without the coins, and a body
 * with too many is refused at once; those of P2SH and of witnesses need the coins.
 */
final class SigOpScenarios {
  /** Checks in scripts that cost all that there is. */
  private static final int MOST = 20_000;

  private static final TestKey KEY = TestKey.number(5);

  private SigOpScenarios() {}

  static List<Scenario> all() {
    return List.of(
        inOutputs(),
        inInputs(),
        uncounted(),
        inP2sh(),
        accurateNumbers(),
        inWitnessScripts(),
        inKeyHashes(),
        unknownPrograms());
  }

  /** A coinbase output with these instructions; nobody has to spend it. */
  private static BlockDraft holding(ScenarioWriter to, Script... scripts) {
    return to.next().coinbaseOutput(new TxOut(0, Scripts.concat(scripts)));
  }

  private static Script checks(int count) {
    return Scripts.repeat(OP_CHECKSIG, count);
  }

  /** {@code count} multisigs, each behind a number of keys that does not count in an output. */
  private static Script multisigs(int opcode, int count) {
    ScriptBuilder builder = new ScriptBuilder();
    for (int i = 0; i < count; i++) {
      builder.op(OP_1 + i % 16).op(opcode);
    }
    return builder.build();
  }

  private static Scenario inOutputs() {
    ScenarioWriter to = ScenarioWriter.regtest("signature checks in outputs");
    for (int opcode : new int[] {OP_CHECKSIG, OP_CHECKSIGVERIFY}) {
      String name = Opcode.name(opcode);
      to.refuseBody(
          "20,001 " + name, BAD_BLK_SIGOPS, holding(to, Scripts.repeat(opcode, MOST + 1)));
      to.accept("20,000 " + name, holding(to, Scripts.repeat(opcode, MOST)));
    }
    for (int opcode : new int[] {OP_CHECKMULTISIG, OP_CHECKMULTISIGVERIFY}) {
      String name = Opcode.name(opcode);
      Script most = multisigs(opcode, MOST / 20);
      to.refuseBody("1,000 " + name + " and one", BAD_BLK_SIGOPS, holding(to, most, checks(1)));
      to.accept("1,000 " + name, holding(to, most));
    }
    BlockDraft spread = to.next();
    for (int i = 0; i < 20; i++) {
      spread.coinbaseOutput(new TxOut(0, checks(MOST / 20)));
    }
    to.accept("20,000 in twenty outputs", spread);
    to.tip("20,000 in twenty outputs");
    return to.done();
  }

  /** Also what a coinbase's script says is counted, and what no execution reaches. */
  private static Scenario inInputs() {
    ScenarioWriter to = ScenarioWriter.regtest("signature checks in inputs");
    Script coinbase = Scripts.concat(CoinbaseHeight.push(to.nextHeight()), checks(90));
    to.refuseBody(
        "90 in the coinbase, 19,911 in an output",
        BAD_BLK_SIGOPS,
        holding(to, checks(MOST - 89)).coinbaseScript(coinbase));
    to.accept(
        "90 in the coinbase, 19,910 in an output",
        holding(to, checks(MOST - 90)).coinbaseScript(coinbase));
    Transaction spend = Tx.spending(to.coin(), Scripts.withDeadCode(checks(150))).output(1).build();
    to.refuseBody(
        "150 in an input, 19,851 in an output",
        BAD_BLK_SIGOPS,
        holding(to, checks(MOST - 149)).with(spend));
    to.accept("150 in an input, 19,850 in an output", holding(to, checks(MOST - 150)).with(spend));
    to.tip("150 in an input, 19,850 in an output");
    return to.done();
  }

  /** What is pushed, and what stands behind a push that is cut off, is no instruction. */
  private static Scenario uncounted() {
    ScenarioWriter to = ScenarioWriter.regtest("where counting ends");
    Script one = checks(1);
    Script most = checks(MOST);
    Script pushed = new ScriptBuilder().push(checks(600)).build();
    Script cutOff = Script.of(Hex.constant("4effffff00"));
    Script unknown = Script.of(Hex.constant("bafeff65"));
    to.refuseBody("after OP_RETURN", BAD_BLK_SIGOPS, holding(to, op(OP_RETURN), most, one));
    to.refuseBody("after unknown instructions", BAD_BLK_SIGOPS, holding(to, unknown, most, one));
    to.refuseBody("after a push of 600 bytes", BAD_BLK_SIGOPS, holding(to, most, pushed, one));
    to.accept("inside a push of 600 bytes", holding(to, most, pushed));
    to.refuseBody("before a push cut off", BAD_BLK_SIGOPS, holding(to, most, one, cutOff));
    to.accept("after a push cut off", holding(to, most, cutOff, checks(1000)));
    to.accept("after one without its length", holding(to, most, Script.of(Hex.constant("4eac"))));
    to.accept("after a short one cut off", holding(to, most, Script.of(Hex.constant("4bacac"))));
    to.refuseBody(
        "in each output anew", BAD_BLK_SIGOPS, holding(to, most, cutOff).coinbaseOutput(out(one)));
    to.tip("after a short one cut off");
    return to.done();
  }

  private static Script op(int opcode) {
    return Scripts.repeat(opcode, 1);
  }

  private static TxOut out(Script script) {
    return new TxOut(0, script);
  }

  /**
   * A spend beside so many checks in an output that exactly {@code left} of the cost remain.
   *
   * @param left a multiple of four
   */
  private static BlockDraft beside(ScenarioWriter to, Transaction spend, int left) {
    return holding(to, checks(MOST - left / 4)).with(spend);
  }

  private static Scenario inP2sh() {
    ScenarioWriter to = ScenarioWriter.regtest("signature checks behind P2SH");
    Script one = Scripts.withDeadCode(checks(1));
    Script many = Scripts.withDeadCode(checks(180));
    Transaction funding = to.fund(Scripts.p2sh(one), Scripts.p2sh(many), Scripts.p2sh(one));
    Transaction spend = p2sh(funding, 0, one);
    to.invalid("80,004 with one", BAD_BLK_SIGOPS, beside(to, spend, 0));
    to.accept("80,000 with one", beside(to, spend, 4));
    Transaction spendMany = p2sh(funding, 1, many);
    to.invalid("80,004 with 180", BAD_BLK_SIGOPS, beside(to, spendMany, 716));
    to.accept("80,000 with 180", beside(to, spendMany, 720));
    // The sum goes over the limit in the second transaction.
    Transaction third = p2sh(funding, 2, one);
    Transaction child = Tx.spending(third.outPoint(0)).output(1, checks(1)).build();
    to.invalid("80,004 in two", BAD_BLK_SIGOPS, beside(to, third, 4).with(child));
    to.accept("80,000 in two", beside(to, third, 8).with(child));
    to.tip("80,000 in two");
    return to.done();
  }

  private static Transaction p2sh(Transaction funding, int index, Script redeem) {
    return Tx.spending(funding.outPoint(index), Scripts.push(redeem)).output(1).build();
  }

  /** Behind P2SH a multisig counts for its keys, if their number is an instruction of its own. */
  private static Scenario accurateNumbers() {
    ScenarioWriter to = ScenarioWriter.regtest("multisigs behind P2SH count their keys");
    int[][] cases = {{OP_1, 1}, {OP_1 + 2, 3}, {OP_16, 16}, {OP_0, 20}, {OP_CHECKSIG, 21}};
    Script[] redeems = new Script[cases.length + 1];
    Script[] outputs = new Script[redeems.length];
    for (int i = 0; i < redeems.length; i++) {
      // 17 keys, in a push of one byte: no number that is seen.
      Script number = i < cases.length ? op(cases[i][0]) : Script.of(Hex.constant("0111"));
      redeems[i] = Scripts.withDeadCode(Scripts.concat(number, op(OP_CHECKMULTISIG)));
      outputs[i] = Scripts.p2sh(redeems[i]);
    }
    Transaction funding = to.fund(outputs);
    for (int i = 0; i < redeems.length; i++) {
      int count = i < cases.length ? cases[i][1] : 20;
      Transaction spend = p2sh(funding, i, redeems[i]);
      to.invalid(
          "one too many beside number " + i, BAD_BLK_SIGOPS, beside(to, spend, 4 * count - 4));
      to.accept("all but %d, and number %d".formatted(count, i), beside(to, spend, 4 * count));
    }
    return to.done();
  }

  private static Scenario inWitnessScripts() {
    ScenarioWriter to = ScenarioWriter.regtest("signature checks in witness scripts");
    IntFunction<Script> script = count -> Scripts.withDeadCode(checks(count));
    Script wrappedFour = ScriptPattern.p2wsh(script.apply(4));
    Script wrappedFive = ScriptPattern.p2wsh(script.apply(5));
    Script multisig = Scripts.withDeadCode(Scripts.concat(op(OP_1 + 4), op(OP_CHECKMULTISIG)));
    Transaction funding =
        to.fund(
            ScriptPattern.p2wsh(script.apply(4)),
            ScriptPattern.p2wsh(script.apply(5)),
            Scripts.p2sh(wrappedFour),
            Scripts.p2sh(wrappedFive),
            ScriptPattern.p2wsh(multisig));
    to.invalid(
        "80,001 with five", BAD_BLK_SIGOPS, beside(to, p2wsh(funding, 1, script.apply(5)), 4));
    to.accept("80,000 with four", beside(to, p2wsh(funding, 0, script.apply(4)), 4));
    to.invalid(
        "80,001 with five in P2SH",
        BAD_BLK_SIGOPS,
        beside(to, wrapped(funding, 3, wrappedFive, script.apply(5)), 4));
    to.accept(
        "80,000 with four in P2SH",
        beside(to, wrapped(funding, 2, wrappedFour, script.apply(4)), 4));
    to.invalid(
        "80,001 with a multisig of five keys",
        BAD_BLK_SIGOPS,
        beside(to, p2wsh(funding, 4, multisig), 4));
    to.accept("79,997 and one of five keys", beside(to, p2wsh(funding, 4, multisig), 8));
    to.tip("79,997 and one of five keys");
    return to.done();
  }

  private static Transaction p2wsh(Transaction funding, int index, Script witnessScript) {
    return Tx.spending(funding.outPoint(index))
        .witness(witnessScript.toByteArray())
        .output(1)
        .build();
  }

  private static Transaction wrapped(
      Transaction funding, int index, Script program, Script witnessScript) {
    return Tx.spending(funding.outPoint(index), Scripts.push(program))
        .witness(witnessScript.toByteArray())
        .output(1)
        .build();
  }

  /** A signature by a key hash costs one, in P2SH too. */
  private static Scenario inKeyHashes() {
    ScenarioWriter to = ScenarioWriter.regtest("signature checks of witness key hashes");
    Script program = KEY.p2wpkh();
    Script inP2sh = Scripts.p2sh(program);
    Transaction five = to.fund(program, program, program, program, inP2sh);
    Tx spend = Tx.spending();
    for (int i = 0; i < 4; i++) {
      spend.input(five.outPoint(i), Script.EMPTY);
    }
    spend.input(five.outPoint(4), Scripts.push(program)).output(1);
    to.invalid("80,001 with five", BAD_BLK_SIGOPS, beside(to, signed(spend, five), 4));
    to.accept("79,997 with five", beside(to, signed(spend, five), 8));
    Transaction four = to.fund(program, inP2sh, program, program);
    Tx another = Tx.spending().output(1);
    for (int i = 0; i < 4; i++) {
      another.input(four.outPoint(i), i == 1 ? Scripts.push(program) : Script.EMPTY);
    }
    to.accept("80,000 with four", beside(to, signed(another, four), 4));
    to.tip("80,000 with four");
    return to.done();
  }

  /** Spends all that was funded. */
  private static Transaction signed(Tx tx, Transaction funding) {
    Transaction signed = tx.build();
    for (int i = 0; i < funding.outputs().size(); i++) {
      signed = KEY.sign(signed, i, funding.outputs());
    }
    return signed;
  }

  /** What later versions' witnesses ask for is not counted (BIP-0342 has a budget of its own). */
  private static Scenario unknownPrograms() {
    ScenarioWriter to = ScenarioWriter.regtest("witnesses whose signature checks do not count");
    Script many = checks(1000);
    Script program = ScriptPattern.witnessProgram(2, Sha256.hash(many.toByteArray()));
    Transaction funding = to.fund(program, Scripts.p2sh(program));
    to.accept("version 2", beside(to, p2wsh(funding, 0, many), 0));
    to.accept("version 2 in P2SH", beside(to, wrapped(funding, 1, program, many), 0));
    to.tip("version 2 in P2SH");
    return to.done();
  }
}
