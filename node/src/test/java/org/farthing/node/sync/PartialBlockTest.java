package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartialBlockTest {
  private static final BlockHeader NEARLY_NOTHING =
      new BlockHeader(1, BlockHash.ZERO, MerkleRoot.of(new byte[32]), 0, 0, 0);

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final List<Transaction> transactions =
      List.of(transaction(1), transaction(2), transaction(3), transaction(4));
  private final Block block = chain.draft().with(transactions).build();
  private final CmpctBlock inShort = ShortIds.shorten(block, 7);
  private final PartialBlock partial = PartialBlock.of(inShort);

  @AfterEach
  void close() {
    chain.close();
  }

  /** With a witness, so that wtxid and txid differ. */
  private static Transaction transaction(int number) {
    return transaction(number, new byte[] {(byte) number});
  }

  private static Transaction transaction(int number, byte[] witness) {
    TxIn input =
        new TxIn(new OutPoint(Txid.ZERO, number), Script.EMPTY, 0).withWitness(Witness.of(witness));
    return new Transaction(2, List.of(input), List.of(new TxOut(1, Script.EMPTY)), number);
  }

  private static CmpctBlock.Prefilled prefilled(int gap, Transaction transaction) {
    return new CmpctBlock.Prefilled(gap, transaction);
  }

  private CmpctBlock with(List<Long> ids, CmpctBlock.Prefilled... prefilled) {
    return new CmpctBlock(block.header(), 7, ids, Arrays.asList(prefilled));
  }

  private static PartialBlock.Outcome begun(Integer... missing) {
    return new PartialBlock.Outcome.Begun(Arrays.asList(missing));
  }

  private static PartialBlock.Outcome begin(CmpctBlock from, Transaction... known) {
    return PartialBlock.of(from).begin(from, Arrays.asList(known), List.of());
  }

  @Test
  void aShortIdIsASipHashUnderTheHashOfHeaderAndNonce() throws DecodeException {
    ByteWriter out = new ByteWriter();
    block.header().writeTo(out);
    ByteReader key = new ByteReader(Sha256.hash(out.int64(7).toByteArray()));
    long hash = SipHash.hash(key.int64(), key.int64(), transactions.get(2).wtxid().toByteArray());
    assertThat(inShort.shortIds().get(2)).isEqualTo(hash & 0xffffffffffffL);
    assertThat(inShort.prefilled()).containsExactly(prefilled(0, block.transactions().get(0)));
    assertThat(inShort.transactionCount()).isEqualTo(5);
  }

  @Test
  void aBlockWhoseTransactionsAreAllKnownNeedsNothing() {
    List<Transaction> pool = new ArrayList<>(transactions);
    Collections.reverse(pool);
    pool.add(1, transaction(99));
    assertThat(partial.begin(inShort, pool, List.of())).isEqualTo(begun());
    assertThat(partial.finish(List.of(), true)).isEqualTo(new PartialBlock.Outcome.Complete(block));
    assertThat(partial.isOver()).isTrue();
  }

  @Test
  void whatIsMissingIsNamedAndFilledInInOrder() {
    assertThat(partial.begin(inShort, List.of(transactions.get(1)), List.of(transactions.get(3))))
        .isEqualTo(begun(1, 3));
    assertThat(partial.finish(List.of(transactions.get(0), transactions.get(2)), true))
        .isEqualTo(new PartialBlock.Outcome.Complete(block));
  }

  @Test
  void whatIsKnownTwiceIsNoCollision() {
    assertThat(partial.begin(inShort, List.of(transactions.get(0)), transactions))
        .isEqualTo(begun());
  }

  @Test
  void prefilledOnesStandAtTheirPlaces() {
    List<Long> ids = inShort.shortIds();
    CmpctBlock more =
        with(
            List.of(ids.get(0), ids.get(2)),
            prefilled(0, block.transactions().get(0)),
            prefilled(1, transactions.get(1)),
            prefilled(1, transactions.get(3)));
    PartialBlock begun = PartialBlock.of(more);
    assertThat(begun.begin(more, List.of(transactions.get(2)), List.of())).isEqualTo(begun(1));
    assertThat(begun.finish(List.of(transactions.get(0)), true))
        .isEqualTo(new PartialBlock.Outcome.Complete(block));
  }

  @Test
  void placesThatAreNoneAreInvalid() {
    Transaction coinbase = block.transactions().get(0);
    PartialBlock.Outcome invalid = new PartialBlock.Outcome.Invalid();
    assertThat(begin(with(List.of()))).isEqualTo(invalid);
    assertThat(begin(with(List.of(), prefilled(1, coinbase)))).isEqualTo(invalid);
    assertThat(begin(with(List.of(5L), prefilled(2, coinbase)))).isEqualTo(invalid);
    assertThat(begin(with(List.of(5L), prefilled(1, coinbase)))).isEqualTo(begun(0));
    assertThat(begin(with(List.of(5L), prefilled(0xffff, coinbase), prefilled(0xffff, coinbase))))
        .isEqualTo(invalid);
    Transaction none = new Transaction(1, List.of(), List.of(), 0);
    assertThat(begin(with(List.of(5L), prefilled(0, none)))).isEqualTo(invalid);
  }

  @Test
  void theSameShortIdTwiceIsBadLuck() {
    assertThat(begin(with(List.of(5L, 6L, 5L), prefilled(0, block.transactions().get(0)))))
        .isEqualTo(new PartialBlock.Outcome.Failed());
  }

  @Test
  void tooFewOrTooManyAreInvalid() {
    partial.begin(inShort, transactions.subList(0, 3), List.of());
    assertThat(partial.finish(List.of(), true)).isEqualTo(new PartialBlock.Outcome.Invalid());
    PartialBlock again = PartialBlock.of(inShort);
    again.begin(inShort, transactions.subList(0, 3), List.of());
    assertThat(again.finish(List.of(transactions.get(3), transaction(9)), true))
        .isEqualTo(new PartialBlock.Outcome.Invalid());
  }

  /** Whoever sends it may mean well: one of ours may have been the wrong one. */
  @Test
  void whatIsNotTheHeadersBlockIsBadLuck() {
    partial.begin(inShort, transactions.subList(0, 3), List.of());
    assertThat(partial.finish(List.of(transaction(9)), true))
        .isEqualTo(new PartialBlock.Outcome.Failed());
  }

  @Test
  void anotherWitnessIsNoticedWhereBlocksCommitToThem() {
    Transaction changed = transaction(4, new byte[] {77});
    assertThat(changed.txid()).isEqualTo(transactions.get(3).txid());
    partial.begin(inShort, transactions.subList(0, 3), List.of());
    assertThat(partial.finish(List.of(changed), true)).isEqualTo(new PartialBlock.Outcome.Failed());
  }

  /** Found by a search among twenty million: both have the same 48 bits under this header. */
  @Test
  void whereTwoOfOursFitTheRightOneIsAskedFor() {
    Transaction one = colliding(6233130);
    Transaction other = colliding(9652301);
    ShortIds ids = new ShortIds(NEARLY_NOTHING, 0);
    long id = ids.of(one.wtxid());
    assertThat(ids.of(other.wtxid())).isEqualTo(id);
    assertThat(one).isNotEqualTo(other);

    Transaction coinbase = block.transactions().get(0);
    CmpctBlock found =
        new CmpctBlock(NEARLY_NOTHING, 0, List.of(4L, id), List.of(prefilled(0, coinbase)));
    assertThat(begin(found, one)).isEqualTo(begun(1));
    assertThat(begin(found, one, other)).isEqualTo(begun(1, 2));
    assertThat(PartialBlock.of(found).begin(found, List.of(other), List.of(one, other)))
        .isEqualTo(begun(1, 2));
  }

  private static Transaction colliding(int lockTime) {
    return new Transaction(
        2,
        List.of(new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, 0)),
        List.of(new TxOut(0, Script.EMPTY)),
        lockTime);
  }
}
