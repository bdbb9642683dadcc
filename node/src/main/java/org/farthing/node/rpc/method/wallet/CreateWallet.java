package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Protection;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.store.WalletRecord;

/** {@code createwallet}. */
public final class CreateWallet implements RpcMethod {
  private static final int DEFAULT_WORDS = 12;

  private static final Param<Boolean> DISABLE_PRIVATE_KEYS =
      Param.flag("disable_private_keys", "The wallet only watches: it never has private keys")
          .or(false);
  private static final Param<Boolean> BLANK =
      Param.flag("blank", "Without keys: descriptors are to be imported").or(false);
  private static final Param<Boolean> AVOID_REUSE =
      Param.flag(
              "avoid_reuse",
              "Keep coins of addresses that were spent from before apart from others")
          .or(false);
  private static final Param<Boolean> DESCRIPTORS =
      Param.flag("descriptors", "Must be true").or(true);
  private static final Param<Boolean> EXTERNAL_SIGNER =
      Param.flag("external_signer", "Must be false: there are no external signers").or(false);
  private static final Param<Integer> WORDS =
      Param.integer("words", "How many recovery words: 12, 15, 18, 21 or 24 (Farthing's own)")
          .or(DEFAULT_WORDS)
          .own();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "createwallet",
              Category.WALLET,
              "Makes a wallet and loads it. If it has keys of its own, the answer has its recovery"
                  + " words, this once and never again: write them down.")
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
                  Result.text("mnemonic", "the recovery words (Farthing's own)").maybe(),
                  NewWalletParams.WARNINGS))
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
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    refuseWhatIsNotThere(request);
    String name = request.get(NewWalletParams.NAME);
    Optional<String> passphrase = request.find(NewWalletParams.PASSPHRASE);
    if (name.isEmpty()) {
      throw RpcException.invalidParameter("Wallet name cannot be empty");
    }
    WalletRecord.Kind kind =
        new WalletRecord.Kind(
            !request.get(DISABLE_PRIVATE_KEYS), request.get(BLANK), request.get(AVOID_REUSE));
    if (!kind.privateKeys() && passphrase.filter(text -> !text.isEmpty()).isPresent()) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Passphrase provided but private keys are disabled. A passphrase is only used to encrypt"
              + " private keys, so cannot be used for wallets with private keys disabled.");
    }
    int wordCount = request.get(WORDS);
    Protection protection = NewWalletParams.protection(passphrase, wallets);
    Optional<Mnemonic> words =
        wallets.registry(
            registry -> {
              Optional<Mnemonic> made = create(registry, name, protection, kind, wordCount);
              NewWalletParams.remember(registry, name, request);
              return made;
            });
    List<String> told = new ArrayList<>();
    passphrase
        .filter(String::isEmpty)
        .ifPresent(
            none -> told.add("Empty string given as passphrase, wallet will not be encrypted."));
    told.addAll(wallets.registry(WalletRegistry::warnings));
    ObjectNode json = NewWalletParams.answer(name, told);
    words.ifPresent(made -> json.put("mnemonic", String.join(" ", made.words())));
    return json;
  }

  private static Optional<Mnemonic> create(
      WalletRegistry registry,
      String name,
      Protection protection,
      WalletRecord.Kind kind,
      int wordCount)
      throws WalletException {
    if (kind.blank() || !kind.privateKeys()) {
      registry.createWithoutKeys(name, protection, kind);
      return Optional.empty();
    }
    return Optional.of(registry.create(name, protection, wordCount, kind).words());
  }

  private static void refuseWhatIsNotThere(RpcRequest request) {
    if (!request.get(DESCRIPTORS)) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "descriptors argument must be set to \"true\"; it is no longer possible to create a"
              + " legacy wallet.");
    }
    if (request.get(EXTERNAL_SIGNER)) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Compiled without external signing support (required for external signing)");
    }
  }
}
