package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletHdKeys.Filter;
import org.farthing.wallet.WalletHdKeys.HdKey;
import org.farthing.wallet.error.WalletException;

/** {@code gethdkeys}. */
public final class GetHdKeys implements RpcMethod {
  private static final Param<Boolean> ACTIVE_ONLY =
      Param.flag("active_only", "Only those that new addresses come from").or(false);
  private static final Param<Boolean> PRIVATE =
      Param.flag("private", "With the private keys: whoever sees them can spend the coins")
          .or(false);
  private static final Param<Fields> OPTIONS =
      Param.options("options", "Which keys", ACTIVE_ONLY, PRIVATE).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "gethdkeys",
              Category.WALLET,
              "Returns the extended keys (BIP32) that the wallet's descriptors are made of.")
          .takes(OPTIONS)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.text("xpub", "the extended public key"),
                      Result.flag("has_private", "whether the wallet has the private key"),
                      Result.text("xprv", "the extended private key, if asked for").maybe(),
                      Result.array(
                          "descriptors",
                          "where it stands",
                          Result.object(
                              "",
                              "",
                              Result.text("desc", "the descriptor"),
                              Result.flag("active", "new addresses come from it"))))))
          .example("")
          .example("active_only=true private=true");

  private final WalletAccess wallets;

  public GetHdKeys(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    boolean activeOnly = options.get(ACTIVE_ONLY);
    boolean secret = options.get(PRIVATE);
    return wallets.ask(
        request,
        wallet -> {
          if (secret) {
            wallet.locking().expectUnlocked();
          }
          ArrayNode all = Json.array();
          for (HdKey key : wallet.hdKeys().list(activeOnly ? Filter.ACTIVE : Filter.ALL)) {
            all.add(json(wallet, key, secret));
          }
          return all;
        });
  }

  private static ObjectNode json(Wallet wallet, HdKey key, boolean secret) throws WalletException {
    ObjectNode json = Json.object();
    json.put("xpub", key.publicKey().toPublicString(wallet.network()));
    json.put("has_private", key.hasSecret());
    if (secret && key.hasSecret()) {
      String text =
          wallet.hdKeys().use(key.publicKey(), own -> own.toPrivateString(wallet.network()));
      json.put("xprv", text);
    }
    ArrayNode descriptors = json.putArray("descriptors");
    key.keychains().stream()
        .map(
            keychain ->
                Json.object()
                    .put("desc", keychain.descriptor().text())
                    .put("active", wallet.descriptors().isActive(keychain)))
        .sorted(Comparator.comparing(each -> each.get("desc").textValue()))
        .forEach(descriptors::add);
    return json;
  }
}
