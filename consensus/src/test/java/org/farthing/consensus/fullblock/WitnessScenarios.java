package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_WITNESS_MERKLE_MATCH;
import static org.farthing.consensus.validation.RejectReason.BAD_WITNESS_NONCE_SIZE;
import static org.farthing.consensus.validation.RejectReason.UNEXPECTED_WITNESS;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.TestKey;

/**
 * The commitment to witnesses (BIP-0141). Witnesses do not change a block's hash, so whoever sends
 * the wrong ones must not spoil the header for the right ones.
 */
final class WitnessScenarios {
  private static final TestKey KEY = TestKey.number(8);
  private static final Script PROGRAM = KEY.p2wpkh();
  private static final byte[] ZEROS = new byte[32];
  private static final byte[] PREFIX = Hex.constant("6a24aa21a9ed");

  private WitnessScenarios() {}

  static List<Scenario> all() {
    return List.of(
        missingCommitment(),
        reservedValue(),
        severalCommitments(),
        formOfTheCommitment(),
        changedOnTheWay(),
        beforeActivation(),
        unspentWitness());
  }

  private static Transaction spend(Transaction funding, int index) {
    Transaction unsigned = Tx.spending(funding.outPoint(index)).output(1).build();
    return KEY.sign(unsigned, 0, List.of(funding.outputs().get(index)));
  }

  private static Scenario missingCommitment() {
    ScenarioWriter to = ScenarioWriter.regtest("witnesses without a commitment");
    Transaction funding = to.fund(PROGRAM);
    Transaction spend = spend(funding, 0);
    to.refuseBody("a witness", UNEXPECTED_WITNESS, to.next().withoutCommitment().with(spend));
    to.refuseBody(
        "a reserved value",
        UNEXPECTED_WITNESS,
        to.next()
            .withoutCommitment()
            .changeCoinbase(made -> Tx.withWitness(made, Witness.of(ZEROS))));
    to.accept("no witness and no commitment", to.next().withoutCommitment());
    to.accept("no witness, and a commitment", to.next());
    to.accept("a witness and a commitment", to.next().with(spend));
    to.tip("a witness and a commitment");
    return to.done();
  }

  private static Scenario reservedValue() {
    ScenarioWriter to = ScenarioWriter.regtest("a reserved value of 32 bytes");
    Transaction funding = to.fund(PROGRAM);
    Transaction spend = spend(funding, 0);
    Block honest = to.next().with(spend).build();
    reserved(to, "no item", honest, Witness.EMPTY);
    reserved(to, "31 bytes", honest, Witness.of(new byte[31]));
    reserved(to, "33 bytes", honest, Witness.of(new byte[33]));
    reserved(to, "no bytes", honest, Witness.of(new byte[0]));
    reserved(to, "two items", honest, Witness.of(ZEROS, ZEROS));
    reserved(to, "an empty item behind it", honest, Witness.of(ZEROS, new byte[0]));
    byte[] other = Scripts.repeat(7, 32).toByteArray();
    to.refuseBody(
        "another one than the commitment's",
        BAD_WITNESS_MERKLE_MATCH,
        withReserved(honest, Witness.of(other)));
    to.accept("zeros", honest);
    to.accept("sevens, committed to", committing(to.next(), other));
    to.tip("sevens, committed to");
    return to.done();
  }

  private static void reserved(ScenarioWriter to, String what, Block honest, Witness witness) {
    to.refuseBody(what, BAD_WITNESS_NONCE_SIZE, withReserved(honest, witness));
  }

  private static Block withReserved(Block block, Witness witness) {
    List<Transaction> body = new ArrayList<>(block.transactions());
    body.set(0, Tx.withWitness(body.get(0), witness));
    return new Block(block.header(), body);
  }

  /** A draft whose coinbase commits to witnesses and to this reserved value. */
  private static BlockDraft committing(
      BlockDraft draft, byte[] reserved, Transaction... transactions) {
    List<Transaction> body = new ArrayList<>(List.of(draft.build().transactions().get(0)));
    body.addAll(List.of(transactions));
    return draft
        .withoutCommitment()
        .with(transactions)
        .coinbaseOutput(new TxOut(0, commitment(body, reserved)))
        .changeCoinbase(made -> Tx.withWitness(made, Witness.of(reserved)));
  }

