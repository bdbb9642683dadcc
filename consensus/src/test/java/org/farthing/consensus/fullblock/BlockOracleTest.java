package org.farthing.consensus.fullblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.MerkleTree;
import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.RejectReason;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * bitcoin-kmp has its own opinion on the blocks of the scenarios: on their bytes, identifiers,
 * weights, roots and work, and on all their scripts.
 */
class BlockOracleTest {
  private static final String SCRIPTS = RejectReason.BLOCK_SCRIPT_VERIFY_FLAG_FAILED.label();

  @TestFactory
  Stream<DynamicTest> readsTheSame() {
    return each(
        scenario -> {
          int limitBits = scenario.params().difficulty().limitBits();
          scenario.deliveries().forEach(delivery -> assertSame(delivery, limitBits));
        });
  }

  @TestFactory
  Stream<DynamicTest> agreesOnScripts() {
    return each(BlockOracleTest::assertSameScripts);
  }

  private static Stream<DynamicTest> each(Consumer<Scenario> test) {
    return Scenarios.all().stream()
        .map(scenario -> dynamicTest(scenario.name(), () -> test.accept(scenario)));
  }

  /** Why the delivery should be refused; empty if it should not, or not at once. */
  private static String label(Step.Delivery delivery) {
    if (delivery instanceof Step.RefusedBody refused) {
      return refused.label();
    }
    if (delivery instanceof Step.RefusedHeader refused) {
      return refused.label();
    }
    return delivery instanceof Step.InvalidBlock invalid ? invalid.label() : "";
  }

  private static boolean is(Step.Delivery delivery, RejectReason reason) {
    return label(delivery).equals(reason.label());
  }

  /**
   * @param limitBits the easiest target of the network, of which the oracle knows nothing
   */
  private static void assertSame(Step.Delivery delivery, int limitBits) {
    if (is(delivery, RejectReason.BAD_TXNS_VIN_EMPTY)) {
      // Without inputs, the extended form of a transaction begins: it cannot be sent as it is.
      return;
    }
    Block ours = delivery.block();
    var theirs = fr.acinq.bitcoin.Block.read(ours.serialize());
    assertThat(theirs.blockId).hasToString(ours.hash().toString());
    assertThat(fr.acinq.bitcoin.Block.write(theirs)).isEqualTo(ours.serialize());
    if (ours.header().bits() == limitBits) {
      assertThat(theirs.header.checkProofOfWork())
          .as(delivery.name())
          .isEqualTo(!is(delivery, RejectReason.HIGH_HASH));
    }
    List<ByteVector32> ids = new ArrayList<>();
    int weight = 0;
    for (int i = 0; i < theirs.tx.size(); i++) {
      Transaction tx = theirs.tx.get(i);
      assertThat(tx.txid).hasToString(ours.transactions().get(i).txid().toString());
      assertThat(tx.weight()).isEqualTo(ours.transactions().get(i).weight());
      ids.add(tx.hash.value);
      weight += tx.weight();
    }
    int headerAndCount = ids.size() < 253 ? 81 : 83;
    assertThat(ours.weight()).isEqualTo(weight + 4 * headerAndCount);
    if (!ids.isEmpty()) {
      assertThat(MerkleTree.computeRoot(ids).equals(theirs.header.hashMerkleRoot))
          .as(delivery.name())
          .isEqualTo(!is(delivery, RejectReason.BAD_TXNMRKLROOT));
    }
  }

  private static void assertSameScripts(Scenario scenario) {
    Map<TxId, Transaction> known = new HashMap<>();
    Map<BlockHash, Integer> heights = new HashMap<>();
    heights.put(scenario.params().genesis().hash(), 0);
    for (Block block : scenario.allBlocks()) {
      block.transactions().stream()
          .filter(tx -> !tx.inputs().isEmpty())
          .map(tx -> Transaction.read(tx.serialize()))
          .forEach(tx -> known.put(tx.txid, tx));
      // Orphans come once more, after their parents.
      Integer parent = heights.get(block.header().previous());
      if (parent != null) {
        heights.put(block.hash(), parent + 1);
      }
    }
    for (Step.Delivery delivery : scenario.deliveries()) {
      boolean bad = label(delivery).startsWith(SCRIPTS);
      if (bad || delivery instanceof Step.AcceptedBlock) {
        int flags = flags(scenario.params(), heights.get(delivery.block().hash()));
        assertThat(accepts(delivery.block(), known, flags)).as(delivery.name()).isEqualTo(!bad);
      }
    }
  }

  /** BIPs 16, 141 and 341 hold from the beginning. */
  private static int flags(ConsensusParams params, int height) {
    int flags =
        ScriptFlags.SCRIPT_VERIFY_P2SH
            | ScriptFlags.SCRIPT_VERIFY_WITNESS
            | ScriptFlags.SCRIPT_VERIFY_TAPROOT;
    if (params.isActive(Deployment.BIP66, height)) {
      flags |= ScriptFlags.SCRIPT_VERIFY_DERSIG;
    }
    if (params.isActive(Deployment.BIP65, height)) {
      flags |= ScriptFlags.SCRIPT_VERIFY_CHECKLOCKTIMEVERIFY;
    }
    if (params.isActive(Deployment.CSV, height)) {
      flags |= ScriptFlags.SCRIPT_VERIFY_CHECKSEQUENCEVERIFY;
    }
    return params.isActive(Deployment.SEGWIT, height)
        ? flags | ScriptFlags.SCRIPT_VERIFY_NULLDUMMY
        : flags;
  }

  private static boolean accepts(Block block, Map<TxId, Transaction> known, int flags) {
    for (var ours : block.transactions().subList(1, block.transactions().size())) {
      Transaction tx = Transaction.read(ours.serialize());
      Map<OutPoint, TxOut> spent = new HashMap<>();
      tx.txIn.forEach(
          input ->
              spent.put(
                  input.outPoint,
                  known.get(input.outPoint.txid).txOut.get((int) input.outPoint.index)));
      try {
        Transaction.correctlySpends(tx, spent, flags);
      } catch (RuntimeException e) {
        return false;
      }
    }
    return true;
  }
}
