package org.farthing.node.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;
import org.farthing.node.cli.process.RunningNode;

/**
 * Nodes that fetch a made chain from the peer that serves it, and index it again.
 *
 * @param lastBlocks of the chain, which are timed apart: those of payments
 */
record DownloadRun(Bench bench, ChainFile chain, ChainPeer peer, int lastBlocks) {
  /**
   * A stretch of a node's life that was timed.
   *
   * @param lastBlockMillis what each of the last blocks took of it
   */
  record Stretch(double seconds, double lastBlockMillis, ProcessFigures used) {
    double coresBusy() {
      return used.cpuSeconds() / seconds;
    }
  }

  /** From the moment at which a new node hears of the peer. */
  Stretch download(Subject subject)
      throws CliException, RefusedException, IOException, InterruptedException {
    RunningNode node = subject.start();
    ProcessFigures before = ProcessFigures.of(node);
    long begin = System.nanoTime();
    node.rpc().call("addnode", peer.address(), "onetry");
    return finish(node, begin, before);
  }

  /**
   * The same by one of our nodes, which is asked for the stages of its blocks.
   *
   * @return the mean for each stage, in milliseconds, by their labels
   */
  Map<String, Double> stages(String... options)
      throws CliException, RefusedException, IOException, InterruptedException {
    NodeProcess node =
        bench.startReady(
            bench.newFolder(),
            "regtest",
            Stream.concat(Stream.of("--metrics-port=0"), Stream.of(options))
                .toArray(String[]::new));
    node.rpc().call("addnode", peer.address(), "onetry");
    awaitHeight(node, chain.height());
    Map<String, Double> stages = StageMetrics.meanMillis(node.metrics());
    bench.stop(node);
    return stages;
  }

  /** From the start of a process that has all blocks to the ledger that it makes of them. */
  Stretch reindex(Subject subject)
      throws CliException, RefusedException, IOException, InterruptedException {
    long begin = System.nanoTime();
    return finish(subject.reindex(), begin, ProcessFigures.NONE);
  }

  private Stretch finish(RunningNode node, long begin, ProcessFigures before)
      throws CliException, RefusedException, InterruptedException {
    awaitHeight(node, chain.height() - lastBlocks);
    long last = System.nanoTime();
    awaitHeight(node, chain.height());
    long end = System.nanoTime();
    Stretch stretch =
        new Stretch(
            (end - begin) / 1e9,
            (end - last) / 1e6 / lastBlocks,
            ProcessFigures.of(node).since(before));
    bench.stop(node);
    return stretch;
  }

  /** Asks the node itself to wait, so that the question costs nothing. */
  private void awaitHeight(RunningNode node, int height)
      throws CliException, RefusedException, InterruptedException {
    bench.await(
        node,
        () ->
            node.rpc()
                    .call("waitforblockheight", height, Duration.ofSeconds(10).toMillis())
                    .path("height")
                    .asInt()
                >= height);
  }
}
