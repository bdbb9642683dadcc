package org.farthing.node.rpc.port;

import java.util.List;
import org.farthing.node.fee.FeeEstimate;
import org.farthing.node.fee.FeeSource;
import org.farthing.node.fee.Horizon;
import org.farthing.node.fee.HorizonEstimate;
import org.farthing.node.fee.MinedBlock;

/** What is known of fees; on the node's thread, but for what says otherwise. */
public interface FeesPort {
  /** False where the node takes no transactions from its peers, and learns nothing. Any thread. */
  boolean isOn();

  /**
   * The lower of both estimates.
   *
   * @param target blocks, from 1 to the highest of the long horizon
   */
  FeeEstimate estimate(int target, boolean conservative);

  /** One of the estimates. */
  FeeEstimate estimate(FeeSource source, int target, boolean conservative);

  /**
   * What one horizon says.
   *
   * @param target blocks, from 1 to the highest of the horizon
   * @param threshold the part of transactions that must have been confirmed by then
   */
  HorizonEstimate estimate(Horizon horizon, int target, double threshold);

  /** The last blocks, the newest first. */
  List<MinedBlock> minedBlocks();
}
