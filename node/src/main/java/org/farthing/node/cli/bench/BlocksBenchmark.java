package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;

/**
 * How long a node takes for a block of payments that all wait in its mempool, and for going over
 * from ten such blocks to another branch with the same payments. Both are answers to {@code
 * submitblock}, which come when the block is connected.
 */
final class BlocksBenchmark implements Benchmark {
  private static final int PAYMENTS = 4_000;
  private static final int BLOCKS = 10;

  /** The first blocks find cold caches and, in a virtual machine, code that is not compiled. */
  private static final int WARM_UP = 3;

  private final int runs;
  private final Optional<Path> other;
  private final Measurements measurements = new Measurements();

  /**
   * @param other a bitcoind to take turns with ours
   */
  BlocksBenchmark(int runs, Optional<Path> other) {
    this.runs = runs;
    this.other = other;
  }

  @Override
  public String name() {
    return "blocks";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    PaymentChain chain = PaymentChain.make(bench, BLOCKS, PAYMENTS);
    RunningNode second = bench.startReady(bench.newFolder(), "regtest");
    List<String> branch = chain.otherBranch(second);
    bench.stop(second);
    for (int run = 1; run <= runs; run++) {
      bench.say("blocks, " + run + " of " + runs);
      RunningNode ours = bench.startReady(bench.newFolder(), "regtest");
      measure(bench, "farthing", ours, chain, branch);
      if (other.isPresent()) {
        bench.say("blocks of bitcoind, " + run + " of " + runs);
        RunningNode theirs = bench.startOther(other.get());
        measure(bench, "bitcoind", theirs, chain, branch);
      }
    }
    return measurements.figures();
  }

  private void measure(
      Bench bench, String label, RunningNode node, PaymentChain chain, List<String> branch)
      throws CliException, RefusedException, IOException, InterruptedException {
    RpcLoad calls = new RpcLoad(node.rpc().endpoint(), 1);
    chain.open(node);
    for (int i = 0; i < BLOCKS; i++) {
      chain.letWait(node, i, 1);
      double millis = calls.inOrder(submissions(List.of(chain.full().get(i)))).millis(1);
      if (i >= WARM_UP) {
        measurements.add(label + ": a block of 4000 waiting payments", "ms", millis);
      }
    }
    expect(node, "getmempoolinfo", "size", 0);
    int last = branch.size() - 1;
    calls.inOrder(submissions(branch.subList(0, last)));
    int height = Bench.height(node);
    double millis = calls.inOrder(submissions(branch.subList(last, last + 1))).millis(1);
    measurements.add(label + ": from ten such blocks to eleven others", "ms", millis);
    expect(node, "getblockchaininfo", "blocks", height + 1);
    bench.stop(node);
  }

  private static List<String> submissions(List<String> blocks) {
    return blocks.stream().map(hex -> RpcLoad.request("submitblock", '"' + hex + '"')).toList();
  }

  private static void expect(RunningNode node, String method, String field, int wanted)
      throws CliException, RefusedException {
    int found = node.rpc().call(method).path(field).asInt();
    if (found != wanted) {
      throw CliException.failed(
          "%s is not where the benchmark wants it: %s of %s is %d, not %d"
              .formatted(node.name(), field, method, found, wanted));
    }
  }
}
