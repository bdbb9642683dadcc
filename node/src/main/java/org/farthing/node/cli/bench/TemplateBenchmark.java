package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.simulation.HeapLedger;

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
    RunningNode maker = bench.startReady(bench.newFolder(), "regtest");
    PaymentChain chain = PaymentChain.make(maker.rpc(), WAITING / PAYMENTS, PAYMENTS, bench::say);
    bench.stop(maker);
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < WAITING / PAYMENTS; i++) {
      waiting.addAll(chain.payments(i));
    }
    List<Figure> figures = new ArrayList<>();
    bench.say("100,000 transactions wait in this process");
    figures.add(Figure.of("template, 100,000 waiting", "ms", fillings(chain, waiting)).aim("< 50"));
    Map<String, RunningNode> nodes = new LinkedHashMap<>();
    nodes.put("farthing", bench.startReady(bench.newFolder(), "regtest"));
    if (other.isPresent()) {
      nodes.put("bitcoind", bench.startOther(other.get()));
    }
    Map<String, List<Double>> answers = new LinkedHashMap<>();
    for (Map.Entry<String, RunningNode> each : nodes.entrySet()) {
      bench.say("100,000 transactions are sent to " + each.getKey());
      fill(each.getValue(), chain);
      answers.put(each.getKey(), new ArrayList<>());
    }
    String txid = decode(waiting.get(0)).txid().toString();
    long nowSeconds = System.currentTimeMillis() / 1000;
    for (int i = 0; i < WARM_UP + SAMPLES; i++) {
      nowSeconds += STEP_SECONDS;
      for (Map.Entry<String, RunningNode> each : nodes.entrySet()) {
        double millis = answer(each.getValue(), txid, nowSeconds);
        if (i >= WARM_UP) {
          answers.get(each.getKey()).add(millis);
        }
      }
    }
    answers.forEach(
        (label, millis) -> figures.add(Figure.of(label + ": getblocktemplate", "ms", millis)));
    return figures;
  }

  private static Transaction decode(String raw) throws CliException {
    try {
      return Transaction.decode(Hex.decode(raw));
    } catch (DecodeException e) {
      throw CliException.failed("a payment cannot be decoded: " + e.getMessage());
    }
  }

  private static List<Double> fillings(PaymentChain chain, List<String> waiting)
      throws CliException {
    try (ChainState state =
        ChainState.open(ConsensusParams.regtest(), new HeapLedger(), Runnable::run)) {
      long nowSeconds = System.currentTimeMillis() / 1000;
      for (String block : chain.opening()) {
        state.acceptBlock(Block.decode(Hex.decode(block)), nowSeconds);
      }
      Mempool pool =
          new Mempool(MempoolChain.of(state), MempoolOptions.defaults(), Owner.UNCHECKED);
      for (String raw : waiting) {
        pool.accept(decode(raw), nowSeconds * 1000);
      }
      if (pool.count() != WAITING) {
        throw CliException.failed(
            "the benchmark cannot go on: of 100,000 transactions wait " + pool.count());
      }
      BlockAssembler assembler =
          new BlockAssembler(MiningChain.of(state), pool, MiningOptions.defaults());
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < WARM_UP + SAMPLES; i++) {
        long begin = System.nanoTime();
        assembler.template(PAYOUT, nowSeconds);
        if (i >= WARM_UP) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
      return millis;
    } catch (DecodeException e) {
      throw CliException.failed("the benchmark's chain cannot be decoded: " + e.getMessage());
    }
  }

  private static void fill(RunningNode node, PaymentChain chain)
      throws CliException, RefusedException, IOException {
    RpcLoad calls = new RpcLoad(node.rpc().endpoint(), 1);
    calls.inOrder(
        chain.opening().stream()
            .map(block -> RpcLoad.request("submitblock", '"' + block + '"'))
            .toList());
    chain.letWait(node, 0, WAITING / PAYMENTS);
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
