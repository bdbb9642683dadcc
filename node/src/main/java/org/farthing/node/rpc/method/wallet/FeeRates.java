package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;

/** Fee rates, in satoshis for each thousand virtual bytes. */
final class FeeRates {
  private static final int MAX_RATE_DECIMALS = 3;

  /** In so many blocks payments should be confirmed. */
  private static final int TARGET_BLOCKS = 6;

  /** What the caller asks for. */
  static final Param<Long> FEE_RATE =
      Param.any("fee_rate", "sat/vB, a number or a string", FeeRates::satPerKvb)
          .oneOf(Param.amount("", ""))
          .orNothing();

  static final Param<JsonNode> CONF_TARGET =
      Param.any(
              "conf_target",
              "Accepted and without effect: the estimate is for six blocks",
              value -> value)
          .oneOf(Param.number("", ""))
          .orNothing();
  static final Param<String> ESTIMATE_MODE =
      Param.text("estimate_mode", "Accepted and without effect").orNothing();

  private final MempoolPort mempool;
  private final NodePort node;
  private final FeesPort fees;

  FeeRates(MempoolPort mempool, NodePort node, FeesPort fees) {
    this.mempool = mempool;
    this.node = node;
    this.fees = fees;
  }

  /**
   * What the caller asks for, or else what is estimated, or else what is usual, and at least what
   * the mempool asks for. On the node's thread.
   */
  long of(Wallet wallet, Optional<Long> asked) throws WalletException {
    if (asked.isPresent()) {
      return asked.get();
    }
    Optional<FeeRate> estimated =
        fees.isOn() ? fees.estimate(TARGET_BLOCKS, false).rate() : Optional.empty();
    long rate =
        estimated.isPresent() ? estimated.get().satPerKvb() : wallet.payments().usualFeeRate();
    return Math.max(rate, minimum());
  }

  /**
   * Where such a rate comes from, in Bitcoin Core's words where it has some. On the same thread.
   */
  String reason(Optional<Long> asked) {
    if (asked.isPresent()) {
      return "PayTxFee set";
    }
    boolean estimated = fees.isOn() && fees.estimate(TARGET_BLOCKS, false).rate().isPresent();
    return estimated ? "Fee estimate" : "Fallback fee";
  }

  /** What the mempool asks of any transaction. */
  long minimum() {
    return mempool.snapshot().minimumFee(node.nowMillis()).satPerKvb();
  }

  /** What the mempool asks of a replacement more than of what it replaces. */
  long incremental() {
    return mempool.snapshot().options().fees().incremental().satPerKvb();
  }

  /** From sat/vB, a number or a string. */
  static Long satPerKvb(JsonNode value) {
    if (!value.isNumber() && !value.isTextual()) {
      throw RpcException.typeError("Amount is not a number or string");
    }
    BigDecimal rate;
    try {
      rate = new BigDecimal(value.asText());
    } catch (NumberFormatException e) {
      throw RpcException.typeError("Invalid amount");
    }
    BigDecimal perKvb = rate.movePointRight(MAX_RATE_DECIMALS);
    boolean inRange = rate.signum() >= 0 && rate.compareTo(BigDecimal.valueOf(Amount.COIN)) < 0;
    if (!inRange) {
      throw RpcException.typeError("Amount out of range");
    }
    if (perKvb.stripTrailingZeros().scale() > 0) {
      throw RpcException.typeError("Invalid amount");
    }
    return perKvb.longValueExact();
  }
}
