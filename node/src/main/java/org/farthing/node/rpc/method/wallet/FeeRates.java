package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;

/** Fee rates, in satoshis for each thousand virtual bytes. */
final class FeeRates {
  private static final int MAX_RATE_DECIMALS = 3;

  /** What the caller asks for. */
  static final Param<Long> FEE_RATE =
      Param.any("fee_rate", "sat/vB, a number or a string", FeeRates::satPerKvb)
          .oneOf(Param.amount("", ""))
          .orNothing();

  static final Param<JsonNode> CONF_TARGET =
      Param.any("conf_target", "Accepted and without effect: nothing is estimated", value -> value)
          .oneOf(Param.number("", ""))
          .orNothing();
  static final Param<String> ESTIMATE_MODE =
      Param.text("estimate_mode", "Accepted and without effect").orNothing();

  private final MempoolPort mempool;
  private final NodePort node;

  FeeRates(MempoolPort mempool, NodePort node) {
    this.mempool = mempool;
    this.node = node;
  }

  /** What the caller asks for, or else what is usual, and at least what the mempool asks for. */
  long of(Wallet wallet, Optional<Long> asked) throws WalletException {
    return asked.isPresent() ? asked.get() : Math.max(wallet.payments().usualFeeRate(), minimum());
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
