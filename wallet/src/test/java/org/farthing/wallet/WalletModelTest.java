package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.TxPlan;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A wallet on disk that is paid and pays, replaces, gives up, is refused, is restarted and killed
 * while the chain is reorganised and the mempool loses things, against {@link PlainWallet}: after
 * each step what it has, and each single coin, is what the model finds. What it makes never spends
 * a coin that it has spent already, and its words bring back all coins on an empty disk. Now and
 * then it is killed in the middle of a write, and others ask all the time what it has.
 */
class WalletModelTest {
  private static final int MATURITY = 3;
  private static final int STEPS = Integer.getInteger("farthing.walletModel.steps", 350);
  private static final int SEEDS = Integer.getInteger("farthing.walletModel.seeds", 6);
  private static final long FIRST_SEED = Long.getLong("farthing.walletModel.seed", 1);
  private static final int RECOVERY_INTERVAL = 50;

  /** In one of so many steps the wallet is killed while it writes. */
  private static final int DEATH_INTERVAL = 8;

  private static final Script OTHER = ChainBuilder.MINER.p2wpkh();

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatTheWalletHasIsWhatTheModelFinds(long seed) throws Exception {
    try (TestNode node = new TestNode(TestNode.regtest(MATURITY), seed);
        ModelReaders readers = new ModelReaders()) {
      new Run(node, folder.resolve("wallet"), seed, readers).steps();
    }
  }

  private static final class Run {
    private final TestNode node;
    private final Path place;
    private final Random random;
    private final Set<Script> own = new HashSet<>();
    private final PlainWallet model;
    private final Mnemonic words;
    private final List<TxPlan> shelved = new ArrayList<>();
    private final ModelReaders readers;
    private final Thread owner = Thread.currentThread();
    private int refusals;
    private DyingStore store;
    private Wallet wallet;

    Run(TestNode node, Path place, long seed, ModelReaders readers) throws WalletException {
      this.node = node;
      this.place = place;
      this.random = new Random(seed);
      this.readers = readers;
      this.store = DyingStore.create(place, random);
      Wallet.Created created = Wallet.create(store, context(), Protection.none(), 12);
      this.wallet = created.wallet();
      this.words = created.words();
      this.model = new PlainWallet(own, node.mempool(), MATURITY);
      learnScripts();
      node.watch(model);
      node.add(wallet);
      readers.start(model.holdings(), seed);
    }

    /** Of the node, which hears nothing of a wallet that is dead. */
    private WalletContext context() {
      WalletContext usual = node.context();
      return new WalletContext(
          usual.params(),
          usual.chain(),
          transaction -> store.isDead() ? Optional.of("killed") : node.publish(transaction),
          usual.nowSeconds(),
          usual.random(),
          usual.options(),
          () -> assertThat(Thread.currentThread()).isEqualTo(owner));
    }

    void steps() throws Exception {
      for (int i = 0; i < STEPS; i++) {
        if (--refusals == 0) {
          node.refuse(false);
        }
        store.dieIn(random.nextInt(DEATH_INTERVAL) == 0 ? 1 + random.nextInt(3) : 0);
        String step = step();
        if (store.isDead()) {
          step = step + ", killed meanwhile";
          revive();
        }
        store.dieIn(0);
        learnScripts();
        check("step %d: %s".formatted(i, step), wallet, model);
        pause();
        if (i % RECOVERY_INTERVAL == RECOVERY_INTERVAL - 1) {
          recover("step " + i);
        }
      }
      while (readers.answered() == 0) {
        pause();
        Thread.onSpinWait();
      }
    }

    private static void check(String when, Wallet wallet, PlainWallet model) {
      PlainWallet.Holdings found = ModelReaders.holdings(wallet);
      PlainWallet.Holdings expected = model.holdings();
      assertThat(found.balance()).as(when).isEqualTo(expected.balance());
      assertThat(found.reserved()).as(when).isEqualTo(expected.reserved());
      assertThat(found.coins()).as(when).isEqualTo(expected.coins());
      assertThat(found.history()).as(when).isEqualTo(expected.history());
    }

