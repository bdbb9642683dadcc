package org.farthing.node.rpc.method;

import java.util.Locale;
import org.farthing.node.fee.BlockPolicyEstimator;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.spec.Param;

/** How methods are told which fee somebody wants to pay. */
public final class FeeParams {
  private FeeParams() {}

  /** In how many blocks a payment should be confirmed. */
  public static Param<Integer> target() {
    return Param.integer(
        "conf_target", "In how many blocks to be confirmed, from 1 to " + highest());
  }

  private static int highest() {
    return BlockPolicyEstimator.HIGHEST_TARGET;
  }

  /** The target, or Bitcoin Core's answer that it is none. */
  public static int checked(int target) {
    if (target < 1 || target > highest()) {
      throw RpcException.invalidParameter(
          "Invalid conf_target, must be between 1 and " + highest());
    }
    return target;
  }

  /** Whether a mode is the careful one; in any case of letters, as in Bitcoin Core. */
  public static boolean isConservative(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "conservative" -> true;
      case "economical", "unset" -> false;
      default ->
          throw RpcException.invalidParameter(
              "Invalid estimate_mode parameter, must be one of: \"unset\", \"economical\","
                  + " \"conservative\"");
    };
  }

  public static void expectOn(FeesPort fees) {
    if (!fees.isOn()) {
      throw new RpcException(RpcErrorCode.INTERNAL_ERROR, "Fee estimation disabled");
    }
  }
}
