package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainMaker;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node is killed (SIGKILL) at random moments while it fetches a chain, with so little memory that
 * coins are written all the time. Started again it stands on some block, with the coins that an
 * undisturbed node had there, and goes on; in the end both have the same. {@code
 * -Dfarthing.downloadCrash.kills} of each chain, {@code -Dfarthing.downloadCrash.seed} repeats the
 * decisions of a run, though not its timing. {@code -Dfarthing.downloadCrash.whole=true} takes the
 * chains of {@code farthing bench download}: 264,000 signatures, and five million coins.
 */
class DownloadCrashIT {
  private static final int KILLS = Integer.getInteger("farthing.downloadCrash.kills", 2);
  private static final long SEED = Long.getLong("farthing.downloadCrash.seed", System.nanoTime());
  private static final boolean WHOLE = Boolean.getBoolean("farthing.downloadCrash.whole");
  private static final Duration LIMIT = Duration.ofMinutes(WHOLE ? 15 : 3);

  /** Of the processor: the clock of a busy machine says little. */
  private static final int LONGEST_OPENING_MILLIS = 5_000;

  private static final int LONGEST_START_MILLIS = 2_500;

  /** Of the time that the whole download takes, what a life lasts at most. */
  private static final int LIFE_PART = 3;

  private static final int ONE_IN_SO_MANY_STARTS = 5;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final LongSummaryStatistics startMillis = new LongSummaryStatistics();
  private final LongSummaryStatistics startCpuMillis = new LongSummaryStatistics();
  private int downloads;
  private long blocksFound;
  private String slowestStart = "none";

  private enum Chain {
    /** Blocks of payments. */
    SIGNATURES(4, 450),

    /** Blocks of coins, of which two fill the memory, so that they are written as files. */
    COINS(12, 100);

    private final int smallCache;
    private final int usualCache;

    Chain(int smallCache, int usualCache) {
      this.smallCache = smallCache;
      this.usualCache = usualCache;
    }

    ChainRecipe recipe() {
      ChainRecipe whole = ChainRecipe.named(name().toLowerCase(Locale.ROOT));
      if (WHOLE) {
        return whole;
      }
      return switch (this) {
        case SIGNATURES -> whole.with(3_000, 25, 200);
        case COINS -> whole.with(200_000, 8, 50);
      };
    }

    /** What a node gets; of whole chains, every other one writes coins when it is usual. */
    String cache(Random random) {
      return "--db-cache=" + (WHOLE && random.nextBoolean() ? usualCache : smallCache);
    }
  }

  @AfterEach
  void end() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closeLater(T resource) {
    open.add(resource);
    return resource;
  }

  @ParameterizedTest
  @EnumSource
  void aKilledDownloadGoesOnFromABlock(Chain chain, TestReporter reporter) throws Exception {
    reporter.publishEntry("farthing.downloadCrash.seed", Long.toString(SEED));
    ChainFile file =
        closeLater(ChainMaker.make(chain.recipe(), folder.resolve("chain"), progress -> {}));
    String peer = closeLater(ChainPeer.serve(file)).address();
    long begin = System.nanoTime();
    TestRpc undisturbed =
        launch(folder.resolve("undisturbed"), List.of("--coin-stats-index")).awaitReady();
    undisturbed.call("addnode", peer, "onetry");
    awaitHeight(undisturbed, file.height());
    int longestLife = (int) (millisSince(begin) / LIFE_PART);
    awaitIndex(undisturbed, file.height());
    Victim victim = new Victim(chain, peer, undisturbed, file.height());
    for (int kill = 1; kill <= KILLS; kill++) {
      try {
        victim.liveAndDie(longestLife);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed %d, kill %d: %s".formatted(SEED, kill, e), e);
      }
    }
    victim.finish();
    reporter.publishEntry(figures());
    assertThat(startCpuMillis.getMax()).as("to open").isLessThan(LONGEST_OPENING_MILLIS);
  }

  private String figures() {
    return """
    %d kills in %d downloads, %d blocks were there again; started in %.0f ms on average (%d at \
    most: %s), of processor time %.0f ms (%d at most)\
    """
        .formatted(
            KILLS,
            downloads,
            blocksFound,
            startMillis.getAverage(),
            startMillis.getMax(),
            slowestStart,
            startCpuMillis.getAverage(),
            startCpuMillis.getMax());
  }

