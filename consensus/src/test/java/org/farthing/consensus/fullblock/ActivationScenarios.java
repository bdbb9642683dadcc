package org.farthing.consensus.fullblock;

import static org.farthing.consensus.script.Opcode.OP_1;
import static org.farthing.consensus.script.Opcode.OP_CHECKLOCKTIMEVERIFY;
import static org.farthing.consensus.script.Opcode.OP_CHECKMULTISIG;
import static org.farthing.consensus.script.Opcode.OP_CHECKSEQUENCEVERIFY;
import static org.farthing.consensus.script.Opcode.OP_DROP;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.testing.TestKey;

/**
 * Rules for scripts that came with a deployment: in the last block before it they do not hold, in
 * the next they do.
 */
final class ActivationScenarios {
  /** One block funds, one is the last without the rule, and this one is the first with it. */
  private static final int HEIGHT = ScenarioWriter.BASE + 3;

  private static final TestKey KEY = TestKey.number(6);

  private ActivationScenarios() {}

  static List<Scenario> all() {
    return List.of(strictDer(), lockTimeVerify(), sequenceVerify(), nullDummy());
  }

  private static ScenarioWriter before(String name, Deployment deployment) {
    ConsensusParams params = ConsensusParams.regtest().withActivationHeight(deployment, HEIGHT);
    return ScenarioWriter.withBase(name, params, ScenarioWriter.BASE);
  }

  /** BIP-0066: a number in a signature has no more zeros in front than its sign needs. */
  private static Scenario strictDer() {
    ScenarioWriter to = before("strict DER from BIP66 on", Deployment.BIP66);
    Script locked = ScriptPattern.p2pk(KEY.publicKey());
    Transaction funding = to.fund(locked, locked, locked);
    to.accept("padded, before", to.next().with(signed(funding, 0, true)));
    Transaction padded = signed(funding, 1, true);
    to.invalid("padded, in force", ScriptError.SIG_DER, to.next().with(padded));
    to.accept("strict, in force", to.next().with(signed(funding, 1, false)));
    Transaction empty =
        Tx.spending(funding.outPoint(2), new ScriptBuilder().push(new byte[0]).build())
            .output(1)
            .build();
    to.invalid("empty: no signature, and no error", ScriptError.EVAL_FALSE, to.next().with(empty));
    to.tip("strict, in force");
    return to.done();
  }

