package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.MemoryWalletStore;

/**
 * A wallet with 100,000 transactions and 1,000,000 addresses, in this process: how long it takes to
 * open it, to say what it has, and to take in a block; and how long another one looks for its
 * payments in 100,000 blocks, with filters and without, from memory and from a ledger on disk.
 */
final class WalletBenchmark implements Benchmark {
  private static final int TRANSACTIONS = 100_000;
  private static final int IN_A_BLOCK = 100;

  /** Of each of the eight keychains. */
  private static final int ADDRESSES = 125_000;

  private static final int NEW_BLOCKS = 20;
  private static final int OWN_IN_NEW = 10;
  private static final int OTHERS_IN_NEW = 2_500;
  private static final int SCANNED = 100_000;
  private static final int BODIES = 500;
  private static final int PAID_EVERY = 1_000;
  private static final int LINES = 100;
  private static final int READINGS = 20;
  private static final int AT_ONCE = 1_000;

  private final int runs;
  private final Random random = new Random(20261128);

  /**
   * @param runs how often the wallet is opened, and the blocks are read
   */
  WalletBenchmark(int runs) {
    this.runs = runs;
  }

  @Override
  public String name() {
    return "wallet";
  }

  @Override
  public List<Figure> run(Bench bench) throws CliException, IOException {
    List<Figure> figures = new ArrayList<>();
    try {
      bench.say("a wallet derives 1,000,000 addresses and is paid 100,000 times");
      large(bench, figures);
      bench.say("a wallet looks for its payments in 100,000 blocks");
      scans(bench, figures);
    } catch (WalletException e) {
      throw CliException.failed("the benchmark's wallet: " + e.getMessage());
    }
    return figures;
  }

  private static WalletContext context(WalletChain chain, OptionalInt keypool) {
    WalletOptions usual = WalletOptions.of(new Scrypt.Cost(4, 8, 1));
    return new WalletContext(
        ConsensusParams.regtest(),
        chain,
        chain,
        () -> chain.tip().header().timeSeconds(),
        new Random(1),
        new WalletOptions(
            usual.vaultCost(),
            usual.addressType(),
            usual.changeType(),
            keypool,
            usual.fees(),
            usual.spending()),
        Owner.UNCHECKED);
  }

