package org.farthing.node.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainOptions;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.ChainConfig.Pruning;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.Whitelist;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.SimulatedSearch;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedTransport;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.sync.InitialDownload;
import org.farthing.node.wallets.NodeAccess;
import org.farthing.node.wire.NetAddress;
import org.farthing.testing.TestKey;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.MemoryWalletStore;

/** The production node on a simulated network and a virtual clock. */
final class SimulatedNode implements AutoCloseable {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  final String name;
  final TestKey key;
  final SimulatedTransport transport;
  final NodeCore core;
  final MiningService miner;
  private final WalletContext walletContext;
  private final List<Wallet> wallets = new ArrayList<>();
  private final VirtualTime.NodeScheduler scheduler;

  /**
   * @param number names the node, and makes its key and its randomness
   * @param friends nodes that it connects to, by their addresses
   */
  SimulatedNode(
      VirtualTime time, SimulatedNetwork network, int number, List<SimulatedNode> friends) {
    this(time, network, number, friends, new Pruning(Pruning.Mode.OFF, 0, false));
  }

  SimulatedNode(
      VirtualTime time,
      SimulatedNetwork network,
      int number,
      List<SimulatedNode> friends,
      Pruning pruning) {
    name = "node " + number;
    key = TestKey.number(1000 + number);
    scheduler = time.newScheduler();
    transport = network.newHost(scheduler);
    Random random = new Random(number);
    int port = PARAMS.network().ports().p2p();
    Environment world =
        new Environment(
            time,
            scheduler,
            transport,
            (host, then) -> scheduler.execute(() -> then.accept(List.of(address(host)))),
            Runnable::run,
            random,
            () -> false);
    List<String> hosts = friends.stream().map(friend -> friend.transport.address().host()).toList();
    core =
        new NodeCore(
            new NodeCore.Settings(
                new NodeCore.ChainSettings(
                    PARAMS, ChainOptions.DEFAULT, InitialDownload.MAX_TIP_AGE_SECONDS, pruning),
                MempoolOptions.defaults(),
                new ConnectionPlanner.Plan(true, hosts, List.of(), port, false),
                "/Farthing:test/",
                new P2pConfig.Peers(125, 60, false, false, new Whitelist(List.of()), 86_400, true)),
            world,
            RocksLedger.inMemory(PARAMS));
    miner =
        new MiningService(
            core,
            world,
            MiningOptions.defaults(),
            threads -> SimulatedSearch.regtest(scheduler, random, 10.0 / threads));
    try {
      core.listen(NetAddress.NONE.withPort(port));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    MempoolAdapter mempool = new MempoolAdapter(core, time);
    NodeAccess access =
        new NodeAccess(core.chain()::snapshot, core.mempool()::snapshot, mempool::submit);
    walletContext =
        new WalletContext(
            PARAMS,
            access,
            access,
            time::nowSeconds,
            random,
            WalletOptions.of(new Scrypt.Cost(4, 8, 1)),
            scheduler::assertOwner);
    scheduler.execute(core::start);
  }

  /** A wallet of this node, in memory. */
  Wallet newWallet() {
    try {
      Wallet wallet =
          Wallet.create(new MemoryWalletStore(), walletContext, Protection.none(), 12).wallet();
      wallets.add(wallet);
      core.chain().addListener(wallet::chainChanged);
      core.mempool()
          .addListener(
              event -> {
                if (event instanceof MempoolEvent.Added) {
                  wallet.addedToMempool(event.entry().transaction());
                } else {
                  wallet.removedFromMempool(event.entry().txid());
                }
              });
      if (!wallet.catchUp(Integer.MAX_VALUE)) {
        throw new AssertionError("the chain moved meanwhile");
      }
      return wallet;
    } catch (WalletException e) {
      throw new AssertionError(e);
    }
  }

  private static NetAddress address(String host) {
    try {
      return NetAddress.parse(host, PARAMS.network().ports().p2p());
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Mines to its own key.
   *
   * @param power a block in ten seconds on average for 1, in five for 2
   */
  void mine(int power) {
    mine(power, key.p2wpkh());
  }

  void mine(int power, Script payout) {
    scheduler.execute(() -> miner.start(power, payout));
  }

  void stopMining() {
    scheduler.execute(miner::stop);
  }

  ChainSnapshot chain() {
    return core.chain().snapshot();
  }

  BlockHash tip() {
    return chain().tip().hash();
  }

  int height() {
    return chain().height();
  }

  @Override
  public void close() {
    miner.close();
    wallets.forEach(Wallet::close);
    transport.close();
    core.close();
    scheduler.stop();
  }

  @Override
  public String toString() {
    return name;
  }
}
