package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.store.MemoryWalletStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wallet that is shown filters reads few blocks, and finds what one finds that reads all. */
class FilteredCatchUpTest {
  private static final int MATURITY = 3;
  private static final Script OTHER = ChainBuilder.MINER.p2wpkh();

  private final TestNode node = new TestNode(TestNode.regtest(MATURITY), 1);

  @AfterEach
  void close() {
    node.close();
  }

  private void mineElsewhere(int blocks) {
    for (int i = 0; i < blocks; i++) {
      node.mine(OTHER);
    }
  }

  /** Shows filters, and notes which blocks are read. */
  private final class Filtered implements ChainAccess {
    final Set<HeaderNode> read = new LinkedHashSet<>();
    private final Executor workers;
    private final IntPredicate missing;

    /**
     * @param missing the heights of blocks that have no filter
     */
    Filtered(Executor workers, IntPredicate missing) {
      this.workers = workers;
      this.missing = missing;
    }

    @Override
    public Executor workers() {
      return workers;
    }

    @Override
    public ChainSnapshot snapshot() {
      ChainSnapshot real = node.snapshot();
      ChainReader reader =
          (ChainReader)
              Proxy.newProxyInstance(
                  ChainReader.class.getClassLoader(),
                  new Class<?>[] {ChainReader.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("block")) {
                      read.add(real.chain().header((BlockHash) arguments[0]).orElseThrow());
                    }
                    return method.invoke(real.chain(), arguments);
                  });
      return new ChainSnapshot(real.tip(), real.bestHeader(), reader);
    }

    @Override
    public Optional<BlockFilter> filter(HeaderNode block) {
      if (missing.test(block.height())) {
        return Optional.empty();
      }
      ChainReader chain = node.snapshot().chain();
      return Optional.of(
          BlockFilter.of(
              chain.block(block.hash()).orElseThrow(), chain.undo(block.hash()).orElseThrow()));
    }

    @Override
    public Collection<Transaction> mempool() {
      return List.of();
    }
  }

  @Test
  void onlyBlocksWithScriptsOfTheWalletAreRead() throws WalletException {
    Wallet.Created alice =
        Wallet.create(new MemoryWalletStore(), node.context(), Protection.none(), 12);
    node.add(alice.wallet());
    mineElsewhere(40);
    node.mine(alice.wallet().newReceiveAddress("").toScript());
    HeaderNode mined = node.snapshot().tip();
    mineElsewhere(40);
    // All is spent, to others: only the spent script tells, and the change.
    Address other = Address.ofScript(OTHER, node.context().params().network()).orElseThrow();
    alice.wallet().send(SendRequest.of(other, Amount.COIN, 1000));
    mineElsewhere(1);
    HeaderNode spent = node.snapshot().tip();
    // Paid beyond what the words alone make one look for.
    for (int i = 0; i < 30; i++) {
      alice.wallet().newReceiveAddress("");
    }
    node.mine(alice.wallet().newReceiveAddress("far").toScript());
    HeaderNode far = node.snapshot().tip();
    mineElsewhere(20);

    Filtered filtered = new Filtered(Runnable::run, height -> false);
    expectFound(alice, filtered, 5);
    assertThat(filtered.read).contains(mined, spent, far).hasSizeLessThan(6);

    ExecutorService pool = Executors.newFixedThreadPool(3);
    Filtered shared = new Filtered(pool, height -> height % 10 == 0);
    expectFound(alice, shared, 50);
    pool.shutdown();
    assertThat(shared.read).contains(mined, spent, far);
    int unfiltered = node.snapshot().height() / 10;
    assertThat(shared.read).hasSizeBetween(unfiltered, unfiltered + 6);
  }

  private void expectFound(Wallet.Created alice, Filtered filtered, int blocksAtOnce)
      throws WalletException {
    WalletContext usual = node.context();
    WalletContext context =
        new WalletContext(
            usual.params(),
            filtered,
            node,
            usual.nowSeconds(),
            usual.random(),
            usual.options(),
            usual.owner());
    Wallet restored =
        Wallet.restore(
            new MemoryWalletStore(),
            context,
            Protection.none(),
            new Recovery(alice.words(), "", 0, 40));
    while (!restored.catchUp(blocksAtOnce)) {
      Thread.onSpinWait();
    }
    assertThat(restored.info().height()).isEqualTo(node.snapshot().height());
    assertThat(restored.balance()).isEqualTo(alice.wallet().balance());
    assertThat(restored.info().transactionCount())
        .isEqualTo(alice.wallet().info().transactionCount());
  }
}
