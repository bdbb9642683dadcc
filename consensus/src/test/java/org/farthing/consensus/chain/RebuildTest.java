package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.CoinSetHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final int HEIGHT = 114;

  private Ledger ledger;
  private ChainBuilder before;
  private List<Block> stale;
  private Block invalid;
  private CoinSetHash coins;
  private long bytes;

  /** A chain with spends, a stale branch that was active once, and an invalid block. */
  @BeforeEach
  void aChain() {
    ledger = RocksLedger.inMemory(PARAMS);
    before = ChainBuilder.on(PARAMS, ledger);
    before.mine(105, BlockDraft.ANYONE);
    for (int i = 1; i <= 5; i++) {
      TxOut half = new TxOut(25_00000000L, BlockDraft.ANYONE);
      before.mineWith(ChainBuilder.spendAnyone(List.of(before.coinbase(i)), half, half));
    }
    stale = before.blocks().subList(108, 110);
    before.fork(108, 6);
    invalid = before.draft().fees(1).build();
    before.offer(invalid);
    assertThat(before.tip().height()).isEqualTo(HEIGHT);
    coins = coins();
    bytes = ledger.blockBytes();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private CoinSetHash coins() {
    try (CoinScan scan = ledger.scanCoins()) {
      return CoinStatistics.of(scan, CoinSetHashType.HASH_SERIALIZED_3).hash().orElseThrow();
    }
  }

  private ChainState reopen(Ledger on) {
    return reopen(on, ChainOptions.DEFAULT);
  }

  private static ChainState reopen(Ledger on, ChainOptions options) {
    return ChainState.open(PARAMS, on, Runnable::run, options, Owner.UNCHECKED, () -> false);
  }

  /** At each of some moments of the work, the chain is opened again until it is whole. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, HEIGHT, HEIGHT + 50})
  void itStopsBetweenBlocksAndGoesOnLater(int questions) {
    ledger.startRebuild();
    AtomicInteger left = new AtomicInteger(questions);
    ChainState stopped =
        ChainState.open(
            PARAMS,
            ledger,
            Runnable::run,
            ChainOptions.DEFAULT,
            Owner.UNCHECKED,
            () -> left.getAndDecrement() <= 0);
    assertThat(stopped.snapshot().height()).isLessThan(HEIGHT);
    assertWhole(reopen(ledger));
  }

  private void assertWhole(ChainState chain) {
    assertThat(chain.snapshot().tip().hash()).isEqualTo(before.tip().hash());
    assertThat(coins()).isEqualTo(coins);
    stale.forEach(block -> assertThat(chain.hasBlock(block.hash())).isTrue());
    assertThat(chain.isInvalid(invalid.hash())).isTrue();
    assertThat(ledger.isRebuilding()).isFalse();
    Coins.assertConsistent(chain, before.blocks());
  }

  @Test
  void coinsAreMadeAnewFromStoredBlocks() {
    ledger.forgetCoins();
    assertThat(ledger.tip()).contains(PARAMS.genesis().hash());
    try (CoinScan scan = ledger.scanCoins()) {
      assertThat(scan.next()).isEmpty();
    }
    assertWhole(reopen(ledger));
    assertThat(ledger.blockBytes()).isEqualTo(bytes);
  }

  @Test
  void headersAndCoinsAreMadeAnewFromStoredBlocks() {
    ledger.startRebuild();
    assertThat(ledger.isRebuilding()).isTrue();
    assertThat(ledger.tip()).isEmpty();
    ledger.forEachHeader(
        header -> {
          throw new AssertionError("still there: " + header);
        });
    ChainState chain = reopen(ledger);
    assertWhole(chain);
    // The stale branch was never connected this time.
    stale.forEach(block -> assertThat(chain.snapshot().chain().undo(block.hash())).isEmpty());
    long undo = stale.size() * 32L;
    assertThat(ledger.blockBytes()).isBetween(bytes - 10 * undo, bytes - 1);
  }

  /** The ledger stops taking updates after some, as if the process had been killed; it stays. */
  private Ledger dyingAfter(int updates) {
    int[] left = {updates};
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              if (method.getName().equals("commit") && left[0]-- == 0) {
                throw new StoreException("killed");
              }
              try {
                return method.invoke(ledger, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 50, 113})
  void aRebuildOfCoinsGoesOnWhereItWasKilled(int updates) {
    ledger.forgetCoins();
    assertThatThrownBy(() -> reopen(dyingAfter(updates))).hasMessage("killed");
    assertWhole(reopen(ledger));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 50, 100, 114})
  void aRebuildOfEverythingGoesOnWhereItWasKilled(int updates) {
    ledger.startRebuild();
    assertThatThrownBy(() -> reopen(dyingAfter(updates))).hasMessage("killed");
    assertThatThrownBy(() -> reopen(dyingAfter(1))).hasMessage("killed");
    assertWhole(reopen(ledger));
  }

  @Test
  void blocksAreConnectedWhileHeadersAreFound() {
    ledger.startRebuild();
    assertThatThrownBy(() -> reopen(dyingAfter(HEIGHT / 2))).hasMessage("killed");
    assertThat(ledger.isRebuilding()).isTrue();
    assertThat(ledger.tip()).isPresent().isNotEqualTo(Optional.of(PARAMS.genesis().hash()));
    assertWhole(reopen(ledger));
  }

  /** Which scripts are spared is known when all headers are. */
  @Test
  void withABlockAssumedValidAllHeadersAreFoundBeforeOneIsConnected() {
    ChainOptions options = ChainOptions.DEFAULT.withAssumeValid(before.tip().hash());
    ledger.startRebuild();
    assertThatThrownBy(() -> reopen(dyingAfter(HEIGHT / 2), options)).hasMessage("killed");
    assertThat(ledger.isRebuilding()).isFalse();
    assertWhole(reopen(ledger, options));
  }

  @Test
  void aRebuildCanBeStartedAgain() {
    ledger.startRebuild();
    assertThatThrownBy(() -> reopen(dyingAfter(60))).hasMessage("killed");
    ledger.startRebuild();
    ledger.forgetCoins();
    assertWhole(reopen(ledger));
  }

  @Test
  void whatCannotBeUsedIsDeleted() {
    Block orphan = before.draft(stale.get(1).hash()).build();
    Block child = orphanAfter(orphan);
    BlockKey atWrongHeight = new BlockKey(HEIGHT + 5, orphan.hash());
    BlockKey withoutParent = new BlockKey(HEIGHT + 2, child.hash());
    ledger.commit(new LedgerUpdate().block(atWrongHeight, orphan).block(withoutParent, child));
    ledger.startRebuild();
    ChainState chain = reopen(ledger);
    assertWhole(chain);
    assertThat(ledger.blockBytes(atWrongHeight)).isEmpty();
    assertThat(ledger.blockBytes(withoutParent)).isEmpty();
  }

  /** A block whose parent only this test has. */
  private static Block orphanAfter(Block parent) {
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      Block genesisChild = elsewhere.mine(1).get(0);
      assertThat(genesisChild.hash()).isNotEqualTo(parent.hash());
      return elsewhere.mine(1).get(0);
    }
  }

  /** Without its first blocks a chain cannot be connected again: all of it has to be asked for. */
  @Test
  void aPrunedLedgerStartsFromTheGenesis() {
    before.mine(300);
    before.chain().pruner(Runnable::run).pruneTo(50);
    ledger.startRebuild();
    ChainState chain = reopen(ledger);
    assertThat(chain.snapshot().height()).isZero();
    assertThat(ledger.blocksAfter(chain.headers().genesis().key(), 1)).isEmpty();
    assertThat(chain.headers().size()).isEqualTo(1);
    Block first = ChainBuilder.regtest().mine(1).get(0);
    assertThat(chain.acceptBlock(first, first.header().timeSeconds()))
        .isEqualTo(Verdict.accepted());
    assertThat(chain.snapshot().height()).isEqualTo(1);
  }

  /** Whether it is found with the invalid block, or later than the scripts of that have run. */
  @Test
  void whatFollowsAnInvalidBlockStays() {
    TxIn failing =
        new TxIn(
            before.coinbase(6),
            Script.of(new byte[] {(byte) Opcode.OP_RETURN}),
            Sequence.MAX_NON_FINAL);
    TxOut any = new TxOut(1, BlockDraft.ANYONE);
    Transaction spend = new Transaction(2, List.of(failing), List.of(any), 0);
    Block parent = before.draft().with(spend).build();
    assertThat(before.offer(parent).isAccepted()).isFalse();
    List<Block> following = storeAfter(parent, HEIGHT + 1, StoredPieces.MOST_BLOCKS);
    ledger.startRebuild();
    ChainState chain = reopen(ledger);
    assertWhole(chain);
    assertThat(following)
        .allSatisfy(
            block -> {
              assertThat(chain.hasBlock(block.hash())).isTrue();
              assertThat(chain.isInvalid(block.hash())).isTrue();
            });
  }

  private List<Block> storeAfter(Block parent, int height, int count) {
    List<Block> stored = new ArrayList<>();
    Block last = parent;
    for (int i = 0; i < count; i++) {
      long seconds = last.header().timeSeconds();
      BlockDraft.Parent before =
          new BlockDraft.Parent(height + i, last.hash(), seconds, seconds - 1);
      last = new BlockDraft(PARAMS, before, last.header().bits(), i).build();
      ledger.commit(new LedgerUpdate().block(new BlockKey(height + i + 1, last.hash()), last));
      stored.add(last);
    }
    return stored;
  }

  @Test
  void aBlockThatWasFoundInvalidIsFoundSoAgain() {
    ledger.startRebuild();
    ChainState chain = reopen(ledger);
    assertThat(chain.acceptHeader(invalid.header(), invalid.header().timeSeconds()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            verdict -> assertThat(verdict.reason()).isEqualTo(RejectReason.DUPLICATE_INVALID));
  }
}
