package org.farthing.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.ContractKeys;
import org.farthing.node.cli.contract.ContractSpend;
import org.farthing.node.cli.contract.Vaults;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes the coins out of a vault. */
@Command(
    name = "claim",
    description = {
      "Take the coins out of a vault, to this wallet or an address.",
      "Where several must sign, it writes a PSBT, which the next one gives with --psbt."
    })
final class ContractClaimCommand extends OneWalletCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "the contract")
  private Path file;

  @Option(names = "--to", paramLabel = "ADDRESS", description = "where to (default: this wallet)")
  private String payee;

  @Option(names = "--psbt", paramLabel = "FILE", description = "what others have signed already")
  private Path others;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where the PSBT goes, if signatures are missing (default: the terminal)")
  private Path output;

  @Mixin private final ContractFee fee = new ContractFee();

  @Mixin private final Consent consent = new Consent();

  @Mixin private final Unlocking unlocking = new Unlocking();

  ContractClaimCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    ContractFile contract = ContractFile.open(file);
    Chain chain = Chain.of(wallet);
    Vaults.Opened sealed = Vaults.open(contract, chain);
    if (sealed.coins().isEmpty()) {
      throw CliException.failed("no coins are in it, or they wait for a block");
    }
    List<PrivateKey> own =
        unlocking.during(
            wallet,
            name,
            session(),
            () -> ContractKeys.own(wallet, sealed.descriptor(), chain.params().network()));
    if (own.isEmpty()) {
      throw CliException.failed("wallet '" + name + "' has none of its keys");
    }
    Vaults.Opened vault = sealed.with(own);
    int left = vault.blocksLeft();
    if (left > 0) {
      throw CliException.failed("it opens in " + chain.wait(left));
    }
    ContractSpend spend = new ContractSpend(vault.descriptor(), own, Map.of());
    Psbt psbt =
        others != null
            ? spend.signed(read(others))
            : spend.spend(
                vault.coins(), payeeScript(wallet, chain), vault.way(), fee.satPerKvb(chain));
    return finish(chain, psbt);
  }

  private int finish(Chain chain, Psbt psbt) throws CliException, RefusedException {
    long sat = psbt.outputs().get(0).output().valueSat();
    long feeSat = psbt.inputs().stream().mapToLong(ContractClaimCommand::sat).sum() - sat;
    String script = psbt.outputs().get(0).output().scriptPubKey().toHex();
    Optional<Transaction> transaction = ContractSpend.transaction(psbt);
    if (!consent.isGiven()) {
      terminal()
          .note(
              "take "
                  + Amount.format(sat)
                  + " out of it (fee "
                  + Amount.format(feeSat)
                  + "), to the script "
                  + script);
      consent.ask(session(), transaction.isPresent() ? "Send?" : "Sign?");
    }
    if (transaction.isPresent()) {
      terminal().println(chain.send(transaction.get()));
      return ExitCode.OK;
    }
    OutputFile.write(output, List.of(PsbtCodec.format(psbt)), terminal());
    terminal().note("further signatures are needed: the next one gives it with --psbt");
    return ExitCode.OK;
  }

  private static long sat(PsbtInput input) {
    return input.witnessUtxo().map(TxOut::valueSat).orElse(0L);
  }

  private Script payeeScript(RpcClient wallet, Chain chain) throws CliException, RefusedException {
    String address = payee != null ? payee : wallet.call("getnewaddress", "contract").asText();
    return Addresses.address(address, chain.params().network()).toScript();
  }

  private static Psbt read(Path file) throws CliException {
    try {
      return PsbtCodec.parse(Files.readString(file).strip());
    } catch (IOException | DecodeException e) {
      throw CliException.usage("'" + file + "' holds no PSBT: " + e.getMessage());
    }
  }
}
