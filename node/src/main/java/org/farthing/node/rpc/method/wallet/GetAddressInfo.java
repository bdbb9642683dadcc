package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.descriptor.ScriptOrigin;

/** {@code getaddressinfo}. */
public final class GetAddressInfo implements RpcMethod {
  /** Keys have no other seed than the one of the wallet's words, which has no such name. */
  private static final String NO_SEED = "0".repeat(40);

  private static final Param<String> ADDRESS = Param.text("address", "The address");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddressinfo", Category.WALLET, "Returns what the wallet knows of an address.")
          .takes(ADDRESS)
          .returns(
              Result.object(
                      "",
                      "",
                      Result.text("address", "the address"),
                      Result.hex("scriptPubKey", "its output script"),
                      Result.flag("ismine", "it is the wallet's"),
                      Result.flag("solvable", "the wallet knows what spends it, keys aside"),
                      Result.text("desc", "the descriptor of this address alone").maybe(),
                      Result.text("parent_desc", "the descriptor that it comes from").maybe(),
                      Result.flag("iswatchonly", "always false; kept for old callers"))
                  .plus(AddressDetails.shape())
                  .plus(
                      Result.flag("ischange", "made for change"),
                      Result.time("timestamp", "when its descriptor began").maybe(),
                      Result.text("hdkeypath", "from the root key to its key").maybe(),
                      Result.hex("hdseedid", "always zeros; kept for old callers").maybe(),
                      Result.hex("hdmasterfingerprint", "the root key").maybe(),
                      Result.number("index", "in its descriptor (Farthing's own)").maybe(),
                      Result.array("labels", "the owner's names for it", Result.text("", ""))))
          .example("\"address\"");

  private final WalletAccess wallets;

  public GetAddressInfo(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String text = request.get(ADDRESS);
    return wallets.ask(request, wallet -> json(wallet, Decode.address(text, wallet.network())));
  }

  private static ObjectNode json(Wallet wallet, Address address) {
    Optional<ScriptOrigin> origin = wallet.addresses().originOf(address);
    Optional<ScriptExpression> expression =
        origin.map(ScriptOrigin::expression).filter(ScriptExpression::isSolvable);
    ObjectNode json = Json.object();
    json.put("address", address.toString());
    json.put("scriptPubKey", address.toScript().toHex());
    json.put("ismine", origin.isPresent());
    json.put("solvable", expression.isPresent());
    expression.ifPresent(found -> json.put("desc", found.text()));
    origin.ifPresent(own -> json.put("parent_desc", own.keychain().descriptor().text()));
    json.put("iswatchonly", false);
    AddressDetails details = new AddressDetails(wallet.network());
    expression.ifPresent(details::add);
    details.describe(address, json);
    json.put("ischange", wallet.addresses().isChange(address));
    expression
        .flatMap(GetAddressInfo::onlyKey)
        .ifPresent(key -> addKey(origin.orElseThrow(), key.originOf(0), json));
    origin.ifPresent(own -> json.put("index", own.index()));
    ArrayNode labels = json.putArray("labels");
    wallet.addresses().labelOf(address).ifPresent(labels::add);
    return json;
  }

  /** The key that an address of one key is of. */
  private static Optional<KeyExpression> onlyKey(ScriptExpression expression) {
    if (expression instanceof ScriptExpression.Pkh pkh) {
      return Optional.of(pkh.key());
    }
    if (expression instanceof ScriptExpression.Wpkh wpkh) {
      return Optional.of(wpkh.key());
    }
    if (expression instanceof ScriptExpression.Sh sh
        && sh.inner() instanceof ScriptExpression.Wpkh inner) {
      return Optional.of(inner.key());
    }
    return expression instanceof ScriptExpression.Tr tr
        ? Optional.of(tr.internal())
        : Optional.empty();
  }

  private static void addKey(ScriptOrigin script, KeyOrigin key, ObjectNode json) {
    json.put("timestamp", script.keychain().details().createdSeconds());
    String path = key.path().steps().isEmpty() ? "m" : "m/" + key.path();
    json.put("hdkeypath", path);
    json.put("hdseedid", NO_SEED);
    json.put("hdmasterfingerprint", HexFormat.of().toHexDigits(key.fingerprint()));
  }
}
