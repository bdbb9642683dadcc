package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletDescriptors;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletException;

/** {@code listdescriptors}. */
public final class ListDescriptors implements RpcMethod {
  private static final Param<Boolean> PRIVATE =
      Param.flag("private", "With the private keys: whoever sees them can spend the coins")
          .or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listdescriptors",
              Category.WALLET,
              "Returns the descriptors of the wallet's scripts.")
          .takes(PRIVATE)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("wallet_name", "the wallet"),
                  Result.array(
                      "descriptors",
                      "in the order of their texts",
                      Result.object(
                          "",
                          "",
                          Result.text("desc", "the descriptor"),
                          Result.time("timestamp", "no payment is older"),
                          Result.flag("active", "new addresses come from it"),
                          Result.flag("internal", "for change; only if it is active").maybe(),
                          Result.fixed(
                                  "range",
                                  "the indexes that are watched for; only if it has any",
                                  Result.number("", "the first"),
                                  Result.number("", "the last"))
                              .maybe(),
                          Result.number("next", "the same as next_index").maybe(),
                          Result.number("next_index", "the next index to be given away").maybe()))))
          .example("")
          .example("true");

  private final WalletAccess wallets;

  public ListDescriptors(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    boolean secret = request.get(PRIVATE);
    return wallets.ask(
        request,
        wallet -> {
          if (secret && !wallet.descriptors().hasPrivateKeys()) {
            throw new RpcException(
                RpcErrorCode.WALLET_ERROR,
                "Can't get private descriptor string for watch-only wallets");
          }
          if (secret) {
            wallet.locking().expectUnlocked();
          }
          List<ObjectNode> list = new ArrayList<>();
          for (Keychain keychain : wallet.descriptors().all()) {
            list.add(json(wallet, keychain, secret));
          }
          list.sort(Comparator.comparing(json -> json.get("desc").textValue()));
          ObjectNode json = Json.object().put("wallet_name", wallets.name(request));
          json.putArray("descriptors").addAll(list);
          return json;
        });
  }

  private static ObjectNode json(Wallet wallet, Keychain keychain, boolean secret)
      throws WalletException {
    WalletDescriptors descriptors = wallet.descriptors();
    boolean active = descriptors.isActive(keychain);
    ObjectNode json = Json.object();
    json.put("desc", secret ? descriptors.privateText(keychain) : keychain.descriptor().text());
    json.put("timestamp", keychain.details().createdSeconds());
    json.put("active", active);
    if (active) {
      json.put("internal", keychain.role() == Role.CHANGE);
    }
    if (keychain.descriptor().isRanged()) {
      json.putArray("range").add(keychain.details().first()).add(keychain.derivedEnd() - 1);
      json.put("next", keychain.next());
      json.put("next_index", keychain.next());
    }
    return json;
  }
}
