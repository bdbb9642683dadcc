package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainTip;
import org.farthing.consensus.chain.ChainVerification;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.chain.SyncProgress;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.app.FeesAdapter;
import org.farthing.node.config.ChainConfig.Pruning;
import org.farthing.node.config.IndexConfig;
import org.farthing.node.config.LogCategory;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.fee.BlockPolicyEstimator;
import org.farthing.node.fee.FeeEstimates;
import org.farthing.node.fee.MempoolPolicyEstimator;
import org.farthing.node.fee.RoomEstimator;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.mempool.PackageResult;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.TemplateCache;
import org.farthing.node.mining.TemplateOffer;
import org.farthing.node.rpc.call.Caller;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.LogPort;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.port.MiningPorts;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.port.PruningPort;
import org.farthing.node.rpc.rest.Rest;
import org.farthing.node.rpc.spec.ResultCheck;
import org.farthing.node.stratum.StratumReport;
import org.farthing.node.sync.BlockPruning;
import org.farthing.node.time.Scheduler;
import org.farthing.node.wallets.NodeAccess;
import org.farthing.node.wallets.WalletHome;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;

/** The methods over a regtest chain, a mempool and wallets, all on the test's thread. */
final class NodeFixture implements AutoCloseable {
  /** An address of nobody here. */
  static final String ELSEWHERE = "bcrt1qs758ursh4q9z627kt3pp5yysm78ddny6txaqgw";