  private void large(Bench bench, List<Figure> figures) throws WalletException {
    Path folder = bench.newFolder();
    List<Script> own = new ArrayList<>();
    try (WalletChain chain = new WalletChain(node -> payments(node, own))) {
      WalletContext context = context(chain, OptionalInt.of(ADDRESSES));
      try (Wallet wallet =
          Wallet.create(FileWalletStore.create(folder), context, Protection.none(), 12).wallet()) {
        own.addAll(scripts(wallet));
        chain.grow(TRANSACTIONS / IN_A_BLOCK);
        catchUp(wallet);
        expect(wallet.info().transactionCount(), TRANSACTIONS, "transactions");
      }
      // The system has the file in its caches.
      List<Double> openings = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        long begin = System.nanoTime();
        try (Wallet wallet = Wallet.open(FileWalletStore.open(folder), context)) {
          catchUp(wallet);
          openings.add(millis(begin));
        }
      }
      figures.add(Figure.of("wallet: open", "ms", openings).aim("< 2000"));
      try (Wallet wallet = Wallet.open(FileWalletStore.open(folder), context)) {
        catchUp(wallet);
        figures.add(reading("wallet: balance", wallet::balance));
        figures.add(
            reading(
                "wallet: last 100 entries",
                () -> wallet.history().transactions().limit(LINES).toList()));
        figures.add(newBlocks(chain, wallet, own));
      }
    }
  }

  private static Figure reading(String name, Supplier<Object> what) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < READINGS; i++) {
      long begin = System.nanoTime();
      Object answer = what.get();
      millis.add(millis(begin));
      Objects.requireNonNull(answer);
    }
    return Figure.of(name, "ms", millis).aim("< 20");
  }

  private Figure newBlocks(WalletChain chain, Wallet wallet, List<Script> own) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < NEW_BLOCKS; i++) {
      chain.grow(1);
      List<Transaction> contents = new ArrayList<>();
      for (int j = 0; j < OTHERS_IN_NEW; j++) {
        boolean ours = j % (OTHERS_IN_NEW / OWN_IN_NEW) == 0;
        contents.add(payment(ours ? own.get(j % own.size()) : foreign()));
      }
      Block block = new Block(chain.tip().header(), contents);
      BlockUndo nothing = new BlockUndo(List.of());
      long begin = System.nanoTime();
      wallet.chainChanged(new ChainEvent.Connected(chain.tip(), block, nothing));
      millis.add(millis(begin));
    }
    return Figure.of("wallet: a new block (2,500 payments, 10 of them its own)", "ms", millis)
        .aim("< 50");
  }

  private void scans(Bench bench, List<Figure> figures) throws WalletException {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < BODIES * IN_A_BLOCK; i++) {
      bodies.add(payment(foreign()).serialize());
    }
    List<Script> own = new ArrayList<>();
    try (WalletChain chain = new WalletChain(node -> decoded(node, bodies, own))) {
      Wallet.Created created =
          Wallet.create(
              new MemoryWalletStore(),
              context(chain, OptionalInt.of(LINES)),
              Protection.none(),
              12);
      try (Wallet wallet = created.wallet()) {
        own.addAll(scripts(wallet));
        chain.grow(SCANNED);
        bench.say("filters of 100,000 blocks are made");
        chain.makeFilters();
        catchUp(wallet);
        searches(chain, wallet, "from memory", figures);
        bench.say("100,000 blocks and their filters are written to disk");
        chain.keepOnDisk(bench.newFolder());
        searches(chain, wallet, "from disk", figures);
        expect(wallet.info().transactionCount(), SCANNED / PAID_EVERY, "payments");
      }
    }
  }

  private void searches(WalletChain chain, Wallet wallet, String where, List<Figure> figures) {
    for (boolean byFilters : List.of(true, false)) {
      chain.showFilters(byFilters);
      String way = byFilters ? "by filters" : "whole";
      figures.add(search("wallet: 100,000 blocks read again " + where + ", " + way, wallet));
    }
  }

  private Figure search(String name, Wallet wallet) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      long begin = System.nanoTime();
      wallet.descriptors().searchBlocks(0, SCANNED);
      catchUp(wallet);
      millis.add(millis(begin));
    }
    return Figure.of(name, "ms", millis);
  }

  private static List<Script> scripts(Wallet wallet) {
    return wallet.addresses().keychains().stream()
        .flatMap(keychain -> keychain.scripts(0).stream())
        .toList();
  }

  private static void expect(int found, int wanted, String what) throws WalletException {
    if (found != wanted) {
      throw new WalletException(
          WalletError.INVALID_REQUEST, "it has %d %s, not %d".formatted(found, what, wanted));
    }
  }

  private static void catchUp(Wallet wallet) {
    while (!wallet.catchUp(AT_ONCE)) {
      Thread.onSpinWait();
    }
  }

  private static double millis(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e6;
  }

  private List<Transaction> payments(HeaderNode node, List<Script> own) {
    Random seeded = new Random(node.height());
    List<Transaction> payments = new ArrayList<>();
    for (int i = 0; i < IN_A_BLOCK; i++) {
      payments.add(payment(own.get(seeded.nextInt(own.size())), seeded));
    }
    return payments;
  }

  /** Bodies are read as they would be from a disk that has them in its cache. */
  private static List<Transaction> decoded(HeaderNode node, List<byte[]> bodies, List<Script> own) {
    List<Transaction> transactions = new ArrayList<>();
    int first = node.height() % BODIES * IN_A_BLOCK;
    try {
      for (byte[] body : bodies.subList(first, first + IN_A_BLOCK)) {
        transactions.add(Transaction.decode(body));
      }
    } catch (DecodeException e) {
      throw new AssertionError("what was encoded here cannot be decoded", e);
    }
    if (node.height() % PAID_EVERY == 0) {
      transactions.add(payment(own.get(0), new Random(node.height())));
    }
    return transactions;
  }

  private Transaction payment(Script to) {
    return payment(to, random);
  }

  private static Transaction payment(Script to, Random from) {
    byte[] coin = new byte[Txid.SIZE];
    from.nextBytes(coin);
    byte[] change = new byte[20];
    from.nextBytes(change);
    return new Transaction(
        2,
        List.of(new TxIn(new OutPoint(Txid.of(coin), 0), Script.EMPTY, Sequence.MAX_REPLACEABLE)),
        List.of(new TxOut(10_000, to), new TxOut(20_000, ScriptPattern.p2wpkh(change))),
        0);
  }

  private Script foreign() {
    byte[] hash = new byte[20];
    random.nextBytes(hash);
    return ScriptPattern.p2wpkh(hash);
  }
}