    /** Others get their answers, if any wait; so they may stand between the calls of one step. */
    private void pause() {
      if (readers.areWaiting() && !store.isDead()) {
        learnScripts();
        readers.now(model.holdings());
        readers.answer(wallet);
      }
    }

    private void learnScripts() {
      for (Keychain keychain : wallet.addresses().keychains()) {
        for (int i = keychain.derivedEnd() - 1; i >= 0; i--) {
          if (!own.addAll(keychain.scripts(i))) {
            break;
          }
        }
      }
    }

    private String step() throws Exception {
      return switch (random.nextInt(20)) {
        case 0, 1 -> mined(ownScript().orElse(OTHER));
        case 2, 3 -> mined(OTHER);
        case 4, 5 -> receive();
        case 6, 7, 8 -> pay();
        case 9 -> reorganise();
        case 10 -> doubleSpend();
        case 11 -> restart();
        case 12, 13 -> bump();
        case 14 -> abandon();
        case 15 -> evict();
        case 16 -> refuse();
        case 17 -> shelve();
        case 18 -> replaceByPayer();
        default -> announce();
      };
    }

    private String mined(Script payTo) {
      node.mine(payTo);
      return "mined";
    }

    private Optional<OutPoint> foreignCoin() {
      for (int height = node.builder().tip().height(); height > 0; height--) {
        OutPoint coin = node.builder().coinbase(height);
        if (isForeign(coin)) {
          return Optional.of(coin);
        }
      }
      return Optional.empty();
    }

    private String receive() throws WalletException {
      Optional<OutPoint> coin = foreignCoin();
      if (coin.isEmpty()) {
        return "nothing to receive";
      }
      Optional<Script> to = ownScript();
      if (to.isEmpty()) {
        return "nothing to receive at";
      }
      pause();
      long sat = valueSat(coin.get());
      node.publish(node.builder().spend(coin.get(), to.get(), sat - 1000 - random.nextInt(5000)));
      return "received";
    }

    /** A script that nobody has been given; none if the wallet was killed before it told one. */
    private Optional<Script> ownScript() throws WalletException {
      Script script = wallet.newReceiveAddress("").toScript();
      learnScripts();
      return store.isDead() ? Optional.empty() : Optional.of(script);
    }

    private Optional<SendRequest> payment() throws WalletException {
      long trusted = spendableSat();
      if (trusted < Amount.COIN) {
        return Optional.empty();
      }
      Address to =
          random.nextInt(4) == 0
              ? wallet.newReceiveAddress("")
              : Address.ofScript(OTHER, wallet.network()).orElseThrow();
      learnScripts();
      long sat = 1000 + (long) (random.nextDouble() * (trusted - Amount.COIN / 2));
      return Optional.of(SendRequest.of(to, sat, 1000 + random.nextInt(20_000)));
    }

    /** Without what comes of replacements that no block has: it may not last. */
    private long spendableSat() {
      return wallet.history().unspent().stream()
          .filter(UnspentCoin::isSpendable)
          .mapToLong(UnspentCoin::valueSat)
          .sum();
    }

    private String pay() throws WalletException {
      Optional<SendRequest> request = payment();
      if (request.isEmpty()) {
        return "nothing to pay with";
      }
      Optional<TxPlan> plan = plan(request.get());
      pause();
      return plan.isEmpty() ? "not enough" : execute(plan.get(), Optional.empty());
    }

    /** Coins on which too much hangs are not spent, so that it may not be enough. */
    private Optional<TxPlan> plan(SendRequest request) throws WalletException {
      try {
        return Optional.of(wallet.payments().plan(request));
      } catch (WalletException e) {
        assertThat(e.error()).isEqualTo(WalletError.INSUFFICIENT_FUNDS);
        return Optional.empty();
      }
    }

