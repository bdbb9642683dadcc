package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** {@code createwallet}. */
public final class CreateWallet implements RpcMethod {
  private static final int DEFAULT_WORDS = 12;

  private static final Param<Boolean> DISABLE_PRIVATE_KEYS =
      Param.flag("disable_private_keys", "Must be false: wallets have keys").or(false);
  private static final Param<Boolean> BLANK =
      Param.flag("blank", "Must be false: wallets have keys").or(false);
  private static final Param<Boolean> AVOID_REUSE =
      Param.flag("avoid_reuse", "Must be false").or(false);
  private static final Param<Boolean> DESCRIPTORS =
      Param.flag("descriptors", "Must be true").or(true);
  private static final Param<Boolean> EXTERNAL_SIGNER =
      Param.flag("external_signer", "Must be false").or(false);
  private static final Param<Integer> WORDS =
      Param.integer("words", "How many recovery words: 12, 15, 18, 21 or 24 (Farthing's own)")
          .or(DEFAULT_WORDS)
          .own();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "createwallet",
              Category.WALLET,
              "Makes a wallet with new keys and loads it. The answer has its recovery words, this"
                  + " once and never again: write them down.")
          .takes(
              NewWalletParams.NAME,
              DISABLE_PRIVATE_KEYS,
              BLANK,
              NewWalletParams.PASSPHRASE,
              AVOID_REUSE,
              DESCRIPTORS,
              NewWalletParams.LOAD_ON_STARTUP,
              EXTERNAL_SIGNER,
              WORDS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("name", "the name"),
                  Result.text("mnemonic", "the recovery words (Farthing's own)"),
                  Result.array("warnings", "", Result.text("", "")).maybe()))
          .example("\"alice\" passphrase=\"correct horse\"");

  private final WalletAccess wallets;

  public CreateWallet(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    refuseWhatIsNotThere(request);
    String name = request.get(NewWalletParams.NAME);
    Optional<String> passphrase = request.find(NewWalletParams.PASSPHRASE);
    int words = request.get(WORDS);
    Wallet.Created created =
        wallets.registry(
            registry -> {
              Wallet.Created made =
                  registry.create(name, NewWalletParams.protection(passphrase), words);
              registry.remember(name, request.find(NewWalletParams.LOAD_ON_STARTUP).orElse(true));
              return made;
            });
    ObjectNode json = Json.object();
    json.put("name", name);
    json.put("mnemonic", String.join(" ", created.words().words()));
    if (passphrase.filter(String::isEmpty).isPresent()) {
      json.putArray("warnings")
          .add("Empty string given as passphrase, wallet will not be encrypted.");
    }
    return json;
  }

  private static void refuseWhatIsNotThere(RpcRequest request) {
    if (request.get(DISABLE_PRIVATE_KEYS)
        || request.get(BLANK)
        || request.get(AVOID_REUSE)
        || request.get(EXTERNAL_SIGNER)) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Farthing makes wallets with keys of their own only: leave disable_private_keys, blank,"
              + " avoid_reuse and external_signer false");
    }
    if (!request.get(DESCRIPTORS)) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "descriptors argument must be set to \"true\"; it is no longer possible to create a"
              + " legacy wallet.");
    }
  }
}