  private KillableNode launch(Path base, List<String> options) throws Exception {
    return closeLater(KillableNode.launch(base, options));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static void awaitHeight(TestRpc node, int height) {
    await()
        .atMost(LIMIT)
        .until(
            () -> node.call("waitforblockheight", height, 1_000).get("height").asInt() == height);
  }

  private static void awaitIndex(TestRpc node, int height) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                node.call("getindexinfo").at("/coinstatsindex/best_block_height").asInt()
                    == height);
  }

  /** The node that is killed, again and again. */
  private final class Victim {
    private final Chain chain;
    private final String peer;
    private final TestRpc undisturbed;
    private final int height;
    private Path base;
    private TestRpc rpc;
    private JsonNode undisturbedEnd;

    Victim(Chain chain, String peer, TestRpc undisturbed, int height) {
      this.chain = chain;
      this.peer = peer;
      this.undisturbed = undisturbed;
      this.height = height;
      startOver();
    }

    private void startOver() {
      base = folder.resolve("killed " + ++downloads);
    }

    void liveAndDie(int longestMillis) throws Exception {
      if (random.nextInt(ONE_IN_SO_MANY_STARTS) == 0) {
        KillableNode process = launch(base, List.of(chain.cache(random), "--add-node", peer));
        process.runFor(random.nextInt(LONGEST_START_MILLIS));
        process.kill();
        return;
      }
      KillableNode process = start();
      int before = rpc.call("getblockcount").asInt();
      blocksFound += before;
      expectSameCoins(before);
      if (before == height) {
        expectSameHash();
        process.kill();
        startOver();
        process = start();
      }
      rpc.call("addnode", peer, "onetry");
      process.runFor(random.nextInt(longestMillis));
      process.kill();
    }

    private KillableNode start() throws Exception {
      long begin = System.nanoTime();
      KillableNode process = launch(base, List.of(chain.cache(random)));
      rpc = process.awaitReady();
      noteStart(millisSince(begin));
      ProcessHandle.of(process.pid())
          .flatMap(it -> it.info().totalCpuDuration())
          .ifPresent(cpu -> startCpuMillis.accept(cpu.toMillis()));
      return process;
    }

    private void noteStart(long millis) {
      startMillis.accept(millis);
      if (millis == startMillis.getMax()) {
        slowestStart =
            "at block %s, after %d starts"
                .formatted(rpc.call("getblockcount"), startMillis.getCount());
      }
    }

    /** The hash of all coins of a whole chain takes a minute: there they are counted. */
    private void expectSameCoins(int at) {
      String hash = WHOLE ? "none" : "muhash";
      JsonNode ours = rpc.call("gettxoutsetinfo", hash);
      JsonNode theirs = undisturbed.call("gettxoutsetinfo", hash, at);
      assertThat(ours.get("height").asInt()).isEqualTo(at);
      for (String field : List.of("bestblock", "txouts", "bogosize", "total_amount")) {
        assertThat(ours.get(field)).as(field).isNotNull().isEqualTo(theirs.get(field));
      }
      assertThat(ours.get("muhash")).as("muhash").isEqualTo(theirs.get("muhash"));
    }

    private void expectSameHash() {
      String hash = "hash_serialized_3";
      JsonNode ours = rpc.call("gettxoutsetinfo", hash);
      for (String field : List.of("bestblock", "txouts", hash)) {
        assertThat(ours.get(field)).as(field).isNotNull().isEqualTo(whole().get(field));
      }
    }

    /** Of the undisturbed node, which stays where it is. */
    private JsonNode whole() {
      if (undisturbedEnd == null) {
        undisturbedEnd = undisturbed.call("gettxoutsetinfo", "hash_serialized_3");
      }
      return undisturbedEnd;
    }

    /** Undisturbed from here on. */
    void finish() throws Exception {
      KillableNode process = start();
      rpc.call("addnode", peer, "onetry");
      awaitHeight(rpc, height);
      expectSameHash();
      assertThat(process.stop()).as("exit code").isZero();
    }
  }
}
