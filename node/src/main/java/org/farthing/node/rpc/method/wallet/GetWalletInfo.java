package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.Rescan;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletInfo;
import org.farthing.wallet.descriptor.Keychain.Role;

/** {@code getwalletinfo}. */
public final class GetWalletInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getwalletinfo", Category.WALLET, "Returns the state of the wallet in short.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("walletname", "the name"),
                  Result.number("walletversion", "as Bitcoin Core's"),
                  Result.text("format", "how it is stored"),
                  Result.number("txcount", "transactions"),
                  Result.number("keypoolsize", "addresses derived ahead, of all kinds"),
                  Result.number("keypoolsize_hd_internal", "the same for change"),
                  Result.time("unlocked_until", "0 if locked; only if encrypted").maybe(),
                  Result.flag("private_keys_enabled", "false if it only watches"),
                  Result.flag(
                      "avoid_reuse", "coins of addresses that were spent from are kept apart"),
                  Result.either(
                      "scanning",
                      "the reading of blocks that goes on, or false",
                      Result.object(
                          "",
                          "",
                          Result.number("duration", "seconds since it began"),
                          Result.decimal("progress", "from 0 to 1"),
                          Result.number("height", "of the last block read (Farthing's own)")),
                      Result.never()),
                  Result.flag("descriptors", "always"),
                  Result.flag("external_signer", "never"),
                  Result.flag("blank", "it was made without keys of its own"),
                  Result.time("birthtime", "no payment is older; without descriptors missing")
                      .maybe(),
                  Result.array("flags", "its properties", Result.text("", "")),
                  LastProcessed.SHAPE))
          .example("");

  private static final int CORE_WALLET_VERSION = 169_900;

  private final WalletAccess wallets;
  private final NodePort node;

  public GetWalletInfo(WalletAccess wallets, NodePort node) {
    this.wallets = wallets;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.registry(
        registry -> {
          String name = wallets.name(request);
          Wallet wallet = registry.find(name).orElseThrow();
          return json(name, wallet, registry.loaded().rescans().of(wallet));
        });
  }

  private ObjectNode json(String name, Wallet wallet, Optional<Rescan> rescan) {
    WalletInfo info = wallet.info();
    ObjectNode json = Json.object();
    json.put("walletname", name);
    json.put("walletversion", CORE_WALLET_VERSION);
    json.put("format", "farthing");
    json.put("txcount", info.transactionCount());
    json.put("keypoolsize", wallet.addresses().ahead(Role.RECEIVE));
    json.put("keypoolsize_hd_internal", wallet.addresses().ahead(Role.CHANGE));
    if (info.encrypted()) {
      json.put("unlocked_until", info.unlockedUntilSeconds());
    }
    json.put("private_keys_enabled", info.kind().privateKeys());
    json.put("avoid_reuse", info.kind().avoidReuse());
    if (info.synchronised()) {
      json.put("scanning", false);
    } else {
      long now = node.nowMillis() / 1000;
      long began = rescan.map(Rescan::startedSeconds).orElse(now);
      json.putObject("scanning")
          .put("duration", Math.max(0, now - began))
          .<ObjectNode>set("progress", Json.number(info.reading().progress()))
          .put("height", info.height());
    }
    json.put("descriptors", true);
    json.put("external_signer", false);
    json.put("blank", info.kind().blank());
    birthSeconds(wallet).ifPresent(birth -> json.put("birthtime", birth));
    json.set("flags", Json.strings(flags(info.kind())));
    LastProcessed.add(wallet, json);
    return json;
  }

  /** The beginning of the oldest descriptor; where there is an older transaction, its time. */
  private static OptionalLong birthSeconds(Wallet wallet) {
    OptionalLong oldest =
        wallet.descriptors().all().stream()
            .mapToLong(keychain -> keychain.details().createdSeconds())
            .min();
    return oldest.isEmpty()
        ? oldest
        : OptionalLong.of(Math.min(oldest.getAsLong(), wallet.history().earliestSeconds()));
  }

  /** Under Bitcoin Core's names. */
  private static List<String> flags(WalletInfo.Kind kind) {
    List<String> flags = new ArrayList<>();
    if (kind.avoidReuse()) {
      flags.add("avoid_reuse");
    }
    if (!kind.privateKeys()) {
      flags.add("disable_private_keys");
    }
    if (kind.blank()) {
      flags.add("blank");
    }
    // A property of Bitcoin Core's files, which programs may look for.
    flags.add("last_hardened_xpub_cached");
    flags.add("descriptor_wallet");
    return flags;
  }
}