    /**
     * What is made spends nothing that is spent already, but for the coins of what it takes the
     * place of: only one of all those can be confirmed anyway.
     */
    private String execute(TxPlan plan, Optional<WalletReplacements.Replacement> replacement)
        throws WalletException {
      List<String> taken = new ArrayList<>();
      Optional<Txid> replaced = replacement.map(WalletReplacements.Replacement::replaced);
      for (TxIn input : plan.unsigned().inputs()) {
        List<Txid> spenders = model.activeSpenders(input.outPoint());
        if (!spenders.isEmpty() && replaced.filter(spenders::contains).isEmpty()) {
          taken.add(input.outPoint() + " by " + spenders);
        }
      }
      Made made = new Made();
      node.watch(made);
      try {
        Transaction signed =
            replacement.isPresent()
                ? wallet.replacements().execute(replacement.get())
                : wallet.payments().execute(plan, "");
        assertThat(taken).as("coins spent twice").isEmpty();
        learnScripts();
        if (!store.isDead()) {
          model.made(signed);
        }
        return (replaced.isPresent() ? "bumped" : "paid") + (made.seen ? "" : " outside");
      } catch (WalletException e) {
        assertThat(store.isDead() || e.getMessage().contains("has been spent since"))
            .as(e.getMessage())
            .isTrue();
        return "too late";
      } finally {
        node.unwatch(made);
      }
    }

    /** Whether anything came to the mempool. */
    private static final class Made implements TestNode.Watcher {
      private boolean seen;

      @Override
      public void chainChanged(org.farthing.consensus.chain.ChainEvent event) {}

      @Override
      public void addedToMempool(Transaction transaction) {
        seen = true;
      }
    }

    /** A plan is made now and carried out later, when others may have taken its coins. */
    private String shelve() throws WalletException {
      if (!shelved.isEmpty() && random.nextBoolean()) {
        return "late: " + execute(shelved.remove(0), Optional.empty());
      }
      Optional<SendRequest> request = payment();
      if (request.isPresent()) {
        plan(request.get()).ifPresent(shelved::add);
      }
      return "planned";
    }

    private List<WalletTx> pending() {
      return wallet
          .history()
          .transactions()
          .map(TransactionDetails::entry)
          .filter(entry -> entry.state() instanceof TxState.Pending)
          .toList();
    }

    private String bump() throws WalletException {
      for (WalletTx entry : pending()) {
        WalletReplacements.Wish wish =
            new WalletReplacements.Wish(OptionalLong.empty(), true, List.of(), OptionalInt.empty());
        try {
          WalletReplacements.Replacement replacement =
              wallet
                  .replacements()
                  .plan(entry.txid(), wish, new WalletReplacements.Rules(1000, 1000, 1000));
          return execute(replacement.plan(), Optional.of(replacement));
        } catch (WalletException e) {
          // Not its own, or already replaced, or no coins left: the next one.
        }
      }
      return "nothing to bump";
    }

    private String abandon() throws WalletException {
      for (WalletTx entry : pending()) {
        boolean waits =
            node.mempool().stream().anyMatch(waiting -> waiting.txid().equals(entry.txid()));
        if (!waits) {
          wallet.payments().abandon(entry.txid());
          if (!store.isDead()) {
            model.abandon(entry.txid());
          }
          return "abandoned";
        }
      }
      return "nothing to abandon";
    }

    private String evict() {
      List<Transaction> waiting = List.copyOf(node.mempool());
      if (waiting.isEmpty()) {
        return "nothing to evict";
      }
      node.evict(waiting.get(random.nextInt(waiting.size())));
      return "evicted";
    }

    private String refuse() {
      node.refuse(true);
      refusals = 1 + random.nextInt(4);
      return "refuses";
    }

    private String announce() {
      node.later(3600);
      wallet.payments().announceWaiting(Long.MAX_VALUE);
      return "announced";
    }

    /** A coin that a waiting payment by the miner spends. */
    private Optional<OutPoint> coinOfWaitingPayer() {
      return node.mempool().stream()
          .map(waiting -> waiting.inputs().get(0).outPoint())
          .filter(this::isForeign)
          .findFirst();
    }

    private boolean isForeign(OutPoint coin) {
      return node.builder()
          .coin(coin)
          .filter(found -> found.output().scriptPubKey().equals(OTHER))
          .isPresent();
    }

    private long valueSat(OutPoint coin) {
      return node.builder().coin(coin).orElseThrow().output().valueSat();
    }

