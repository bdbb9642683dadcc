package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code setwalletflag}. */
public final class SetWalletFlag implements RpcMethod {
  private static final String AVOID_REUSE = "avoid_reuse";

  private static final Set<String> IMMUTABLE =
      Set.of(
          "blank",
          "key_origin_metadata",
          "last_hardened_xpub_cached",
          "disable_private_keys",
          "descriptor_wallet",
          "external_signer");

  private static final Param<String> FLAG =
      Param.text("flag", "avoid_reuse: coins of addresses that were spent from are kept apart");
  private static final Param<Boolean> VALUE = Param.flag("value", "The new state").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of("setwalletflag", Category.WALLET, "Changes a property of the wallet.")
          .takes(FLAG, VALUE)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("flag_name", "the property"),
                  Result.flag("flag_state", "its new state"),
                  Result.text("warnings", "what the caller should know").maybe()))
          .example("\"avoid_reuse\"");

  private final WalletAccess wallets;

  public SetWalletFlag(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String flag = request.get(FLAG);
    boolean value = request.get(VALUE);
    if (IMMUTABLE.contains(flag)) {
      throw RpcException.invalidParameter("Wallet flag is immutable: " + flag);
    }
    if (!flag.equals(AVOID_REUSE)) {
      throw RpcException.invalidParameter("Unknown wallet flag: " + flag);
    }
    return wallets.ask(
        request,
        wallet -> {
          if (wallet.info().kind().avoidReuse() == value) {
            throw RpcException.invalidParameter(
                "Wallet flag is already set to " + value + ": " + flag);
          }
          wallet.setAvoidReuse(value);
          return Json.object().put("flag_name", flag).put("flag_state", value);
        });
  }
}
