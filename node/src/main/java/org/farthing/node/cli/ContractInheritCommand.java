package org.farthing.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Coins that go to heirs when their owner does not move them. */
@Command(
    name = "inherit",
    description = {
      "Make a vault for heirs, which its owner can open at any time.",
      "Heirs can when its coins have not moved for a number of blocks, so that the owner",
      "moves them to a new vault now and then."
    })
final class ContractInheritCommand extends OneWalletCommand {
  private static final int MOST_BLOCKS = 0xffff;
  private static final int MOST_HEIRS = 15;

  @Parameters(index = "0", paramLabel = "FILE", description = "where the contract is written")
  private Path file;

  @Option(
      names = "--after",
      paramLabel = "BLOCKS",
      required = true,
      description = "for so long coins must not have moved (at most 65535)")
  private int blocks;

  @Option(
      names = "--heir",
      paramLabel = "KEY",
      required = true,
      description = "an heir's key ('farthing contract key'); several")
  private List<String> heirs = new ArrayList<>();

  @Option(
      names = "--heirs-needed",
      paramLabel = "N",
      description = "how many heirs must sign (default: all)")
  private Integer needed;

  @Mixin private final Unlocking unlocking = new Unlocking();

  ContractInheritCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Chain chain = Chain.of(wallet);
    ContractFile contract = ContractFile.create(file, Vaults.INHERITANCE);
    int sign = needed == null ? heirs.size() : needed;
    if (blocks < 1 || blocks > MOST_BLOCKS) {
      throw CliException.usage("--after wants a number from 1 to " + MOST_BLOCKS);
    }
    if (sign < 1 || sign > heirs.size() || heirs.size() > MOST_HEIRS) {
      throw CliException.usage(
          sign + " of " + heirs.size() + " heirs: there can be " + MOST_HEIRS + " at most");
    }
    String owner =
        unlocking.during(
            wallet, name, session(), () -> ContractKeys.fresh(wallet, chain.params().network()));
    String address = Vaults.inheritance(contract, chain, owner, heirs, sign, blocks);
    terminal().println("You can take the coins at any time; " + sign + " of " + heirs.size());
    terminal().println("heirs can when they have not moved for " + chain.wait(blocks) + ".");
    terminal().println("Pay to it:  farthing wallet send " + address + " AMOUNT");
    terminal().println("Then:       farthing contract claim " + file);
    terminal().note("give " + file + " to the heirs: without it they cannot find the coins");
    return ExitCode.OK;
  }
}
