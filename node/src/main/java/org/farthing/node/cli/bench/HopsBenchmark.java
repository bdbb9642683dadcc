package org.farthing.node.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.BitcoindProcess;
import org.farthing.node.cli.process.NodeProcess;
import org.farthing.node.cli.process.RunningNode;

/**
 * How long a block takes from a miner's {@code submitblock} on one node to the tip of a third one,
 * which knows the first only through the second. Its payments wait in the mempools of all three.
 */
final class HopsBenchmark implements Benchmark {
  private static final int PAYMENTS = 4_000;

  /** So long before the block the third node is asked to tell when it comes. */
  private static final long HEAD_START_MILLIS = 100;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final int runs;
  private final Optional<Path> other;
  private final Duel duel = new Duel();

  /**
   * @param other a bitcoind to take turns with ours
   */
  HopsBenchmark(int runs, Optional<Path> other) {
    this.runs = runs;
    this.other = other;
  }

  @Override
  public String name() {
    return "hops";
  }

  /** A node, and where others call it. */
  private record Station(RunningNode node, String address) {}

  /** Starts one more node of a kind. */
  @FunctionalInterface
  private interface Stations {
    Station next() throws IOException, CliException, RefusedException, InterruptedException;
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    PaymentChain chain = PaymentChain.make(bench, Age.ALL_BLOCKS, PAYMENTS);
    for (int run = 1; run <= runs; run++) {
      bench.say("blocks over two hops, " + run + " of " + runs);
      measure(bench, Duel.OURS, () -> ours(bench), chain);
      if (other.isPresent()) {
        bench.say("blocks over two hops of bitcoind, " + run + " of " + runs);
        measure(bench, Duel.THEIRS, () -> other(bench, other.get()), chain);
      }
      duel.endRun();
    }
    return duel.figures();
  }

  private static Station ours(Bench bench)
      throws IOException, CliException, RefusedException, InterruptedException {
    NodeProcess node = bench.startReady(bench.newFolder(), "regtest");
    return new Station(node, node.p2pAddress());
  }

  private static Station other(Bench bench, Path program)
      throws IOException, CliException, RefusedException, InterruptedException {
    String address = "127.0.0.1:" + BitcoindProcess.freePort();
    return new Station(bench.startOther(program, "-listen=1", "-bind=" + address), address);
  }

  private void measure(Bench bench, String whose, Stations stations, PaymentChain chain)
      throws CliException, RefusedException, IOException, InterruptedException {
    Station first = stations.next();
    Station second = stations.next();
    Station third = stations.next();
    List<RunningNode> nodes = List.of(first.node(), second.node(), third.node());
    connect(bench, second, first);
    connect(bench, second, third);
    chain.open(first.node());
    int height = Bench.height(first.node());
    for (RunningNode node : nodes) {
      bench.await(node, () -> Bench.height(node) == height);
    }
    for (int i = 0; i < chain.full().size(); i++) {
      letWait(nodes, chain.payments(i, 1));
      double millis = millis(first.node(), third.node(), chain.full().get(i), height + i + 1);
      for (Age age : Age.ALL) {
        if (i >= age.measured() && i < age.end()) {
          duel.add(whose, "submitted, and the tip two hops away, " + age.label(), "ms", millis);
        }
      }
    }
    for (RunningNode node : nodes) {
      bench.stop(node);
    }
  }

  /** In all mempools, which take them in at the same time. */
  private static void letWait(List<RunningNode> nodes, List<Transaction> payments)
      throws CliException, IOException, InterruptedException {
    Path file = Files.createTempFile("farthing-bench-", ".mempool");
    ExecutorService callers = Executors.newFixedThreadPool(nodes.size());
    try {
      PaymentChain.write(payments, file);
      List<Callable<Void>> calls = new ArrayList<>();
      for (RunningNode node : nodes) {
        calls.add(
            () -> {
              PaymentChain.letWait(node, file, payments.size());
              return null;
            });
      }
      for (Future<Void> call : callers.invokeAll(calls)) {
        call.get();
      }
    } catch (ExecutionException e) {
      throw CliException.failed("payments do not wait: " + e.getCause().getMessage());
    } finally {
      callers.shutdown();
      Files.delete(file);
    }
  }

  private static void connect(Bench bench, Station caller, Station called)
      throws CliException, RefusedException, InterruptedException {
    caller.node().rpc().call("addnode", called.address(), "onetry");
    bench.await(called.node(), () -> isGreeted(called.node()));
  }

  /** It has a peer whose handshake is over. */
  private static boolean isGreeted(RunningNode node) throws CliException, RefusedException {
    for (JsonNode peer : node.rpc().call("getpeerinfo")) {
      if (peer.path("bytesrecv_per_msg").has("verack")) {
        return true;
      }
    }
    return false;
  }

  private static double millis(RunningNode first, RunningNode third, String block, int height)
      throws CliException, RefusedException, InterruptedException {
    ExecutorService waiter = Executors.newSingleThreadExecutor();
    try {
      String question = RpcLoad.request("waitforblockheight", height + ", " + LIMIT.toMillis());
      Future<Long> arrival =
          waiter.submit(
              () -> {
                new RpcLoad(third.rpc().endpoint(), 1).inOrder(List.of(question));
                return System.nanoTime();
              });
      Thread.sleep(HEAD_START_MILLIS);
      RpcLoad miner = new RpcLoad(first.rpc().endpoint(), 1);
      String submission = RpcLoad.request("submitblock", '"' + block + '"');
      long begin = System.nanoTime();
      miner.inOrder(List.of(submission));
      double millis = (arrival.get() - begin) / 1e6;
      // It is answered all the same when the time is over.
      if (Bench.height(third) < height) {
        throw CliException.failed("a block did not come to the third node");
      }
      return millis;
    } catch (ExecutionException e) {
      throw CliException.failed("the third node did not answer: " + e.getCause().getMessage());
    } finally {
      waiter.shutdown();
    }
  }
}
