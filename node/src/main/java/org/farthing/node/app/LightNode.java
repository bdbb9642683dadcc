package org.farthing.node.app;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.index.FilterHeaderStore;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.light.Exposure;
import org.farthing.node.light.LightAccess;
import org.farthing.node.light.LightClient;
import org.farthing.node.light.LightException;
import org.farthing.node.light.Patience;
import org.farthing.node.rpc.RpcMethods;
import org.farthing.node.rpc.call.Caller;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.time.Scheduler;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.wallets.WalletHome;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.error.WalletException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wallets without a node, as a process has them: a folder, threads, sockets, and the same calls as
 * a node answers, as far as they are about wallets. One thread owns the client, another one the
 * wallets, which wait for the client.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what follows is done where it is asked for
public final class LightNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LightNode.class);

  /** Below the folder of the network. */
  static final String FOLDER = "light";

  private final NodeConfig config;
  private final Closers closers = new Closers();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final NodeClock clock = new NodeClock(OptionalLong.empty());
  private final Dispatcher dispatcher = new Dispatcher();
  private NodeThread clientThread;
  private NodeThread walletThread;
  private OwnerCalls onClient;
  private OwnerCalls onWallets;
  private LightClient client;
  private LightAccess access;
  private WalletRegistry wallets;
  private HeaderNode lastTip;
  private Scheduler.Timer nextTick;

  /** All wallets are loaded. Of the client's thread. */
  private boolean follows;

  /** The wallets are being told that filters were wrong. Of the client's thread. */
  private boolean looksAgain;

  /** Ends the waiting of callers: nobody waits for a thread that has ended. */
  private volatile Runnable unblock = () -> {};

  private LightNode(NodeConfig config) {
    this.config = config;
  }

  /**
   * Opens the light wallets of a data directory; {@link #synchronise} lets them follow the chain.
   *
   * @param config of a node; what is about peers and wallets counts
   * @param named peers, with or without a port
   */
  public static LightNode open(NodeConfig config, List<String> named, Patience patience)
      throws StartException {
    LightNode node = new LightNode(config);
    try {
      node.openClient(named, patience);
      node.openWallets(patience);
      return node;
    } catch (StartException | RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  private void openClient(List<String> named, Patience patience) throws StartException {
    DataDirectory data = DataDirectory.of(config.data().folder(), FOLDER);
    closers.push(DataLock.take(data)::close);
    NodeThreads threads = NodeThreads.of(Hosting.ALONE, 1);
    closers.push(threads::close);
    clientThread = new NodeThread("light", this::fail);
    closers.push(clientThread::close);
    onClient = new OwnerCalls(clientThread);
    RealWorld real = new RealWorld(config, clock, clientThread, threads);
    NettyTransport transport = real.transport();
    Environment world = real.around(transport, () -> false);
    client = onClient.get(() -> client(data, named, patience, world));
    closers.push(
        () ->
            onClient.quietly(
                () -> {
                  nextTick.cancel();
                  client.close();
                }));
    closers.push(transport::close);
    onClient.get(
        () -> {
          tick();
          return true;
        });
  }

  private LightClient client(
      DataDirectory data, List<String> named, Patience patience, Environment world) {
    ChainState chain =
        ChainState.open(
            config.params(),
            RocksLedger.open(data.chainstate(), config.params()),
            world.workers(),
            ChainPolicy.of(config),
            clientThread::assertOwner,
            () -> false);
    P2pConfig.Peers usual = config.p2p().peers();
    P2pConfig.Peers peers =
        new P2pConfig.Peers(
            usual.maxConnections(),
            0,
            usual.patience(),
            true,
            P2pConfig.Serving.USUAL,
            usual.whitelist(),
            usual.banSeconds(),
            true);
    return new LightClient(
        new LightClient.Settings(
            named,
            UserAgent.of(List.of("light")),
            config.p2p().encrypted(),
            peers,
            config.p2p().privacy(),
            patience),
        new LightClient.World(world.clock(), world.transport(), world.resolver(), world.random()),
        chain,
        filterHeaders(data, chain));
  }

  /** Where they cannot be opened, nothing stays open. */
  private RocksIndexStore filterHeaders(DataDirectory data, ChainState chain) {
    try {
      return RocksIndexStore.openDurable(
          data.indexes().resolve("filterheaders"), FilterHeaderStore.layout(), config.params());
    } catch (RuntimeException | Error e) {
      chain.close();
      throw e;
    }
  }

  private void tick() {
    client.tick();
    HeaderNode tip = client.agreed().tip();
    if (wallets != null && tip != lastTip) {
      lastTip = tip;
      walletThread.execute(wallets.loaded()::catchUp);
    }
    if (follows) {
      lookAgainAfterLies();
    }
    nextTick = clientThread.after(NodeCore.TICK_MILLIS, this::tick);
  }

  private void openWallets(Patience patience) throws StartException {
    DataDirectory data = DataDirectory.of(config.data().folder(), FOLDER);
    walletThread = new NodeThread("light-wallets", this::fail);
    closers.push(walletThread::close);
    onWallets = new OwnerCalls(walletThread);
    access = new LightAccess(client, clientThread, patience.answerMillis());
    WalletContext context =
        new WalletContext(
            config.params(),
            access,
            access,
            clock::nowSeconds,
            new java.security.SecureRandom(),
            config.wallets().options(Scrypt.Cost.INTERACTIVE),
            walletThread::assertOwner);
    WalletRegistry registry =
        new WalletRegistry(
            WalletHome.inFolder(data.wallets(), data.settings()), context, walletThread);
    registry
        .loaded()
        .listen(
            (name, transaction) -> {
              if (transaction.isConfirmed()) {
                access.confirmed(transaction.txid());
              }
            });
    access.onPublished(
        transaction ->
            registry
                .names()
                .forEach(name -> registry.find(name).orElseThrow().addedToMempool(transaction)));
    NodeCalls calls = new NodeCalls(walletThread);
    closers.push(() -> onWallets.quietly(registry::close));
    closers.push(calls::close);
    dispatcher.ready(
        RpcMethods.light(
            LightPorts.of(config, clock, client.chain(), access::snapshot, calls),
            registry,
            access));
    unblock = calls::close;
    onClient.get(() -> wallets = registry);
  }

  /**
   * Waits until the headers of all peers are here, their filters agreed on, and all wallets of the
   * folder have read what concerns them.
   *
   * @param progress told now and then how far that is
   * @throws LightException if it cannot be done
   */
  public void synchronise(Consumer<Progress> progress) throws StartException {
    await(
        CompletableFuture.supplyAsync(client::synchronised, clientThread)
            .thenCompose(Function.identity()),
        progress);
    onWallets.get(this::loadAll);
    onClient.get(
        () -> {
          lookAgainAfterLies();
          follows = true;
          return true;
        });
    CompletableFuture<Boolean> read = new CompletableFuture<>();
    walletThread.execute(() -> waitForWallets(read));
    await(read, progress);
    access.waitForDelivery();
  }

  /**
   * How far it is.
   *
   * @param peers that are there
   * @param headers the height of the best
   * @param agreed up to which height filters are agreed on
   */
  public record Progress(int peers, int headers, int agreed) {}

  private <T> void await(CompletableFuture<T> done, Consumer<Progress> progress) {
    while (true) {
      ChainSnapshot chain = client.agreed();
      progress.accept(
          new Progress(client.peerCount(), chain.bestHeader().height(), chain.tip().height()));
      if (failure.get() != null) {
        throw reason(failure.get());
      }
      try {
        done.get(NodeCore.TICK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        // Asked again, unless a thread has failed meanwhile.
      } catch (ExecutionException e) {
        throw reason(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LightException("interrupted");
      }
    }
  }

  private static LightException reason(Throwable problem) {
    return problem instanceof LightException known
        ? known
        : new LightException("the light wallet has failed: " + problem);
  }

  /** All wallets follow the chain; those that relied on wrong filters look again. */
  private boolean loadAll() throws StartException {
    Set<String> known = new HashSet<>(wallets.names());
    for (String name : wallets.stored()) {
      if (!known.contains(name)) {
        try {
          wallets.load(name);
        } catch (WalletException e) {
          LOG.warn("wallet '{}' is not loaded: {}", name, e.getMessage());
        }
      }
    }
    return true;
  }

  /**
   * Wallets that relied on filters which turned out to be wrong read those blocks again. On the
   * client's thread, which must not wait for the wallets'.
   */
  private void lookAgainAfterLies() {
    OptionalInt from = client.filterHeaders().doubtedFrom();
    if (from.isPresent() && !looksAgain) {
      looksAgain = true;
      int height = from.getAsInt();
      walletThread.execute(
          () -> {
            lookAgain(height);
            // What a wallet has begun to search it goes on with after a kill.
            clientThread.execute(() -> settle(height));
          });
    }
  }

  private void settle(int height) {
    client.filterHeaders().settle(height);
    looksAgain = false;
  }

  private void lookAgain(int height) {
    LOG.warn(
        "filters from height {} on were wrong: all wallets look at those blocks again", height);
    for (String name : wallets.names()) {
      Wallet wallet = wallets.find(name).orElseThrow();
      int last = wallet.info().height();
      if (height <= last) {
        wallet.descriptors().searchBlocks(height, last);
      }
    }
    wallets.loaded().catchUp();
  }

  private void waitForWallets(CompletableFuture<Boolean> read) {
    boolean all =
        wallets.names().stream()
            .allMatch(name -> wallets.find(name).orElseThrow().info().synchronised());
    if (all) {
      read.complete(true);
    } else {
      walletThread.after(NodeCore.TICK_MILLIS / 10, () -> waitForWallets(read));
    }
  }

  /**
   * Answers a call (JSON-RPC), as a node does.
   *
   * @param wallet which wallet it is about
   * @throws LightException if peers have not given what it takes
   */
  public byte[] answer(byte[] request, Optional<String> wallet) {
    byte[] answer = dispatcher.handle(request, new Caller("light", wallet)).body();
    if (failure.get() != null) {
      throw reason(failure.get());
    }
    return answer;
  }

  /** The chain as far as its filters are agreed on. */
  ChainSnapshot agreed() {
    return client.agreed();
  }

  /** Peers that were found out. */
  public List<Exposure> exposed() {
    return client == null ? List.of() : client.exposed();
  }

  private void fail(Throwable reason) {
    if (failure.compareAndSet(null, reason) && !(reason instanceof LightException)) {
      LOG.error("the light wallet has failed", reason);
    }
    unblock.run();
  }

  /** Stops everything, and waits for it. */
  @Override
  public void close() {
    closers.runAll();
  }
}
