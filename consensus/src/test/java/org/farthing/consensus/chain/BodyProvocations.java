package org.farthing.consensus.chain;

import static org.farthing.consensus.validation.RejectReason.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.validation.CoinbaseHeight;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;

/** Bodies of blocks that are refused. */
final class BodyProvocations {
  private static final int OP_CHECKSIG = 0xac;

  private BodyProvocations() {}

  static List<Provocation> all() {
    return List.of(
        Provocation.block(
            BAD_TXNMRKLROOT, "no root", chain -> chain.draft().merkleRoot(MerkleRoot.ZERO)),
        Provocation.block(
            BAD_TXNS_DUPLICATE,
            "the last of three twice",
            chain ->
                chain
                    .draft()
                    .with(anyone(chain, 1), anyone(chain, 2))
                    .changeBody(
                        body -> List.of(body.get(0), body.get(1), body.get(2), body.get(2)))),
        Provocation.block(
            BAD_BLK_LENGTH,
            "no transactions",
            chain -> chain.draft().merkleRoot(MerkleRoot.ZERO).changeBody(body -> List.of())),
        Provocation.block(
            BAD_BLK_LENGTH,
            "a megabyte without witnesses",
            chain -> chain.draft().coinbaseOutput(new TxOut(0, Script.of(new byte[1_000_000])))),
        Provocation.block(
            BAD_CB_MISSING,
            "a payment in its place",
            chain -> chain.draft().changeCoinbase(coinbase -> anyone(chain, 1))),
        Provocation.block(
            BAD_CB_MULTIPLE,
            "one more",
            chain -> chain.draft().with(chain.block(1).transactions().get(0))),
        Provocation.block(
            BAD_CB_HEIGHT,
            "the next one",
            chain -> chain.draft().coinbaseScript(CoinbaseHeight.push(chain.tip().height() + 2))),
        Provocation.block(
            BAD_WITNESS_NONCE_SIZE,
            "31 bytes",
            chain -> chain.draft().changeBody(coinbaseWitness(Witness.of(new byte[31])))),
        Provocation.block(
            BAD_WITNESS_NONCE_SIZE,
            "two items",
            chain ->
                chain.draft().changeBody(coinbaseWitness(Witness.of(new byte[32], new byte[32])))),
        Provocation.block(
            BAD_WITNESS_MERKLE_MATCH,
            "another reserved value",
            chain -> chain.draft().changeBody(coinbaseWitness(Witness.of(filled(32, 1))))),
        Provocation.block(
            UNEXPECTED_WITNESS,
            "no commitment",
            chain ->
                chain
                    .draft()
                    .withoutCommitment()
                    .with(chain.spend(chain.coinbase(11), BlockDraft.ANYONE, 1))),
        Provocation.block(
            BAD_BLK_WEIGHT,
            "four megabytes of witness",
            chain -> chain.draft().with(withWitness(anyone(chain, 1), 4_000_000))),
        Provocation.block(
            BAD_BLK_SIGOPS,
            "20,001 in an output",
            chain ->
                chain.draft().coinbaseOutput(new TxOut(0, Script.of(filled(20_001, OP_CHECKSIG))))),
        Provocation.block(
            BAD_CB_LENGTH,
            "one byte",
            chain -> chain.draft().coinbaseScript(Script.of(new byte[1]))),
        Provocation.block(
            BAD_CB_LENGTH,
            "101 bytes",
            chain ->
                chain
                    .draft()
                    .coinbaseScript(
                        Script.of(
                            new ByteWriter()
                                .bytes(CoinbaseHeight.push(chain.tip().height() + 1).toByteArray())
                                .bytes(new byte[99])
                                .toByteArray()))),
        Provocation.block(BAD_CB_AMOUNT, "a satoshi too many", chain -> chain.draft().fees(1)),
        new Provocation(BAD_TXNS_BIP30, "a coinbase twice", chain -> sameCoinbaseTwice()));
  }

  static Transaction anyone(ChainBuilder chain, int height) {
    return ChainBuilder.spendAnyone(
        List.of(chain.coinbase(height)), new TxOut(1, BlockDraft.ANYONE));
  }

  static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static UnaryOperator<List<Transaction>> coinbaseWitness(Witness witness) {
    return body -> {
      List<Transaction> changed = new ArrayList<>(body);
      changed.set(0, withWitness(body.get(0), witness));
      return changed;
    };
  }

  private static Transaction withWitness(Transaction tx, int size) {
    return withWitness(tx, Witness.of(new byte[size]));
  }

  private static Transaction withWitness(Transaction tx, Witness witness) {
    return new Transaction(
        tx.version(),
        List.of(tx.inputs().get(0).withWitness(witness)),
        tx.outputs(),
        tx.lockTime());
  }

  /** Where BIP-0034 is not in force, two coinbases can be the same. */
  private static Verdict sameCoinbaseTwice() {
    ConsensusParams params = ConsensusParams.regtest().withActivationHeight(Deployment.BIP34, 1000);
    try (ChainBuilder chain = ChainBuilder.on(params)) {
      Transaction coinbase =
          new Transaction(
              1,
              List.of(new TxIn(OutPoint.NULL, Script.of(new byte[2]), Sequence.FINAL)),
              List.of(new TxOut(1, BlockDraft.ANYONE)),
              0);
      chain.add(sameCoinbase(chain, coinbase));
      return chain.offer(sameCoinbase(chain, coinbase));
    }
  }

  private static Block sameCoinbase(ChainBuilder chain, Transaction coinbase) {
    return chain.draft().changeCoinbase(made -> coinbase).build();
  }
}