  private static Transaction signed(Transaction funding, int index, boolean padded) {
    Transaction unsigned = Tx.spending(funding.outPoint(index)).output(1).build();
    Script code = funding.outputs().get(index).scriptPubKey();
    byte[] hash = SigHash.legacy(unsigned, 0, code, SigHashType.ALL);
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, KEY.privateKey()));
    byte[] signature =
        new ByteWriter().bytes(padded ? padded(der) : der).uint8(SigHashType.ALL).toByteArray();
    return Tx.spending(funding.outPoint(index), new ScriptBuilder().push(signature).build())
        .output(1)
        .build();
  }

  /** One more zero before the first number: 30 length 02 length number …. */
  private static byte[] padded(byte[] der) {
    return new ByteWriter()
        .uint8(der[0])
        .uint8(der[1] + 1)
        .uint8(der[2])
        .uint8(der[3] + 1)
        .uint8(0)
        .bytes(Arrays.copyOfRange(der, 4, der.length))
        .toByteArray();
  }

  /** BIP-0065: the lock time of the spend is at least the script's, of its kind, and in force. */
  private static Scenario lockTimeVerify() {
    ScenarioWriter to = before("OP_CHECKLOCKTIMEVERIFY from BIP65 on", Deployment.BIP65);
    Script hundred = verify(100, OP_CHECKLOCKTIMEVERIFY);
    Script time = verify(500_000_000, OP_CHECKLOCKTIMEVERIFY);
    Script negative = verify(-1, OP_CHECKLOCKTIMEVERIFY);
    Transaction funding = to.fund(hundred, hundred, time, negative);
    to.accept("99 of 100, before", to.next().with(locked(funding.outPoint(0), 99)));
    OutPoint coin = funding.outPoint(1);
    ScriptError unsatisfied = ScriptError.UNSATISFIED_LOCKTIME;
    to.invalid("99 of 100", unsatisfied, to.next().with(locked(coin, 99)));
    to.invalid("a time for a height", unsatisfied, to.next().with(locked(coin, 500_000_000)));
    to.invalid(
        "100 of 100, switched off",
        unsatisfied,
        to.next().with(Tx.spending(coin).sequence(Sequence.FINAL).lockTime(100).output(1).build()));
    to.invalid(
        "a height for a time", unsatisfied, to.next().with(locked(funding.outPoint(2), 100)));
    to.invalid(
        "a negative one",
        ScriptError.NEGATIVE_LOCKTIME,
        to.next().with(locked(funding.outPoint(3), 100)));
    to.accept(
        "100 of 100, and a time of a time",
        to.next().with(locked(coin, 100), locked(funding.outPoint(2), 500_000_000)));
    to.tip("100 of 100, and a time of a time");
    return to.done();
  }

  private static Script verify(long number, int opcode) {
    return new ScriptBuilder().number(number).op(opcode).op(OP_DROP).op(OP_1).build();
  }

  private static Transaction locked(OutPoint coin, long lockTime) {
    return Tx.spending(coin).lockTime(lockTime).output(1).build();
  }

  /** BIP-0112: the same for the relative lock time of the input. */
  private static Scenario sequenceVerify() {
    ScenarioWriter to = before("OP_CHECKSEQUENCEVERIFY from CSV on", Deployment.CSV);
    Script two = verify(2, OP_CHECKSEQUENCEVERIFY);
    Script disabled = verify(0x80000000L, OP_CHECKSEQUENCEVERIFY);
    Transaction funding = to.fund(two, two, disabled);
    to.accept("1 of 2, before", to.next().with(waiting(funding.outPoint(0), 1)));
    OutPoint coin = funding.outPoint(1);
    ScriptError unsatisfied = ScriptError.UNSATISFIED_LOCKTIME;
    to.invalid("1 of 2", unsatisfied, to.next().with(waiting(coin, 1)));
    to.invalid(
        "2 units of time, which have passed, for 2 blocks",
        unsatisfied,
        to.next().with(waiting(coin, 1 << 22 | 2)));
    to.invalid("2 of 2, switched off", unsatisfied, to.next().with(waiting(coin, 2 | 1 << 31)));
    to.invalid(
        "2 of 2, in version 1",
        unsatisfied,
        to.next().with(Tx.spending(coin).sequence(2).version(1).output(1).build()));
    to.accept(
        "2 of 2, and a number that asks for nothing",
        to.next().with(waiting(coin, 2), waiting(funding.outPoint(2), 0)));
    to.tip("2 of 2, and a number that asks for nothing");
    return to.done();
  }

  private static Transaction waiting(OutPoint coin, int sequence) {
    return Tx.spending(coin).sequence(sequence).output(1).build();
  }

  /** BIP-0147: the item that a multisig takes too many is empty. */
  private static Scenario nullDummy() {
    ScenarioWriter to = before("an empty dummy from segwit on", Deployment.SEGWIT);
    Script none = new ScriptBuilder().number(0).number(0).op(OP_CHECKMULTISIG).build();
    Transaction funding = to.fund(none, none);
    to.accept("1 as the dummy, before", to.next().with(dummy(funding.outPoint(0), "51")));
    OutPoint coin = funding.outPoint(1);
    to.invalid("1 as the dummy", ScriptError.SIG_NULLDUMMY, to.next().with(dummy(coin, "51")));
    to.invalid("a zero byte", ScriptError.SIG_NULLDUMMY, to.next().with(dummy(coin, "0100")));
    to.accept("nothing as the dummy", to.next().with(dummy(coin, "00")));
    to.tip("nothing as the dummy");
    return to.done();
  }

  private static Transaction dummy(OutPoint coin, String scriptSig) {
    Script push = Script.of(Hex.constant(scriptSig));
    return Tx.spending(coin, push).output(1).build();
  }
}
