package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_CB_MISSING;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNMRKLROOT;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_DUPLICATE;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_INPUTS_MISSINGORSPENT;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;

/** Whether a body is the one that the header names; one that is not never condemns the header. */
final class MerkleScenarios {
  /** Transactions in the largest block of which a part is repeated. */
  private static final int MOST = 13;

  private static final int FOUND = 552_308;

  private MerkleScenarios() {}

  static List<Scenario> all() {
    return List.of(wrongRoot(), repeatedNodes(), repeatedTransactions(), nodesAsTransactions());
  }

  private static Scenario wrongRoot() {
    ScenarioWriter to = ScenarioWriter.regtest("a body that is not the header's");
    to.refuseBody("a root of zeros", BAD_TXNMRKLROOT, to.next().merkleRoot(MerkleRoot.ZERO));
    Block honest = to.next().with(chained(to.coin(), 3)).build();
    List<Transaction> body = honest.transactions();
    to.refuseBody("without the last", BAD_TXNMRKLROOT, with(honest, body.subList(0, 3)));
    List<Transaction> swapped = new ArrayList<>(body);
    Collections.swap(swapped, 2, 3);
    to.refuseBody("in another order", BAD_TXNMRKLROOT, with(honest, swapped));
    to.refuseBody(
        "with one more", BAD_TXNMRKLROOT, with(honest, plus(body, chained(to.coin(), 1))));
    to.refuseBody("the first twice", BAD_TXNMRKLROOT, with(honest, plus(body.subList(0, 1), body)));
    to.refuseBody("empty", BAD_TXNMRKLROOT, with(honest, List.of()));
    to.accept("honest", honest);
    to.tip("honest");
    return to.done();
  }

  private static Block with(Block block, List<Transaction> body) {
    return new Block(block.header(), body);
  }

  private static List<Transaction> plus(List<Transaction> first, List<Transaction> then) {
    List<Transaction> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  /** Transactions of which each spends the one before. */
  private static List<Transaction> chained(OutPoint coin, int count) {
    List<Transaction> chained = new ArrayList<>();
    OutPoint last = coin;
    for (int i = 0; i < count; i++) {
      Transaction tx = Tx.spending(last).output(1000 - i).build();
      chained.add(tx);
      last = tx.outPoint(0);
    }
    return chained;
  }

  /**
   * CVE-2012-2459: where a level of the tree has an odd number of nodes, what stands under the last
   * can be repeated, and the root stays the same. All such bodies, of all small blocks.
   */
  private static Scenario repeatedNodes() {
    ScenarioWriter to = ScenarioWriter.regtest("nodes of the merkle tree repeated");
    for (int size = 2; size <= MOST; size++) {
      Block honest = to.next().with(chained(to.coin(), size - 1)).build();
      int levelSize = size;
      for (int level = 0; levelSize > 1; level++) {
        if (levelSize % 2 == 1) {
          List<Transaction> body = honest.transactions();
          int leaves = 1 << level;
          int start = (size - 1) / leaves * leaves;
          to.refuseBody(
              "of %d, those under the last node of level %d".formatted(size, level),
              BAD_TXNS_DUPLICATE,
              with(honest, repeated(body, start, leaves)));
        }
        levelSize = (levelSize + 1) / 2;
      }
      to.accept(size + " transactions", honest);
    }
    to.tip(MOST + " transactions");
    return to.done();
  }

  /**
   * Fills the last node's leaves up as the tree does, by repeating, and repeats the node.
   *
   * @param start the first leaf under the node
   */
  private static List<Transaction> repeated(List<Transaction> body, int start, int leaves) {
    List<Transaction> node = new ArrayList<>(body.subList(start, body.size()));
    for (int width = 1; node.size() < leaves; width *= 2) {
      if (node.size() / width % 2 == 1) {
        node.addAll(List.copyOf(node.subList(node.size() - width, node.size())));
      }
    }
    return plus(plus(body.subList(0, start), node), node);
  }

  /** Repetitions that are the miner's own, so that the root is theirs. */
  private static Scenario repeatedTransactions() {
    ScenarioWriter to = ScenarioWriter.regtest("transactions repeated by the miner");
    Transaction one = chained(to.coin(), 1).get(0);
    Transaction other = chained(to.coin(), 1).get(0);
    to.refuseBody("neighbours in the tree", BAD_TXNS_DUPLICATE, to.next().with(other, one, one));
    // Not under one node, so that only the coins tell.
    to.invalid(
        "neighbours in the block only",
        BAD_TXNS_INPUTS_MISSINGORSPENT,
        to.next().with(one, one, other));
    to.invalid("apart", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(one, other, one));
    to.accept("each once", to.next().with(one, other));
    to.tip("each once");
    return to.done();
  }

  /**
   * Two transactions whose identifiers, one after the other, are 64 bytes that read as a
   * transaction: a body of that one alone has the root of the two. Its header must not pay for it.
   */
  private static Scenario nodesAsTransactions() {
    ScenarioWriter to = ScenarioWriter.regtest("a node of the merkle tree passed off");
    Transaction spend = secondHalf(to.coin());
    Block honest = null;
    Transaction forged = null;
    while (forged == null) {
      honest = to.next().with(spend).build();
      forged = readNode(honest);
    }
    to.refuseBody("the node as a transaction", BAD_CB_MISSING, with(honest, List.of(forged)));
    to.accept("honest", honest);
    to.tip("honest");
    return to.done();
  }

  /** The node above the only two transactions, if it reads as one. */
  private static Transaction readNode(Block block) {
    ByteWriter node = new ByteWriter();
    for (Transaction tx : block.transactions()) {
      node.bytes(tx.txid().toByteArray());
    }
    try {
      return Transaction.decode(node.toByteArray());
    } catch (DecodeException e) {
      return null;
    }
  }

  /**
   * A spend whose identifier reads as the second half of a transaction with one input and one
   * output: at the right places stand the lengths of two scripts, four bytes together, and the
   * number of outputs. One in three million does. The search begins at the number that was found
   * for the present base, and looks for another if the base has changed.
   */
  private static Transaction secondHalf(OutPoint coin) {
    for (int number = FOUND; ; number++) {
      Transaction tx =
          new Transaction(
              1,
              List.of(new TxIn(coin, Script.EMPTY, Sequence.FINAL)),
              List.of(new TxOut(0, BlockDraft.ANYONE)),
              number);
      byte[] id = tx.txid().toByteArray();
      int scriptSig = id[9];
      if (scriptSig >= 0
          && scriptSig <= 4
          && id[14 + scriptSig] == 1
          && id[23 + scriptSig] == 4 - scriptSig) {
        return tx;
      }
    }
  }
}
