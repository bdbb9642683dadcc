package org.farthing.node.mempool;

import java.util.List;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.Amount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes room: what pays least goes, chunk by chunk, and those who come are asked for more. */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  private Eviction() {}

  /**
   * @param remove takes entries out of the graph
   * @return what has to be paid from now on
   */
  static RollingMinimum makeRoom(
      TxGraph graph,
      MempoolOptions options,
      RollingMinimum minimum,
      Consumer<List<MempoolEntry>> remove) {
    RollingMinimum risen = minimum;
    int count = 0;
    FeeRate highest = FeeRate.ZERO;
    while (graph.totals().usageBytes() > options.maxBytes()) {
      Chunk worst = graph.chunks().last();
      FeeRate raised = worst.fees().rate().plus(options.fees().incremental());
      risen = risen.raisedTo(raised);
      highest = highest.max(raised);
      count += worst.entries().size();
      remove.accept(worst.entries());
    }
    if (count > 0) {
      LOG.debug(
          "Removed {} txn, rolling minimum fee bumped to {} BTC/kvB",
          count,
          Amount.format(highest.satPerKvb()));
    }
    return risen;
  }
}
