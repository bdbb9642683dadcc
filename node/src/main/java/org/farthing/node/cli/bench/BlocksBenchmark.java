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
 * submitblock}, which come when the block is connected; both are measured twice in the life of one
 * process.
 */
final class BlocksBenchmark implements Benchmark {
  private static final int PAYMENTS = 4_000;

  private final int runs;
  private final Optional<Path> other;
  private final Duel duel = new Duel();

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
    PaymentChain chain = PaymentChain.make(bench, Age.ALL_BLOCKS, PAYMENTS);
    for (int run = 1; run <= runs; run++) {
      bench.say("blocks, " + run + " of " + runs);
      RunningNode ours = bench.startReady(bench.newFolder(), "regtest");
      new Turn(Duel.OURS, ours, chain).run();
      bench.stop(ours);
      if (other.isPresent()) {
        bench.say("blocks of bitcoind, " + run + " of " + runs);
        RunningNode theirs = bench.startOther(other.get());
        new Turn(Duel.THEIRS, theirs, chain).run();
        bench.stop(theirs);
      }
      duel.endRun();
    }
    return duel.figures();
  }

  /** One process from its first block on. */
  private final class Turn {
    private final String whose;
    private final RunningNode node;
    private final PaymentChain chain;
    private final RpcLoad calls;

    Turn(String whose, RunningNode node, PaymentChain chain) {
      this.whose = whose;
      this.node = node;
      this.chain = chain;
      this.calls = new RpcLoad(node.rpc().endpoint(), 1);
    }

    void run() throws CliException, RefusedException, IOException {
      chain.open(node);
      blocks(Age.YOUNG);
      goOver(Age.YOUNG);
      // Back: these two are more than the other branch has.
      submit(chain.full().subList(Age.YOUNG.end(), Age.YOUNG.end() + 2));
      expect("getblockchaininfo", "blocks", chain.opening().size() + Age.YOUNG.end() + 2);
      for (int i = Age.YOUNG.end() + 2; i < Age.OLDER.first(); i++) {
        block(i);
      }
      blocks(Age.OLDER);
      goOver(Age.OLDER);
    }

    private void blocks(Age age) throws CliException, RefusedException, IOException {
      for (int i = age.first(); i < age.end(); i++) {
        double millis = block(i);
        if (i >= age.measured()) {
          duel.add(whose, "a block of 4000 waiting payments, " + age.label(), "ms", millis);
        }
      }
    }

    private double block(int index) throws CliException, RefusedException, IOException {
      chain.letWait(node, index, 1);
      return submit(chain.full().subList(index, index + 1));
    }

    private void goOver(Age age) throws CliException, RefusedException {
      expect("getmempoolinfo", "size", 0);
      List<String> branch = chain.rivals(age.first(), age.end() - age.first());
      int last = branch.size() - 1;
      submit(branch.subList(0, last));
      int height = Bench.height(node);
      double millis = submit(branch.subList(last, last + 1));
      duel.add(whose, "from ten such blocks to eleven others, " + age.label(), "ms", millis);
      expect("getblockchaininfo", "blocks", height + 1);
    }

    /** The longest time that one of the blocks took, in milliseconds. */
    private double submit(List<String> blocks) throws CliException {
      return calls
          .inOrder(
              blocks.stream().map(hex -> RpcLoad.request("submitblock", '"' + hex + '"')).toList())
          .millis(1);
    }

    private void expect(String method, String field, int wanted)
        throws CliException, RefusedException {
      int found = node.rpc().call(method).path(field).asInt();
      if (found != wanted) {
        throw CliException.failed(
            "%s is not where the benchmark wants it: %s of %s is %d, not %d"
                .formatted(node.name(), field, method, found, wanted));
      }
    }
  }
}
