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
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** Fee rates, in satoshis for each thousand virtual bytes. */
final class FeeRates {
  private static final int MAX_RATE_DECIMALS = 3;

  /** Longer numbers are no amounts at all. */
  private static final BigDecimal MOST_READ = BigDecimal.TEN.pow(18).subtract(BigDecimal.ONE);

  private final MempoolPort mempool;
  private final NodePort node;
  private final FeesPort fees;

  FeeRates(MempoolPort mempool, NodePort node, FeesPort fees) {
    this.mempool = mempool;
    this.node = node;
    this.fees = fees;
  }

  /**
   * A rate, and where it comes from.
   *
   * @param reason in Bitcoin Core's words
   */
  record Chosen(long satPerKvb, String reason) {
    private Chosen atLeast(long minimum, String otherReason) {
      return satPerKvb < minimum ? new Chosen(minimum, otherReason) : this;
    }
  }

  /**
   * What the caller asks for, or else what is estimated, or else what is usual, and at least what
   * the mempool asks for. On the node's thread.
   *
   * @param replaceable whether the payment may be replaced: then it need not be so sure
   * @throws WalletException FEE_RATE_TOO_LOW, NO_FEE_RATE
   */
  Chosen choose(Wallet wallet, FeeWish wish, boolean replaceable) throws WalletException {
    if (wish.rate().isPresent()) {
      expectEnough(wallet, wish.rate().get());
      return new Chosen(wish.rate().get(), "User Specified Fee");
    }
    int target = wish.target().orElse(wallet.payments().fees().targetBlocks());
    boolean conservative = wish.conservative().orElse(!replaceable);
    Optional<FeeRate> estimated =
        fees.isOn() ? fees.estimate(target, conservative).rate() : Optional.empty();
    Chosen chosen =
        estimated.isPresent()
            ? new Chosen(estimated.get().satPerKvb(), "Fee Rate Estimator")
            : new Chosen(wallet.payments().usualFeeRate(), "Fallback fee");
    chosen = chosen.atLeast(minimum(), "Mempool Min Fee");
    return chosen.atLeast(required(wallet), "Minimum Required Fee");
  }

  /** What the operator asks of any payment of a wallet. */
  private long required(Wallet wallet) {
    return Math.max(wallet.payments().fees().minimum(), relayed());
  }

  private long relayed() {
    return mempool.snapshot().options().fees().minimumRelay().satPerKvb();
  }

  private void expectEnough(Wallet wallet, long satPerKvb) throws WalletException {
    if (satPerKvb < required(wallet)) {
      throw new WalletException(
          WalletError.FEE_RATE_TOO_LOW,
          ("Fee rate (%s) is lower than the minimum fee rate setting (%s).\n"
                  + "Consider modifying -mintxfee (%s) or -minrelaytxfee (%s).")
              .formatted(
                  satPerVb(satPerKvb),
                  satPerVb(required(wallet)),
                  satPerVb(wallet.payments().fees().minimum()),
                  satPerVb(relayed())));
    }
  }

  private static String satPerVb(long satPerKvb) {
    return BigDecimal.valueOf(satPerKvb, MAX_RATE_DECIMALS).toPlainString() + " sat/vB";
  }

  /** Only the rate of {@link #choose}. */
  long of(Wallet wallet, FeeWish wish, boolean replaceable) throws WalletException {
    return choose(wallet, wish, replaceable).satPerKvb();
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
    boolean exact = perKvb.stripTrailingZeros().scale() <= 0;
    if (!exact || perKvb.abs().compareTo(MOST_READ) > 0) {
      throw RpcException.typeError("Invalid amount");
    }
    if (perKvb.signum() < 0 || perKvb.compareTo(BigDecimal.valueOf(Amount.MAX_MONEY)) > 0) {
      throw RpcException.typeError("Amount out of range");
    }
    return perKvb.longValueExact();
  }
}
