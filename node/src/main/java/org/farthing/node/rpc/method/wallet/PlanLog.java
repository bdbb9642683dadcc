package org.farthing.node.rpc.method.wallet;

import org.farthing.wallet.spend.TxPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how a transaction was made. */
final class PlanLog {
  private static final Logger LOG = LoggerFactory.getLogger(PlanLog.class);

  private PlanLog() {}

  static TxPlan noted(TxPlan plan) {
    plan.alternatives()
        .ifPresent(
            fees ->
                LOG.info(
                    "Fee non-grouped = {}, grouped = {}, using {}",
                    fees.apartSat(),
                    fees.groupedSat(),
                    fees.grouped() ? "grouped" : "non-grouped"));
    return plan;
  }
}
