package org.farthing.node.rpc.method.wallet;

import java.util.Optional;
import java.util.function.Supplier;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.FeeParams;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.Param;

/**
 * What a caller says of the fee: its rate, or how soon and how surely the payment is to be
 * confirmed.
 *
 * @param rate satoshis for each thousand virtual bytes; empty if it is to be estimated
 * @param target in how many blocks; empty if nothing is said
 * @param conservative whether to be careful; empty if nothing is said
 */
record FeeWish(Optional<Long> rate, Optional<Integer> target, Optional<Boolean> conservative) {
  private static final String UNSET = "unset";

  static final Param<Long> FEE_RATE =
      Param.any("fee_rate", "sat/vB, a number or a string", FeeRates::satPerKvb)
          .oneOf(Param.amount("", ""))
          .orNothing();
  static final Param<Integer> CONF_TARGET =
      FeeParams.target().otherwise("as -txconfirmtarget says");
  static final Param<String> ESTIMATE_MODE =
      Param.text(
              "estimate_mode",
              "How surely: conservative, economical, or unset, which is economical for what may be"
                  + " replaced")
          .or(UNSET);

  /** No wish but a rate. */
  static FeeWish ofRate(long satPerKvb) {
    return new FeeWish(Optional.of(satPerKvb), Optional.empty(), Optional.empty());
  }

  /** From the parameters. */
  static FeeWish of(RpcRequest request) {
    return of(request.find(FEE_RATE), request.get(ESTIMATE_MODE), () -> request.find(CONF_TARGET));
  }

  /**
   * From the options.
   *
   * @param target how they call the target
   */
  static FeeWish of(Fields options, Param<Integer> target) {
    return of(options.find(FEE_RATE), options.get(ESTIMATE_MODE), () -> options.find(target));
  }

  /** From the parameters or from the options; a target must have a mode. */
  static FeeWish of(RpcRequest request, Fields options) {
    boolean inOptions = options.has(CONF_TARGET) || options.has(ESTIMATE_MODE);
    boolean inParameters = request.has(CONF_TARGET) || request.has(ESTIMATE_MODE);
    if (inOptions && inParameters) {
      throw RpcException.invalidParameter(
          "Pass conf_target and estimate_mode either as arguments or in the options object, but"
              + " not both");
    }
    Optional<Long> rate = request.find(FEE_RATE);
    if (rate.isPresent() && options.has(FEE_RATE)) {
      throw RpcException.invalidParameter(
          "Pass the fee_rate either as an argument, or in the options object, but not both");
    }
    String mode = inOptions ? options.get(ESTIMATE_MODE) : request.get(ESTIMATE_MODE);
    boolean target = inOptions ? options.has(CONF_TARGET) : request.has(CONF_TARGET);
    if (target && mode.equals(UNSET)) {
      throw RpcException.invalidParameter("Specify estimate_mode");
    }
    return of(
        rate.or(() -> options.find(FEE_RATE)),
        mode,
        () -> inOptions ? options.find(CONF_TARGET) : request.find(CONF_TARGET));
  }

  private static FeeWish of(
      Optional<Long> rate, String mode, Supplier<Optional<Integer>> wantedTarget) {
    if (rate.isPresent()) {
      refuseBeside("fee_rate", mode, wantedTarget.get());
      return ofRate(rate.get());
    }
    boolean careful = FeeParams.isConservative(mode);
    return new FeeWish(
        rate,
        wantedTarget.get().map(FeeParams::checked),
        mode.equalsIgnoreCase(UNSET) ? Optional.empty() : Optional.of(careful));
  }

  /** A rate leaves nothing to be estimated. */
  static void refuseBeside(String rateName, String mode, Optional<Integer> target) {
    if (target.isPresent()) {
      throw RpcException.invalidParameter(
          ("Cannot specify both conf_target and %s. Please provide either a confirmation target in"
                  + " blocks for automatic fee estimation, or an explicit fee rate.")
              .formatted(rateName));
    }
    if (!mode.equals(UNSET)) {
      throw RpcException.invalidParameter("Cannot specify both estimate_mode and " + rateName);
    }
  }
}
