package org.farthing.node.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.mempool.PackageResult;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.LogPort;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.port.PruningPort;

/**
 * What methods about wallets see where there is no node: headers, and no coins but the wallets'.
 */
final class LightPorts {
  private LightPorts() {}

  /**
   * @param chain has headers alone
   * @param agreed what wallets see of it
   */
  static RpcPorts of(
      NodeConfig config,
      NodeClock clock,
      ChainState chain,
      Supplier<ChainSnapshot> agreed,
      NodeCalls calls) {
    Mempool mempool =
        new Mempool(MempoolChain.of(chain), MempoolPolicy.of(config), Owner.UNCHECKED);
    // Of branches, peers and mining there is nothing that a method about wallets could ask for.
    return new RpcPorts(
        new Whole(config, clock, System.nanoTime()),
        new Chain(chain, agreed),
        null,
        new Waiting(mempool, clock),
        new FeesAdapter(Optional.empty()),
        null,
        null,
        new NeverPruned(),
        Indexes.none(),
        calls);
  }

  private record Chain(ChainState chain, Supplier<ChainSnapshot> agreed) implements ChainPort {
    @Override
    public ConsensusParams params() {
      return chain.params();
    }

    @Override
    public ChainSnapshot snapshot() {
      return agreed.get();
    }

    @Override
    public boolean isInitialDownload() {
      return snapshot().tip() != snapshot().bestHeader();
    }

    @Override
    public double progress() {
      ChainSnapshot now = snapshot();
      int all = now.bestHeader().height();
      return all == 0 ? 1 : (double) now.height() / all;
    }

    @Override
    public CompletableFuture<HeaderNode> awaitTip(
        Predicate<HeaderNode> wanted, OptionalLong timeoutMillis) {
      return CompletableFuture.completedFuture(snapshot().tip());
    }

    @Override
    public Verdict submit(Block block) {
      return Verdict.rejected(RejectReason.INCONCLUSIVE_NOT_BEST_PREVBLK, "no coins to check it");
    }

    @Override
    public Verdict test(Block block) {
      return submit(block);
    }

    @Override
    public int nextBits() {
      HeaderNode best = snapshot().bestHeader();
      return chain.nextBits(best, best.header().timeSeconds());
    }
  }

  /** There is nothing: the wallets tell peers of their own, and hear of no others. */
  private record Waiting(Mempool mempool, NodeClock clock) implements MempoolPort {
    @Override
    public MempoolSnapshot snapshot() {
      return mempool.snapshot();
    }

    @Override
    public MempoolResult submit(Transaction transaction) {
      return test(transaction);
    }

    @Override
    public PackageResult submit(List<Transaction> transactions, Optional<FeeRate> highestRate) {
      return test(transactions);
    }

    @Override
    public boolean prioritise(Txid txid, long additionalSat) {
      return false;
    }

    @Override
    public MempoolFilePort file() {
      return MempoolFilePort.none();
    }

    @Override
    public MempoolResult test(Transaction transaction) {
      return mempool.test(transaction, clock.nowMillis());
    }

    @Override
    public PackageResult test(List<Transaction> transactions) {
      return mempool.test(transactions, clock.nowMillis());
    }
  }

  private record NeverPruned() implements PruningPort {
    @Override
    public boolean isOn() {
      return false;
    }

    @Override
    public OptionalLong targetBytes() {
      return OptionalLong.empty();
    }

    @Override
    public int leastHeight() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void pruneTo(int height) {
      throw new IllegalStateException("there are no blocks");
    }
  }

  /** The process; it ends when its command is done, and nobody sets its clock. */
  private record Whole(NodeConfig config, NodeClock clock, long startedNanos) implements NodePort {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Override
    public void stop() {
      throw new IllegalStateException("a light wallet ends with its command");
    }

    @Override
    public long uptimeSeconds() {
      return (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
    }

    @Override
    public long nowMillis() {
      return clock.nowMillis();
    }

    @Override
    public long systemMillis() {
      return clock.systemMillis();
    }

    @Override
    public void setMockTime(OptionalLong seconds) {
      clock.mock(seconds);
    }

    @Override
    public void advanceTimers(long seconds) {
      clock.advance(seconds * 1000);
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public List<ZmqAddress> zmqNotifications() {
      return List.of();
    }

    @Override
    public Optional<Path> folder() {
      return config.folder().map(data -> data.folder().resolve(LightNode.FOLDER));
    }

    @Override
    public Optional<Path> logFile() {
      return Optional.empty();
    }

    @Override
    public LogPort log() {
      return new FixedLog(config.log());
    }

    @Override
    public boolean allowsDeprecated(String method) {
      return config.rpc().limits().deprecated().contains(method);
    }

    @Override
    public long diskBytes() {
      return 0;
    }
  }
}
