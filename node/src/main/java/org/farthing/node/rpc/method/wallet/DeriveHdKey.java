package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletHdKeys.Filter;
import org.farthing.wallet.WalletHdKeys.HdKey;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;

/** {@code derivehdkey}. */
public final class DeriveHdKey implements RpcMethod {
  private static final Param<String> PATH =
      Param.text("path", "The path from the key, with a hardened step at least: \"m/87h/1h/0h\"");
  private static final Param<Boolean> PRIVATE =
      Param.flag("private", "With the private key: whoever sees it can spend the coins").or(false);
  private static final Param<String> HDKEY =
      Param.text("hdkey", "The extended public key of the wallet to derive from")
          .otherwise("the only one that was added, or else that new addresses come from");
  private static final Param<Fields> OPTIONS =
      Param.options("options", "From which key", PRIVATE, HDKEY).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "derivehdkey",
              Category.WALLET,
              "Derives an extended key from one of the wallet's, for descriptors of several"
                  + " owners.")
          .takes(PATH, OPTIONS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("origin", "fingerprint and path, as in a descriptor"),
                  Result.text("xpub", "the extended public key"),
                  Result.text("xprv", "the extended private key, if asked for").maybe()))
          .example("\"m/87h/0h/0h\"")
          .example("path=\"m/87h/0h/0h\" private=true");

  private final WalletAccess wallets;

  public DeriveHdKey(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    boolean secret = options.get(PRIVATE);
    Optional<String> hdKey = options.find(HDKEY);
    return wallets.ask(
        request,
        wallet -> {
          if (!wallet.descriptors().hasPrivateKeys()) {
            throw new RpcException(
                RpcErrorCode.WALLET_ERROR, "derivehdkey is not available for watch-only wallets");
          }
          DerivationPath path = path(request.get(PATH));
          wallet.locking().expectUnlocked();
          return derive(wallet, root(wallet, hdKey), path, secret);
        });
  }

  private static DerivationPath path(String text) {
    DerivationPath path;
    try {
      path = DerivationPath.parse(text);
    } catch (WalletException e) {
      throw RpcException.invalidParameter("Invalid BIP32 keypath");
    }
    if (path.steps().stream().noneMatch(DerivationPath::isHardened)) {
      throw RpcException.invalidParameter("Derivation path requires at least one hardened step");
    }
    return path;
  }

  private static ExtendedKey root(Wallet wallet, Optional<String> hdKey) {
    List<HdKey> unused = wallet.hdKeys().list(Filter.UNUSED);
    if (hdKey.isPresent()) {
      ExtendedKey wanted = HdKeyParams.publicKey(hdKey.get(), wallet);
      boolean candidate = has(unused, wanted) || has(wallet.hdKeys().list(Filter.ACTIVE), wanted);
      if (!candidate) {
        throw HdKeyParams.unknown("HD key is not used by an active or unused(KEY) descriptor");
      }
      return wanted;
    }
    if (unused.size() > 1) {
      throw HdKeyParams.unknown(
          "Unable to determine which HD key to use. Please specify with 'hdkey'");
    }
    return unused.isEmpty()
        ? HdKeyParams.onlyActive(wallet, "No active or unused(KEY) descriptor found")
        : unused.get(0).publicKey();
  }

  private static boolean has(List<HdKey> keys, ExtendedKey wanted) {
    return keys.stream().anyMatch(key -> key.publicKey().equals(wanted));
  }

  private static ObjectNode derive(
      Wallet wallet, ExtendedKey root, DerivationPath path, boolean secret) throws WalletException {
    return wallet
        .hdKeys()
        .use(
            root,
            own -> {
              ExtendedKey child = child(own, path);
              try {
                KeyOrigin origin = new KeyOrigin(own.fingerprint(), path);
                ObjectNode json = Json.object().put("origin", "[" + origin + "]");
                json.put("xpub", child.toPublicString(wallet.network()));
                if (secret) {
                  json.put("xprv", child.toPrivateString(wallet.network()));
                }
                return json;
              } finally {
                child.wipe();
              }
            });
  }

  private static ExtendedKey child(ExtendedKey root, DerivationPath path) {
    try {
      return root.derive(path);
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParameter("Unable to derive HD key at the requested path");
    }
  }
}