  /** Worked out here anew: OP_RETURN, a push of 36 bytes, the tag, the hash. */
  private static Script commitment(List<Transaction> body, byte[] reserved) {
    byte[] root = MerkleTree.ofWtxids(body).toByteArray();
    byte[] hash = Sha256.doubleHash(new ByteWriter().bytes(root).bytes(reserved).toByteArray());
    return Script.of(new ByteWriter().bytes(PREFIX).bytes(hash).toByteArray());
  }

  private static Scenario severalCommitments() {
    ScenarioWriter to = ScenarioWriter.regtest("the last of several commitments");
    TxOut wrong = new TxOut(0, Script.of(Hex.constant("6a24aa21a9ed" + "00".repeat(32))));
    Transaction funding = to.fund(PROGRAM);
    Transaction spend = spend(funding, 0);
    to.refuseBody(
        "the right one, then a wrong one",
        BAD_WITNESS_MERKLE_MATCH,
        to.next().with(spend).changeCoinbase(made -> plus(made, wrong)));
    // The draft puts its own commitment behind all other outputs.
    to.accept("a wrong one, then the right one", to.next().with(spend).coinbaseOutput(wrong));
    TxOut short37 = new TxOut(0, Script.of(Hex.constant("6a24aa21a9ed" + "00".repeat(31))));
    to.accept(
        "the right one, then one too short", to.next().changeCoinbase(made -> plus(made, short37)));
    to.tip("the right one, then one too short");
    return to.done();
  }

  private static Transaction plus(Transaction coinbase, TxOut output) {
    List<TxOut> outputs = new ArrayList<>(coinbase.outputs());
    outputs.add(output);
    return new Transaction(coinbase.version(), coinbase.inputs(), outputs, coinbase.lockTime());
  }

  private static Scenario formOfTheCommitment() {
    ScenarioWriter to = ScenarioWriter.regtest("what a commitment looks like");
    Transaction funding = to.fund(PROGRAM);
    Transaction spend = spend(funding, 0);
    for (String other : List.of("6a24aa21a9ee", "6a25aa21a9ed", "0024aa21a9ed", "6a4c24aa21a9ed")) {
      to.refuseBody(
          "begins with " + other,
          UNEXPECTED_WITNESS,
          to.next().with(spend).changeCoinbase(made -> restyled(made, Hex.constant(other), 0)));
    }
    to.accept(
        "with 20 bytes behind it",
        to.next().with(spend).changeCoinbase(made -> restyled(made, PREFIX, 20)));
    TxOut rich = new TxOut(1, Script.of(Hex.constant("6a24aa21a9ed" + "11".repeat(32))));
    to.refuseBody(
        "a wrong one, with money",
        BAD_WITNESS_MERKLE_MATCH,
        to.next().fees(-1).changeCoinbase(made -> plus(made, rich)));
    to.tip("with 20 bytes behind it");
    return to.done();
  }

  /** The commitment, its last output, with another beginning and zeros behind it. */
  private static Transaction restyled(Transaction coinbase, byte[] prefix, int more) {
    List<TxOut> outputs = new ArrayList<>(coinbase.outputs());
    Script script = outputs.remove(outputs.size() - 1).scriptPubKey();
    byte[] hash = script.slice(PREFIX.length, PREFIX.length + 32);
    byte[] restyled =
        new ByteWriter().bytes(prefix).bytes(hash).bytes(new byte[more]).toByteArray();
    outputs.add(new TxOut(0, Script.of(restyled)));
    return new Transaction(coinbase.version(), coinbase.inputs(), outputs, coinbase.lockTime());
  }

  private static Scenario changedOnTheWay() {
    ScenarioWriter to = ScenarioWriter.regtest("witnesses changed on the way");
    Transaction funding = to.fund(PROGRAM, PROGRAM);
    Block honest = to.next().with(spend(funding, 0), spend(funding, 1)).build();
    List<Transaction> body = honest.transactions();
    changed(to, "the last without its witness", honest, 2, body.get(2).withoutWitness());
    changed(to, "the first without its witness", honest, 1, body.get(1).withoutWitness());
    byte[] signature = body.get(1).inputs().get(0).witness().item(0);
    byte[] key = body.get(1).inputs().get(0).witness().item(1);
    changed(to, "one more item", honest, 1, withItems(body.get(1), signature, key, new byte[0]));
    byte[] flipped = signature.clone();
    flipped[10] ^= 1;
    changed(to, "a bit of the signature", honest, 1, withItems(body.get(1), flipped, key));
    to.refuseBody(
        "no witness at all",
        BAD_WITNESS_NONCE_SIZE,
        new Block(honest.header(), body.stream().map(Transaction::withoutWitness).toList()));
    to.accept("as it was made", honest);
    to.tip("as it was made");
    return to.done();
  }

