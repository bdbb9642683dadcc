package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;

/** {@code createwalletdescriptor}. */
public final class CreateWalletDescriptor implements RpcMethod {
  private static final Param<String> TYPE =
      Param.text(
          "type", "The kind of address: \"legacy\", \"p2sh-segwit\", \"bech32\" or \"bech32m\"");
  private static final Param<Boolean> INTERNAL =
      Param.flag("internal", "Only the descriptor for change, or only the other one")
          .otherwise("both");
  private static final Param<String> HDKEY =
      Param.text("hdkey", "The extended public key of the wallet that it is made of")
          .otherwise("the only one that new addresses come from");
  private static final Param<Fields> OPTIONS =
      Param.options("options", "What to make it of", INTERNAL, HDKEY).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "createwalletdescriptor",
              Category.WALLET,
              "Makes the wallet's usual descriptors of one kind of address, from a key that it has;"
                  + " new addresses of the kind come from them.")
          .takes(TYPE, OPTIONS)
          .returns(
              Result.object(
                  "", "", Result.array("descs", "those that are new", Result.text("", ""))))
          .example("\"bech32m\"");

  private final WalletAccess wallets;

  public CreateWalletDescriptor(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    AddressType type = AddressTypes.of(request.get(TYPE));
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    List<Role> roles =
        options
            .find(INTERNAL)
            .map(internal -> List.of(internal ? Role.CHANGE : Role.RECEIVE))
            .orElse(List.of(Role.RECEIVE, Role.CHANGE));
    Optional<String> hdKey = options.find(HDKEY);
    return wallets.ask(request, wallet -> create(wallet, type, roles, hdKey));
  }

  private static ObjectNode create(
      Wallet wallet, AddressType type, List<Role> roles, Optional<String> hdKey)
      throws WalletException {
    wallet.locking().expectUnlocked();
    ExtendedKey key =
        hdKey.isPresent()
            ? HdKeyParams.publicKey(hdKey.get(), wallet)
            : HdKeyParams.onlyActive(wallet, HdKeyParams.UNDECIDED);
    ObjectNode json = Json.object();
    ArrayNode descriptors = json.putArray("descs");
    for (Keychain made : wallet.hdKeys().createKeychains(key, type, roles)) {
      descriptors.add(made.descriptor().text());
    }
    return json;
  }
}
