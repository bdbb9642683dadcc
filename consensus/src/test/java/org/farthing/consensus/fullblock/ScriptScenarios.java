package org.farthing.consensus.fullblock;

import static org.farthing.consensus.script.Opcode.OP_0;
import static org.farthing.consensus.script.Opcode.OP_1;
import static org.farthing.consensus.script.Opcode.OP_CAT;
import static org.farthing.consensus.script.Opcode.OP_NOP10;
import static org.farthing.consensus.script.Opcode.OP_RETURN;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.TestKey;

/** Scripts in blocks: which rules hold there, and that those of relay do not. */
final class ScriptScenarios {
  private static final TestKey KEY = TestKey.number(9);
  private static final byte[] X_ONLY = Arrays.copyOfRange(KEY.publicKey(), 1, 33);

  private ScriptScenarios() {}

  static List<Scenario> all() {
    return List.of(bare(), payToScriptHash(), onlyForRelay(), keyPath(), scriptPath());
  }

  private static Transaction spend(OutPoint coin, String scriptSig) {
    return Tx.spending(coin, Script.of(Hex.constant(scriptSig))).output(1).build();
  }

  private static Script script(int... opcodes) {
    ScriptBuilder builder = new ScriptBuilder();
    for (int opcode : opcodes) {
      builder.op(opcode);
    }
    return builder.build();
  }

  private static Scenario bare() {
    ScenarioWriter to = ScenarioWriter.regtest("bare scripts");
    Script dead = Scripts.withDeadCode(Script.of(Hex.constant("bafdff")));
    Script disabled = Scripts.withDeadCode(script(OP_CAT));
    Transaction funding =
        to.fund(script(OP_0), script(OP_1, OP_RETURN), script(0xba), dead, disabled);
    String[] names = {"false", "OP_RETURN behind true", "an unknown instruction"};
    ScriptError[] errors = {ScriptError.EVAL_FALSE, ScriptError.OP_RETURN, ScriptError.BAD_OPCODE};
    for (int i = 0; i < names.length; i++) {
      to.invalid(names[i], errors[i], to.next().with(spend(funding.outPoint(i), "")));
    }
    to.invalid(
        "a disabled instruction in dead code",
        ScriptError.DISABLED_OPCODE,
        to.next().with(spend(funding.outPoint(4), "")));
    to.invalid(
        "an open condition",
        ScriptError.UNBALANCED_CONDITIONAL,
        to.next().with(spend(to.coin(), "5163")));
    // The first that fails is reported, and nothing of the block is kept.
    Transaction good = Tx.spending(to.coin()).output(1).build();
    to.invalid(
        "false, between two that are true",
        ScriptError.EVAL_FALSE,
        to.next().with(good, spend(funding.outPoint(0), ""), spend(funding.outPoint(3), "")));
    to.accept(
        "unknown instructions in dead code", to.next().with(spend(funding.outPoint(3), ""), good));
    to.tip("unknown instructions in dead code");
    return to.done();
  }

  private static Scenario payToScriptHash() {
    ScenarioWriter to = ScenarioWriter.regtest("pay to script hash");
    Script pushTrue = script(OP_1);
    Script pushFalse = script(OP_0);
    Transaction funding = to.fund(Scripts.p2sh(pushTrue), Scripts.p2sh(pushFalse));
    to.invalid(
        "another script",
        ScriptError.EVAL_FALSE,
        to.next().with(spend(funding.outPoint(0), "0152")));
    to.invalid(
        "the right script, which is false",
        ScriptError.EVAL_FALSE,
        to.next().with(spend(funding.outPoint(1), "0100")));
    to.invalid(
        "more than pushes",
        ScriptError.SIG_PUSHONLY,
        to.next().with(spend(funding.outPoint(0), "610151")));
    to.invalid(
        "nothing at all",
        ScriptError.INVALID_STACK_OPERATION,
        to.next().with(spend(funding.outPoint(0), "")));
    to.accept("the script", to.next().with(spend(funding.outPoint(0), "0151")));
    to.tip("the script");
    return to.done();
  }

  /** Blocks may have what nodes do not relay. */
  private static Scenario onlyForRelay() {
    ScenarioWriter to = ScenarioWriter.regtest("rules that are no rules for blocks");
    byte[] uncompressed = Secp256k1.uncompressed(KEY.publicKey());
    Script byKeyHash = ScriptPattern.p2wpkh(Hash160.hash(uncompressed));
    Transaction funding =
        to.fund(
            script(OP_NOP10, OP_1),
            script(OP_1),
            script(OP_1),
            byKeyHash,
            ScriptPattern.p2wsh(Script.of(Hex.constant("635168"))));
    to.accept("a NOP with a future", to.next().with(spend(funding.outPoint(0), "")));
    to.accept("more than one item left", to.next().with(spend(funding.outPoint(1), "5151")));
    to.accept("a long push", to.next().with(spend(funding.outPoint(2), "4e0100000001")));
    to.accept("an uncompressed key", to.next().with(byKeyHash(funding, uncompressed)));
    to.accept(
        "a condition of 2",
        to.next()
            .with(
                Tx.spending(funding.outPoint(4))
                    .witness(new byte[] {2}, Hex.constant("635168"))
                    .output(1)
                    .build()));
    to.tip("a condition of 2");
    return to.done();
  }

