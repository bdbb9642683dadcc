package org.farthing.node.cli;

import java.nio.file.Path;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.ContractKeys;
import org.farthing.node.cli.contract.Vaults;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Coins that nobody can spend before a block. */
@Command(
    name = "vest",
    description = {
      "Make a vault that nobody can open before a block.",
      "What is paid to its address can be spent from then on, by one owner."
    })
final class ContractVestCommand extends OneWalletCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "where the contract is written")
  private Path file;

  @Option(
      names = "--until",
      paramLabel = "HEIGHT",
      required = true,
      description = "the block from which on it opens")
  private int until;

  @Option(
      names = "--for",
      paramLabel = "KEY",
      description = "who gets it ('farthing contract key'; default: this wallet)")
  private String key;

  @Mixin private final Unlocking unlocking = new Unlocking();

  ContractVestCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Chain chain = Chain.of(wallet);
    ContractFile contract = ContractFile.create(file, Vaults.VESTING);
    int left = until - chain.height();
    if (left < 1) {
      throw CliException.usage("--until wants a block that is still to come");
    }
    String owner =
        key != null
            ? key
            : unlocking.during(
                wallet,
                name,
                session(),
                () -> ContractKeys.fresh(wallet, chain.params().network()));
    String address = Vaults.vesting(contract, chain, owner, until);
    terminal().println("The vault opens with block " + until + " (" + chain.wait(left) + ").");
    terminal().println("Pay to it:  farthing wallet send " + address + " AMOUNT");
    terminal().println("Then:       farthing contract claim " + file);
    terminal().note(file + " and the owner's wallet are all that it takes: keep both");
    return ExitCode.OK;
  }
}
