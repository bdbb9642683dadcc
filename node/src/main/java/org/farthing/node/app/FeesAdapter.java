package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import org.farthing.node.fee.FeeEstimate;
import org.farthing.node.fee.FeeEstimates;
import org.farthing.node.fee.FeeSource;
import org.farthing.node.fee.Horizon;
import org.farthing.node.fee.HorizonEstimate;
import org.farthing.node.fee.MinedBlock;
import org.farthing.node.rpc.port.FeesPort;

/** What is known of fees, as RPC methods see it. */
public record FeesAdapter(Optional<FeeEstimates> estimates) implements FeesPort {
  @Override
  public boolean isOn() {
    return estimates.isPresent();
  }

  @Override
  public FeeEstimate estimate(int target, boolean conservative) {
    return estimates.orElseThrow().estimate(target, conservative);
  }

  @Override
  public FeeEstimate estimate(FeeSource source, int target, boolean conservative) {
    return estimates.orElseThrow().estimate(source, target, conservative);
  }

  @Override
  public HorizonEstimate estimate(Horizon horizon, int target, double threshold) {
    return estimates.orElseThrow().blockPolicy().estimate(horizon, target, threshold);
  }

  @Override
  public List<MinedBlock> minedBlocks() {
    return estimates.orElseThrow().mempoolPolicy().minedBlocks();
  }
}
