package org.farthing.node.fee;

import java.util.Optional;
import org.farthing.node.mempool.FeeRate;

/**
 * What a sender should pay, or why that is not known.
 *
 * @param rate empty if it is not known
 * @param blocks for how many blocks it was estimated
 * @param error why it is not known, in Bitcoin Core's words; empty otherwise
 * @param basis what it rests on, where the source does not say it all; else empty
 */
public record FeeEstimate(
    FeeSource source, Optional<FeeRate> rate, int blocks, String error, String basis) {
  static FeeEstimate of(FeeSource source, FeeRate rate, int blocks) {
    return new FeeEstimate(source, Optional.of(rate), blocks, "", "");
  }

  static FeeEstimate unknown(FeeSource source, int blocks, String error) {
    return new FeeEstimate(source, Optional.empty(), blocks, error, "");
  }

  FeeEstimate restingOn(String text) {
    return new FeeEstimate(source, rate, blocks, error, text);
  }
}
