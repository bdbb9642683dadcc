package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.ChainCalls;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A wallet of several owners. */
@Command(
    name = "multisig",
    description = {
      "Make a wallet whose coins several owners spend together.",
      "It takes the keys that 'farthing wallet key' shows each of them. With --own it",
      "signs with the key of one of your wallets; without, it only watches.",
      "All owners must give the same keys."
    },
    footer = {"", "Example, two of three: farthing wallet multisig family 2 KEY KEY --own alice"})
final class WalletMultisigCommand extends ClientCommand {
  private static final int MOST_KEYS = 20;

  @Parameters(index = "0", paramLabel = "NAME", description = "how the wallet is to be called")
  private String name;

  @Parameters(index = "1", paramLabel = "M", description = "how many owners must sign")
  private int needed;

  @Parameters(index = "2..*", paramLabel = "KEY", description = "the cosigners' keys")
  private List<String> keys = new ArrayList<>();

  @Option(names = "--own", paramLabel = "WALLET", description = "a wallet of yours that takes part")
  private String own;

  @Mixin private final NewPassphrase protection = new NewPassphrase();

  WalletMultisigCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    int all = keys.size() + (own == null ? 0 : 1);
    if (all < 1 || all > MOST_KEYS || needed < 1 || needed > all) {
      throw CliException.usage(
          needed + " of " + all + " keys: at least one must sign, and at most all " + MOST_KEYS);
    }
    List<String> publicKeys = new ArrayList<>(keys);
    List<String> signing = new ArrayList<>(keys);
    if (own != null) {
      JsonNode derived =
          node.wallet(own)
              .call("derivehdkey", WalletKeyCommand.PATH, Json.object().put("private", true));
      String origin = derived.path("origin").asText();
      publicKeys.add(origin + derived.path("xpub").asText());
      signing.add(origin + derived.path("xprv").asText());
    }
    ObjectNode request = Json.object();
    request.put("wallet_name", name);
    request.put("blank", true);
    request.put("disable_private_keys", own == null);
    request.put("load_on_startup", true);
    Optional<String> passphrase = own == null ? Optional.empty() : protection.choose(session());
    passphrase.ifPresent(text -> request.put("passphrase", text));
    String withChecksum = ChainCalls.withChecksum(node, descriptor(signing));
    node.callWith("createwallet", request);
    add(node.wallet(name), withChecksum, passphrase);
    print(node, descriptor(publicKeys));
    return ExitCode.OK;
  }

  /** Keys are sorted in each script, so that their order is nothing to agree on. */
  private String descriptor(List<String> of) {
    StringBuilder text = new StringBuilder("wsh(sortedmulti(").append(needed);
    of.forEach(key -> text.append(',').append(key).append("/<0;1>/*"));
    return text.append("))").toString();
  }

  private static void add(RpcClient wallet, String descriptor, Optional<String> passphrase)
      throws CliException, RefusedException {
    ObjectNode entry = Json.object().put("desc", descriptor).put("active", true);
    entry.put("timestamp", "now");
    entry.putArray("range").add(0).add(100);
    Unlocking.Task<JsonNode> task =
        () -> wallet.call("importdescriptors", Json.array().add(entry)).get(0);
    JsonNode outcome =
        passphrase.isPresent() ? Unlocking.during(wallet, passphrase.get(), task) : task.run();
    if (!outcome.path("success").asBoolean()) {
      throw CliException.failed(outcome.path("error").path("message").asText());
    }
  }

  private void print(RpcClient node, String descriptor) throws CliException, RefusedException {
    String watching = ChainCalls.withChecksum(node, descriptor);
    String first = node.wallet(name).call("getnewaddress").asText();
    if (wantsJson()) {
      ObjectNode made = Json.object().put("name", name).put("descriptor", watching);
      terminal().println(Json.pretty(made.put("address", first)));
      return;
    }
    terminal().println("wallet '" + name + "' is made. Its descriptor, to be kept by all owners:");
    terminal().println("");
    terminal().println(watching);
    terminal().println("");
    terminal().println("All owners must see the same first address: " + first);
    terminal()
        .println("To pay: farthing wallet psbt create, then psbt sign by each, then psbt send.");
  }
}