  private static Transaction byKeyHash(Transaction funding, byte[] publicKey) {
    Transaction unsigned = Tx.spending(funding.outPoint(3)).output(1).build();
    Script code = ScriptPattern.p2pkh(Hash160.hash(publicKey));
    byte[] hash =
        SigHash.segwit(
            PrecomputedTransaction.of(unsigned, List.of(funding.outputs().get(3))),
            0,
            code,
            SigHashType.ALL);
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, KEY.privateKey()));
    byte[] signature = new ByteWriter().bytes(der).uint8(SigHashType.ALL).toByteArray();
    return Tx.spending(funding.outPoint(3)).witness(signature, publicKey).output(1).build();
  }

  private static Scenario keyPath() {
    ScenarioWriter to = ScenarioWriter.regtest("taproot's key path");
    Transaction funding = to.fund(ScriptPattern.p2tr(X_ONLY), ScriptPattern.p2tr(X_ONLY));
    byte[] signature = schnorr(funding, 0);
    to.invalid(
        "no witness",
        ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY,
        to.next().with(Tx.spending(funding.outPoint(0)).output(1).build()));
    byte[] wrong = signature.clone();
    wrong[63] ^= 1;
    byte[] longer = Arrays.copyOf(signature, 65);
    witness(to, "a wrong signature", ScriptError.SCHNORR_SIG, funding, wrong);
    witness(to, "63 bytes", ScriptError.SCHNORR_SIG_SIZE, funding, Arrays.copyOf(wrong, 63));
    witness(to, "type 0, written", ScriptError.SCHNORR_SIG_HASHTYPE, funding, longer);
    witness(to, "another coin's", ScriptError.SCHNORR_SIG, funding, schnorr(funding, 1));
    to.accept(
        "the signature",
        to.next().with(Tx.spending(funding.outPoint(0)).witness(signature).output(1).build()));
    to.tip("the signature");
    return to.done();
  }

  private static void witness(
      ScenarioWriter to, String what, ScriptError error, Transaction funding, byte[] signature) {
    to.invalid(
        what,
        error,
        to.next().with(Tx.spending(funding.outPoint(0)).witness(signature).output(1).build()));
  }

  private static byte[] schnorr(Transaction funding, int index) {
    Transaction unsigned = Tx.spending(funding.outPoint(index)).output(1).build();
    List<TxOut> spent = List.of(funding.outputs().get(index));
    byte[] hash =
        SigHash.taproot(PrecomputedTransaction.of(unsigned, spent), 0, SigHashType.DEFAULT)
            .orElseThrow();
    return Secp256k1.signSchnorr(hash, KEY.privateKey(), new byte[32]);
  }

  private static Scenario scriptPath() {
    ScenarioWriter to = ScenarioWriter.regtest("taproot's script path");
    Script no = script(OP_0);
    // An instruction of BIP-0342's kind that makes all of the script valid.
    Script success = script(OP_RETURN, 0x50);
    Leaf good = Leaf.of(Taproot.LEAF_TAPSCRIPT, BlockDraft.ANYONE);
    Leaf bad = Leaf.of(Taproot.LEAF_TAPSCRIPT, no);
    Leaf unknown = Leaf.of(0xc2, no);
    Leaf open = Leaf.of(Taproot.LEAF_TAPSCRIPT, success);
    Transaction funding = to.fund(good.output(), bad.output(), unknown.output(), open.output());
    to.invalid("false", ScriptError.EVAL_FALSE, to.next().with(bad.spend(funding, 1)));
    to.invalid(
        "a script that is not in the tree",
        ScriptError.WITNESS_PROGRAM_MISMATCH,
        to.next().with(bad.spend(funding, 0)));
    to.invalid(
        "a control block of 34 bytes",
        ScriptError.TAPROOT_WRONG_CONTROL_SIZE,
        to.next()
            .with(
                Tx.spending(funding.outPoint(0))
                    .witness(new byte[] {0x51}, new byte[34])
                    .output(1)
                    .build()));
    to.accept("true", to.next().with(good.spend(funding, 0)));
    to.accept("an unknown leaf version", to.next().with(unknown.spend(funding, 2)));
    to.accept("OP_SUCCESS behind OP_RETURN", to.next().with(open.spend(funding, 3)));
    to.tip("OP_SUCCESS behind OP_RETURN");
    return to.done();
  }

  /** A script that is the only one in its tree. */
  private record Leaf(int version, Script code) {
    static Leaf of(int version, Script code) {
      return new Leaf(version, code);
    }

    private byte[] outputKey() {
      return Taproot.outputKey(X_ONLY, Taproot.leafHash(version, code));
    }

    Script output() {
      return ScriptPattern.p2tr(Arrays.copyOfRange(outputKey(), 1, 33));
    }

    Transaction spend(Transaction funding, int index) {
      byte[] control =
          new ByteWriter().uint8(version | (outputKey()[0] & 1)).bytes(X_ONLY).toByteArray();
      return Tx.spending(funding.outPoint(index))
          .witness(code.toByteArray(), control)
          .output(1)
          .build();
    }
  }
}
