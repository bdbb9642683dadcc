package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
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
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;

/** {@code addhdkey}. */
public final class AddHdKey implements RpcMethod {
  private static final Param<String> HDKEY =
      Param.text("hdkey", "The extended private key").otherwise("a new one");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "addhdkey",
              Category.WALLET,
              "Adds an extended key to the wallet, for createwalletdescriptor and derivehdkey. The"
                  + " recovery words don't bring it back: a new backup does.")
          .takes(HDKEY)
          .returns(Result.object("", "", Result.text("xpub", "its public form")))
          .example("")
          .example("\"xprv\"");

  private final WalletAccess wallets;

  public AddHdKey(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<String> given = request.find(HDKEY);
    return wallets.ask(
        request,
        wallet -> {
          if (!wallet.descriptors().hasPrivateKeys()) {
            throw new RpcException(
                RpcErrorCode.WALLET_ERROR,
                "addhdkey is not available for wallets without private keys");
          }
          wallet.locking().expectUnlocked();
          ExtendedKey key = given.isPresent() ? add(wallet, given.get()) : wallet.hdKeys().addNew();
          return Json.object().put("xpub", key.toPublicString(wallet.network()));
        });
  }

  private static ExtendedKey add(Wallet wallet, String text) throws WalletException {
    ExtendedKey key;
    try {
      key = ExtendedKey.parse(text, wallet.network());
    } catch (WalletException e) {
      throw HdKeyParams.unknown("Could not parse HD key");
    }
    if (!key.isPrivate()) {
      throw HdKeyParams.unknown(
          "Extended public key (xpub) provided, but extended private key (xprv) is required");
    }
    try {
      if (!wallet.hdKeys().add(key)) {
        throw new RpcException(RpcErrorCode.WALLET_ERROR, "HD key already exists");
      }
      return key.toPublic();
    } finally {
      key.wipe();
    }
  }
}