  private static Transaction withItems(Transaction tx, byte[]... items) {
    return Tx.withWitness(tx, Witness.of(items));
  }

  private static void changed(
      ScenarioWriter to, String what, Block honest, int index, Transaction tx) {
    List<Transaction> body = new ArrayList<>(honest.transactions());
    body.set(index, tx);
    to.refuseBody(what, BAD_WITNESS_MERKLE_MATCH, new Block(honest.header(), body));
  }

  /** Until segwit nothing commits to witnesses, so there can be none; their rules hold already. */
  private static Scenario beforeActivation() {
    int height = ScenarioWriter.BASE + 4;
    ConsensusParams params =
        ConsensusParams.regtest().withActivationHeight(Deployment.SEGWIT, height);
    ScenarioWriter to =
        ScenarioWriter.withBase("witnesses from segwit on", params, ScenarioWriter.BASE);
    Transaction funding = to.fund(PROGRAM);
    Transaction spend = spend(funding, 0);
    TxOut wrong = new TxOut(0, Script.of(Hex.constant("6a24aa21a9ed" + "00".repeat(32))));
    to.refuseBody("a witness", UNEXPECTED_WITNESS, to.next().with(spend));
    to.refuseBody(
        "a witness and its commitment", UNEXPECTED_WITNESS, committing(to.next(), ZEROS, spend));
    to.invalid(
        "a program without its witness",
        ScriptError.WITNESS_PROGRAM_MISMATCH,
        to.next().with(spend.withoutWitness()));
    to.accept("a commitment that nobody reads", to.next().coinbaseOutput(wrong));
    to.accept("the last block before", to.next());
    to.refuseBody(
        "a commitment without reserved value",
        BAD_WITNESS_NONCE_SIZE,
        to.next().withoutCommitment().coinbaseOutput(wrong));
    to.accept("a witness, in force", to.next().with(spend));
    to.tip("a witness, in force");
    return to.done();
  }

  /** Where a witness stands that no program asks for, and where one is wanted. */
  private static Scenario unspentWitness() {
    ScenarioWriter to = ScenarioWriter.regtest("witnesses and what they are for");
    Script inP2sh = Scripts.p2sh(PROGRAM);
    Transaction funding = to.fund(PROGRAM, inP2sh, ScriptPattern.p2wsh(BlockDraft.ANYONE));
    Transaction bare = Tx.spending(to.coin()).witness(new byte[1]).output(1).build();
    to.invalid("for a bare script", ScriptError.WITNESS_UNEXPECTED, to.next().with(bare));
    to.invalid(
        "none for a program",
        ScriptError.WITNESS_PROGRAM_MISMATCH,
        to.next().with(spend(funding, 0).withoutWitness()));
    to.invalid(
        "none for a script's hash",
        ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY,
        to.next().with(Tx.spending(funding.outPoint(2)).output(1).build()));
    to.invalid(
        "a script with another hash",
        ScriptError.WITNESS_PROGRAM_MISMATCH,
        to.next()
            .with(Tx.spending(funding.outPoint(2)).witness(new byte[] {0x52}).output(1).build()));
    Transaction talkative =
        Tx.spending(funding.outPoint(2), Scripts.repeat(0x51, 1))
            .witness(new byte[] {0x51})
            .output(1)
            .build();
    to.invalid("and a script too", ScriptError.WITNESS_MALLEATED, to.next().with(talkative));
    Transaction unsigned =
        Tx.spending(funding.outPoint(1), Scripts.push(PROGRAM)).output(1).build();
    Transaction wrapped = KEY.sign(unsigned, 0, List.of(funding.outputs().get(1)));
    Transaction anyone =
        Tx.spending(funding.outPoint(2)).witness(new byte[] {0x51}).output(1).build();
    to.accept("as wanted", to.next().with(spend(funding, 0), wrapped, anyone));
    to.tip("as wanted");
    return to.done();
  }
}
