package org.farthing.node.cli.bench;

import java.io.IOException;
import java.time.Duration;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;

/** Nodes that fetch a made chain from the peer that serves it, and index it again. */
record DownloadRun(Bench bench, ChainFile chain, ChainPeer peer) {
  /** A stretch of a node's life that was timed. */
  record Stretch(double seconds, ProcessFigures used) {
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

  /** From the start of a process that has all blocks to the ledger that it makes of them. */
  Stretch reindex(Subject subject)
      throws CliException, RefusedException, IOException, InterruptedException {
    long begin = System.nanoTime();
    return finish(subject.reindex(), begin, ProcessFigures.NONE);
  }

  private Stretch finish(RunningNode node, long begin, ProcessFigures before)
      throws CliException, RefusedException, InterruptedException {
    awaitTip(node);
    double seconds = (System.nanoTime() - begin) / 1e9;
    Stretch stretch = new Stretch(seconds, ProcessFigures.of(node).since(before));
    bench.stop(node);
    return stretch;
  }

  /** Asks the node itself to wait, so that the question costs nothing. */
  private void awaitTip(RunningNode node)
      throws CliException, RefusedException, InterruptedException {
    bench.await(
        node,
        () ->
            node.rpc()
                    .call("waitforblockheight", chain.height(), Duration.ofSeconds(10).toMillis())
                    .path("height")
                    .asInt()
                == chain.height());
  }
}
