package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Witness;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.message.SimpleSignature;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Signs a text with the key of an address. */
@Command(
    name = "sign",
    description = {
      "Sign a text as the owner of an address (legacy: BIP137, segwit and taproot: BIP322).",
      "'farthing wallet verify' checks it."
    })
final class WalletSignCommand extends OneWalletCommand {
  @Parameters(index = "0", paramLabel = "ADDRESS", description = "one of the wallet's")
  private String address;

  @Parameters(index = "1", paramLabel = "TEXT", description = "what is signed")
  private String text;

  @Mixin private final Unlocking unlocking = new Unlocking();

  WalletSignCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Address owner = Addresses.address(address, Addresses.network(wallet));
    String signature =
        unlocking.during(
            wallet,
            name,
            session(),
            () ->
                owner instanceof Address.P2pkh
                    ? wallet.call("signmessage", address, text).asText()
                    : simple(wallet, owner));
    if (wantsJson()) {
      terminal()
          .println(Json.pretty(Json.object().put("address", address).put("signature", signature)));
    } else {
      terminal().println(signature);
    }
    return ExitCode.OK;
  }

  /** The wallet signs a transaction that can never be in a block. */
  private String simple(RpcClient wallet, Address owner) throws CliException, RefusedException {
    Transaction toSpend = SimpleSignature.toSpend(owner.toScript(), text);
    Psbt plain = Psbt.of(SimpleSignature.toSign(toSpend), 0);
    Psbt psbt = plain.withInputs(List.of(plain.inputs().get(0).withNonWitnessUtxo(toSpend)));
    JsonNode signed = wallet.call("walletprocesspsbt", PsbtCodec.format(psbt));
    try {
      Optional<Witness> witness =
          PsbtCodec.parse(signed.path("psbt").asText()).inputs().get(0).finalWitness();
      boolean isSimple =
          signed.path("complete").asBoolean() && witness.isPresent() && !isNested(owner);
      if (!isSimple) {
        throw CliException.failed("the wallet cannot sign for " + address)
            .hint("it takes the keys of a legacy, segwit or taproot address of this wallet.");
      }
      return SimpleSignature.format(witness.orElseThrow());
    } catch (DecodeException e) {
      throw new AssertionError("what the node answers", e);
    }
  }

  /** The simple form has no place for the script behind a hash. */
  private static boolean isNested(Address owner) {
    return owner instanceof Address.P2sh;
  }
}
