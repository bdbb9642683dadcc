package org.farthing.node.cli;

import java.nio.file.Path;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.Vaults;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is in a vault. */
@Command(name = "show", description = "Show a vault's address, descriptor and coins.")
final class ContractShowCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "the contract")
  private Path file;

  ContractShowCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    ContractFile contract = ContractFile.open(file);
    if (wantsJson() || contract.content().path("descriptor").isMissingNode()) {
      terminal().println(Json.pretty(contract.content()));
      return ExitCode.OK;
    }
    Vaults.Opened vault = Vaults.open(contract, Chain.of(node));
    long sum = vault.coins().stream().mapToLong(coin -> coin.output().valueSat()).sum();
    terminal().println(contract.content().path("descriptor").asText());
    terminal().println(contract.content().path("address").asText());
    terminal().println("coins in it: " + Amount.format(sum));
    return ExitCode.OK;
  }
}
