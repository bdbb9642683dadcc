package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;

/**
 * How long a template takes while very many transactions wait: in this process, the filling of the
 * block alone; and of nodes, the whole answer to {@code getblocktemplate} after the mempool has
 * changed.
 */
final class TemplateBenchmark implements Benchmark {
  private static final int PAYMENTS = 4_000;
  private static final int WAITING = 100_000;
  private static final int SAMPLES = 20;
  private static final int WARM_UP = 10;
  private static final Script PAYOUT = Script.of(new byte[] {0x51});

  /** Somewhat more than a template is kept if the mempool changes. */
  private static final int STEP_SECONDS = 10;

  private final Optional<Path> other;

  /**
   * @param other a bitcoind to compare with
   */
  TemplateBenchmark(Optional<Path> other) {
    this.other = other;
  }

  @Override
  public String name() {
    return "template";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    PaymentChain chain = PaymentChain.make(bench, WAITING / PAYMENTS, PAYMENTS);
    List<Figure> figures = new ArrayList<>();
    bench.say("100,000 transactions wait in this process");
    figures.add(Figure.of("template, 100,000 waiting", "ms", fillings(chain)).aim("< 50"));
    Map<String, RunningNode> nodes = new LinkedHashMap<>();
    nodes.put("farthing", bench.startReady(bench.newFolder(), "regtest"));
    if (other.isPresent()) {
      nodes.put("bitcoind", bench.startOther(other.get()));
    }
    for (Map.Entry<String, RunningNode> each : nodes.entrySet()) {
      bench.say("100,000 transactions are sent to " + each.getKey());
      chain.open(each.getValue());
      chain.letWait(each.getValue(), 0, WAITING / PAYMENTS);
    }
    Measurements answers = new Measurements();
    String txid = chain.firstIds().get(0);
    long nowSeconds = System.currentTimeMillis() / 1000;
    for (int i = 0; i < WARM_UP + SAMPLES; i++) {
      nowSeconds += STEP_SECONDS;
      for (Map.Entry<String, RunningNode> each : nodes.entrySet()) {
        double millis = answer(each.getValue(), txid, nowSeconds);
        if (i >= WARM_UP) {
          answers.add(each.getKey() + ": getblocktemplate", "ms", millis);
        }
      }
    }
    figures.addAll(answers.figures());
    return figures;
  }

  private static List<Double> fillings(PaymentChain chain) throws CliException {
    try (LocalPool local = LocalPool.of(chain)) {
      Mempool pool = local.mempool();
      for (Transaction payment : chain.payments(0, WAITING / PAYMENTS)) {
        pool.accept(payment, local.nowSeconds() * 1000);
      }
      if (pool.count() != WAITING) {
        throw CliException.failed(
            "the benchmark cannot go on: of 100,000 transactions wait " + pool.count());
      }
      BlockAssembler assembler =
          new BlockAssembler(MiningChain.of(local.chain()), pool, MiningOptions.defaults());
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < WARM_UP + SAMPLES; i++) {
        long begin = System.nanoTime();
        assembler.template(PAYOUT, local.nowSeconds());
        if (i >= WARM_UP) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
      return millis;
    }
  }

  /** After a change of the mempool, and so late that the last template is too old. */
  private static double answer(RunningNode node, String txid, long nowSeconds)
      throws CliException, RefusedException {
    node.rpc().call("prioritisetransaction", txid, 0, 1);
    node.rpc().call("setmocktime", nowSeconds);
    return new RpcLoad(node.rpc().endpoint(), 1)
        .inOrder(List.of(RpcLoad.request("getblocktemplate", "{\"rules\":[\"segwit\"]}")))
        .millis(1);
  }
}
