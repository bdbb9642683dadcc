package org.farthing.node.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.ChainConfig.Pruning;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedNode.Setup;
import org.farthing.node.simulation.SimulatedTransport;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wallets.NodeAccess;
import org.farthing.testing.TestKey;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.MemoryWalletStore;

/** A simulated node with a key and wallets, on a ledger as in production. */
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
  private final org.farthing.node.simulation.SimulatedNode node;

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
    List<String> hosts = friends.stream().map(friend -> friend.transport.address().host()).toList();
    node =
        new org.farthing.node.simulation.SimulatedNode(
            time,
            scheduler,
            transport,
            Setup.of(name, number).connecting(hosts, true).pruning(pruning).blockEvery(10),
            RocksLedger.inMemory(PARAMS));
    core = node.core();
    miner = node.miner();
    MempoolAdapter mempool = new MempoolAdapter(core, MempoolFilePort.none(), time);
    NodeAccess access =
        new NodeAccess(
            core.chain()::snapshot, core.mempool()::snapshot, mempool::submit, Optional.empty());
    walletContext =
        new WalletContext(
            PARAMS,
            access,
            access,
            time::nowSeconds,
            node.world().random(),
            WalletOptions.of(new Scrypt.Cost(4, 8, 1)),
            scheduler::assertOwner);
    node.start();
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

  /**
   * Mines to its own key.
   *
   * @param power a block in ten seconds on average for 1, in five for 2
   */
  void mine(int power) {
    mine(power, key.p2wpkh());
  }

  void mine(int power, Script payout) {
    node.mine(power, payout);
  }

  void stopMining() {
    node.stopMining();
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
    wallets.forEach(Wallet::close);
    node.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