  final ChainBuilder builder = ChainBuilder.regtest();
  final Mempool mempool =
      new Mempool(MempoolChain.of(builder.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  final WalletRegistry wallets;
  final NetworkFixture network = new NetworkFixture(() -> nowMillis());
  final Indexes indexes;
  final Rest rest = new Rest();

  /** Methods that are to go, and are there all the same. */
  final Set<String> deprecated = new HashSet<>();

  /** Who mines at the Stratum port, if there is one. */
  StratumReport stratum;

  boolean stopped;
  long advancedSeconds;

  /** How long the last call wanted to wait; it got the tip at once. */
  OptionalLong awaitedMillis = OptionalLong.empty();

  /** What happens while a call waits. */
  Runnable whileAwaiting = () -> {};

  private final BlockAssembler assembler =
      new BlockAssembler(MiningChain.of(builder.chain()), mempool, MiningOptions.defaults());
  private final TemplateCache templates =
      new TemplateCache(MiningChain.of(builder.chain()), mempool, assembler);
  private final MethodTable table;
  private BlockPruning pruning;
  private final Dispatcher dispatcher = new Dispatcher();
  private long nowSeconds = builder.nowSeconds();

  /** A node without indexes. */
  NodeFixture(Path folder) {
    this(folder, IndexConfig.NONE);
  }

  NodeFixture(Path folder, IndexConfig wanted) {
    indexes =
        Indexes.open(
            wanted,
            Indexes.inMemory(builder.params()),
            builder.params(),
            builder.chain()::snapshot,
            failure -> {
              throw new AssertionError(failure);
            });
    indexes.start();
    // On threads of their own: a test begins when they have caught up with the chain as it is.
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> indexes.all().stream().allMatch(RunningIndex::isSynced));
    Scheduler here = new Here();
    wallets =
        new WalletRegistry(
            WalletHome.inFolder(folder.resolve("wallets"), folder.resolve("settings.json")),
            new WalletContext(
                builder.params(),
                new NodeAccess(
                    builder.chain()::snapshot, mempool::snapshot, this::submit, Optional.empty()),
                new NodeAccess(
                    builder.chain()::snapshot, mempool::snapshot, this::submit, Optional.empty()),
                () -> nowSeconds,
                new Random(1),
                WalletOptions.of(new Scrypt.Cost(4, 1, 1)),
                Owner.UNCHECKED),
            here);
    builder.chain().addListener(mempool::chainEvent);
    builder.chain().addListener(wallets.loaded()::chainChanged);
    builder.chain().addListener(indexes::chainChanged);
    mempool.addListener(wallets.loaded()::mempoolChanged);
    RpcPorts ports =
        new RpcPorts(
            new FakeNode(),
            new Chain(),
            new Branches(),
            new Pool(),
            new FeesAdapter(Optional.of(fees())),
            network.ports(),
            new MiningPorts(new Mining(), () -> Optional.ofNullable(stratum)),
            new ChosenPruning(),
            indexes,
            new NodeCalls(here));
    table = RpcMethods.table(ports, wallets);
    dispatcher.ready(table);
    rest.ready(ports, table);
    prune(new Pruning(Pruning.Mode.OFF, 0, false));
  }

  private FeeEstimates fees() {
    FeeEstimates fees =
        new FeeEstimates(
            new BlockPolicyEstimator(),
            new MempoolPolicyEstimator(),
            new RoomEstimator(),
            new FeeEstimates.Surroundings(
                mempool,
                () -> true,
                assembler::nextBlock,
                () -> mempool.snapshot().minimumFee(nowMillis()),
                false));
    builder.chain().addListener(fees::chainChanged);
    mempool.addListener(fees::mempoolChanged);
    return fees;
  }

  private long nowMillis() {
    return nowSeconds * 1000;
  }

  private MempoolResult submit(Transaction transaction) {
    return mempool.accept(transaction, nowSeconds * 1000);
  }

  /** The whole answer to a call at {@code /wallet/<name>}, or at {@code /} for null. */
  JsonNode answer(String wallet, String method, Object... params) {
    ObjectNode request = Json.object().put("method", method);
    request.set("params", new ObjectMapper().valueToTree(params));
    Caller caller = new Caller("test", Optional.ofNullable(wallet));
    Reply reply = dispatcher.handle(Json.bytes(request), caller);
    caller.answered();
    try {
      return Json.parse(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result of a call, which must be as the method declares. */
  JsonNode at(String wallet, String method, Object... params) {
    JsonNode answer = answer(wallet, method, params);
    assertThat(answer.path("error").isNull()).as(method + ": " + answer.path("error")).isTrue();
    JsonNode result = answer.get("result");
    assertThat(ResultCheck.mismatches(table.find(method).orElseThrow(), result)).isEmpty();
    return result;
  }

  JsonNode call(String method, Object... params) {
    return at(null, method, params);
  }

  /**
   * Makes a wallet, with so many coins of 50 that can be spent.
   *
   * @return the address that they were mined to; its name is "mining"
   */
  String createRichWallet(String name, int coins) {
    call("createwallet", name);
    String address = at(name, "getnewaddress", "mining").asText();
    call("generatetoaddress", coins, address);
    call("generatetoaddress", 100, ELSEWHERE);
    return address;
  }

  /** The error of a call: number and text. */
  String error(String wallet, String method, Object... params) {
    JsonNode error = answer(wallet, method, params).path("error");
    return error.path("code").asText() + " " + error.path("message").asText();
  }

  @Override
  public void close() {
    wallets.close();
    indexes.close();
    builder.close();
  }

  private final class Chain implements ChainPort {
    @Override
    public ConsensusParams params() {
      return builder.params();
    }

    @Override
    public ChainSnapshot snapshot() {
      return builder.chain().snapshot();
    }

    @Override
    public boolean isInitialDownload() {
      return false;
    }

    @Override
    public double progress() {
      return SyncProgress.of(snapshot(), params(), nowSeconds);
    }

    @Override
    public CompletableFuture<HeaderNode> awaitTip(
        Predicate<HeaderNode> wanted, OptionalLong timeoutMillis) {
      awaitedMillis = timeoutMillis;
      whileAwaiting.run();
      return CompletableFuture.completedFuture(builder.tip());
    }

    @Override
    public Verdict submit(Block block) {
      Verdict verdict = builder.chain().acceptBlock(block, nowSeconds);
      mempool.settle(nowSeconds * 1000);
      return verdict;
    }

    @Override
    public Verdict test(Block block) {
      return builder.chain().testBlock(block, nowSeconds);
    }

    @Override
    public int nextBits() {
      return builder.chain().nextBits(builder.tip(), nowSeconds);
    }
  }

  private final class Branches implements BranchesPort {
    @Override
    public List<ChainTip> tips() {
      return builder.chain().tips();
    }

    @Override
    public Verdict submit(BlockHeader header) {
      return builder.chain().acceptHeader(header, nowSeconds);
    }

    @Override
    public void invalidate(HeaderNode block) {
      builder.chain().invalidate(block);
    }

    @Override
    public void reconsider(HeaderNode block) {
      builder.chain().reconsider(block);
    }

    @Override
    public void prefer(HeaderNode block) {
      builder.chain().prefer(block);
    }

    @Override
    public ChainVerification verify(int level, int blocks) {
      return builder.chain().verify(level, blocks);
    }
  }

  private final class Pool implements MempoolPort {
    @Override
    public MempoolSnapshot snapshot() {
      return mempool.snapshot();
    }

    @Override
    public MempoolResult submit(Transaction transaction) {
      return NodeFixture.this.submit(transaction);
    }

    @Override
    public PackageResult submit(List<Transaction> transactions, Optional<FeeRate> highestRate) {
      return mempool.accept(transactions, highestRate, nowSeconds * 1000);
    }

    @Override
    public boolean prioritise(Txid txid, long additionalSat) {
      if (mempool.isDusty(txid)) {
        return false;
      }
      mempool.prioritise(txid, additionalSat);
      return true;
    }

    @Override
    public MempoolFilePort file() {
      return MempoolFilePort.none();
    }

    @Override
    public MempoolResult test(Transaction transaction) {
      return mempool.test(transaction, nowSeconds * 1000);
    }

    @Override
    public PackageResult test(List<Transaction> transactions) {
      return mempool.test(transactions, nowSeconds * 1000);
    }
  }

  private final class Mining implements MiningPort {
    @Override
    public Block template(Script payout) {
      return assembler.template(payout, nowSeconds).block();
    }

    @Override
    public Block template(Script payout, List<Transaction> transactions) {
      return assembler
          .template(
              payout,
              nowSeconds,
              transactions.stream().map(tx -> new BlockTemplate.Item(tx, 0, 0)).toList())
          .block();
    }

    @Override
    public TemplateOffer offer() {
      return templates.offer(nowSeconds);
    }

    @Override
    public MiningOptions options() {
      return assembler.options();
    }

    @Override
    public Optional<BlockAssembler.Filled> lastFilled() {
      return assembler.lastFilled();
    }

    private MiningPort.Status status = MiningPort.Status.OFF;

    @Override
    public void start(Wanted wanted) {
      schedule(
          wanted.threads(),
          wanted.policy().orElse(MinerPolicy.usual()),
          wanted.pauseWhenIdle().orElse(false),
          0);
    }

    private void schedule(int threads, MinerPolicy policy, boolean pauses, int ordered) {
      status =
          new MiningPort.Status(
              threads, 0, 0, Optional.of(new Schedule(policy, pauses, ordered, false)));
    }

    @Override
    public void change(MinerPolicy policy, boolean pauseWhenIdle) {
      schedule(status.threads(), policy, pauseWhenIdle, 0);
    }

    @Override
    public void order(int blocks) {
      MiningPort.Schedule now = status.schedule().orElseThrow();
      schedule(status.threads(), now.policy(), now.pausesWhenIdle(), now.ordered() + blocks);
    }

    @Override
    public void stop() {
      status = MiningPort.Status.OFF;
    }

    @Override
    public MiningPort.Status status() {
      return status;
    }
  }

  /** From now on old blocks may be deleted, or must be kept. */
  void prune(Pruning wanted) {
    pruning = new BlockPruning(wanted, builder.chain(), Runnable::run);
    pruning.spareAfter("wallets", wallets.loaded()::lastRead);
  }

  private final class ChosenPruning implements PruningPort {
    @Override
    public boolean isOn() {
      return pruning.isOn();
    }

    @Override
    public OptionalLong targetBytes() {
      return pruning.targetBytes();
    }

    @Override
    public int leastHeight() {
      return pruning.leastHeight();
    }

    @Override
    public void pruneTo(int height) {
      pruning.pruneTo(height);
    }
  }

  private final class FakeNode implements NodePort {
    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public long uptimeSeconds() {
      return 5;
    }

    @Override
    public long nowMillis() {
      return nowSeconds * 1000;
    }

    @Override
    public long systemMillis() {
      return 1_234_567_890_123L;
    }

    @Override
    public void setMockTime(OptionalLong seconds) {
      nowSeconds = seconds.orElse(builder.nowSeconds());
    }

    @Override
    public void advanceTimers(long seconds) {
      advancedSeconds += seconds;
    }

    @Override
    public List<String> warnings() {
      return List.of("a warning");
    }

    @Override
    public List<ZmqAddress> zmqNotifications() {
      return List.of(new ZmqAddress(ZmqAddress.Topic.HASH_TX, "tcp://127.0.0.1:28332", 7));
    }

    @Override
    public Optional<Path> folder() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> logFile() {
      return Optional.of(Path.of("debug.log"));
    }

    @Override
    public LogPort log() {
      return new LogPort() {
        @Override
        public Set<LogCategory> detailed() {
          return Set.of(LogCategory.NET);
        }

        @Override
        public void detail(LogCategory category, boolean wanted) {
          assertThat(category).isEqualTo(LogCategory.NET);
        }
      };
    }

    @Override
    public boolean allowsDeprecated(String method) {
      return deprecated.contains(method);
    }

    @Override
    public long diskBytes() {
      return 1;
    }
  }

  /** Runs at once what is to run at once, and never what is to run later. */
  private static final class Here implements Scheduler {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
      return () -> {};
    }

    @Override
    public void assertOwner() {}
  }
}