    /** Who has paid to the wallet pays somebody else instead. */
    private String replaceByPayer() {
      Optional<OutPoint> coin = coinOfWaitingPayer();
      if (coin.isEmpty()) {
        return "nothing to replace";
      }
      long sat = valueSat(coin.get()) - 20_000 - random.nextInt(20_000);
      node.publish(node.builder().spend(coin.get(), OTHER, sat));
      return "replaced by its payer";
    }

    /** A block confirms another spend of what a waiting payment by the miner spends. */
    private String doubleSpend() {
      Optional<OutPoint> coin = coinOfWaitingPayer();
      if (coin.isEmpty()) {
        return "nothing to spend twice";
      }
      Transaction other = node.builder().spend(coin.get(), OTHER, valueSat(coin.get()) - 5000);
      node.builder().add(node.builder().draft().with(other).build());
      return "spent twice";
    }

    private String reorganise() {
      int height = node.builder().tip().height();
      int depth = Math.min(height, 1 + random.nextInt(4));
      node.builder().fork(height - depth, depth + 1);
      return "reorganised " + depth;
    }

    /** While the wallet is away the world goes on; it finds out when it is back. */
    private String restart() throws Exception {
      node.remove(wallet);
      node.unwatch(model);
      boolean clean = random.nextBoolean();
      Path copy = place.resolveSibling("copy");
      if (clean) {
        wallet.close();
      } else {
        // As a kill would: what is on disk is all that is left.
        copy(place, copy);
        wallet.close();
        copy(copy, place);
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        switch (random.nextInt(3)) {
          case 0 -> node.mine(OTHER);
          case 1 -> reorganise();
          default -> evict();
        }
      }
      comeBack();
      return clean ? "restarted" : "killed";
    }

    private void comeBack() throws WalletException {
      store = DyingStore.open(place, random);
      wallet = Wallet.open(store, context());
      followChain(model);
      node.mempool().forEach(model::addedToMempool);
      node.watch(model);
      node.add(wallet);
      shelved.clear();
    }

    /** A wallet that was killed while it wrote is opened from what had reached the disk. */
    private void revive() throws WalletException {
      node.remove(wallet);
      node.unwatch(model);
      wallet.close();
      model.killed(stored());
      comeBack();
    }

    private Collection<Transaction> stored() throws WalletException {
      Map<Txid, Transaction> stored = new LinkedHashMap<>();
      try (FileWalletStore file = FileWalletStore.open(place)) {
        for (WalletRecord entry : file.load()) {
          if (entry instanceof WalletRecord.TxAdded added) {
            stored.put(added.transaction().txid(), added.transaction().transaction());
          }
        }
      }
      return stored.values();
    }

    private static void copy(Path from, Path to) throws IOException {
      Files.createDirectories(to);
      Files.write(
          to.resolve(FileWalletStore.FILE_NAME),
          Files.readAllBytes(from.resolve(FileWalletStore.FILE_NAME)));
    }

    private void followChain(PlainWallet follower) {
      List<Block> blocks = node.builder().blocks();
      while (!follower.chain().isEmpty()
          && !isIn(blocks, follower.chain().size(), follower.chain())) {
        follower.disconnect(follower.chain().get(follower.chain().size() - 1));
      }
      for (Block block : blocks.subList(follower.chain().size(), blocks.size())) {
        follower.connect(block);
      }
    }

    private static boolean isIn(List<Block> blocks, int height, List<Block> chain) {
      return height <= blocks.size()
          && blocks.get(height - 1).hash().equals(chain.get(height - 1).hash());
    }

    /** On an empty disk the words find what chain and mempool have. */
    private void recover(String when) throws WalletException {
      node.refuse(true);
      Wallet recovered =
          Wallet.restore(
              new MemoryWalletStore(),
              node.context(),
              Protection.none(),
              new Recovery(words, "", 0, 200));
      while (!recovered.catchUp(10)) {
        Thread.onSpinWait();
      }
      node.refuse(false);
      PlainWallet fresh = new PlainWallet(own, node.mempool(), MATURITY);
      followChain(fresh);
      node.mempool().forEach(fresh::addedToMempool);
      check(when + ", recovered", recovered, fresh);
    }
  }
}
