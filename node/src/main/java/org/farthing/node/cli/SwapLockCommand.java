package org.farthing.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.contract.SwapObstacle;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pays into the contract. */
@Command(name = "lock", description = "Lock your coins; the second does when the first has.")
final class SwapLockCommand extends SwapStep {
  private static final int LISTED = 100_000;

  @Parameters(index = "0", paramLabel = "FILE", description = "your file")
  private Path file;

  @Option(names = "--answer", paramLabel = "FILE", description = "the other side's answer")
  private Path answer;

  @Option(
      names = "--confirmations",
      paramLabel = "N",
      defaultValue = USUAL_CONFIRMATIONS,
      description = "so deep must the other's coins be (default: ${DEFAULT-VALUE})")
  private int confirmations;

  @Option(
      names = "--any-time",
      description = "lock also where the other's coins go back not clearly later than yours")
  private boolean anyTime;

  @Mixin private final ContractFee fee = new ContractFee();

  SwapLockCommand(Session session) {
    super(session);
  }

  @Override
  CliException away(CliException e) throws CliException {
    return after(e, Swap.of(ContractFile.open(file)).ownLeg());
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Swap swap = Swap.of(ContractFile.open(file));
    if (answer != null) {
      swap.answer(Swap.of(ContractFile.open(answer)));
      swap.file().save();
    }
    Swap.Leg leg = swap.ownLeg();
    Chain chain = Chain.of(wallet, leg.network());
    String address = chain.address(chain.withChecksum(leg.descriptor()));
    int left = leg.until() - chain.height();
    BigDecimal rate = fee.rateOrNull();
    if (isPaid(wallet, leg, address)) {
      terminal().note("your coins are on their way already");
    } else {
      swap.see(leg, chain, nowSeconds());
      SwapObstacle.expectNone(SwapObstacle.toLocking(swap, confirmations, anyTime, nowSeconds()));
      consent.ask(session(), "Lock " + Swap.coins(leg.amount()) + " for " + chain.wait(left) + "?");
      leg.locking();
      swap.file().save();
      ObjectNode payment = Json.object().put("address", address).put("amount", leg.amount());
      if (rate != null) {
        payment.put("fee_rate", rate);
      }
      unlocking.during(wallet, name, session(), () -> wallet.callWith("sendtoaddress", payment));
    }
    terminal().println("locked in " + address);
    terminal()
        .println(
            "If the other side does nothing, from block "
                + leg.until()
                + " on ("
                + chain.wait(Math.max(0, left))
                + "):");
    terminal().println("  farthing contract swap refund " + file);
    return ExitCode.OK;
  }

  /** A command that died may have paid. */
  private static boolean isPaid(RpcClient wallet, Swap.Leg leg, String address)
      throws CliException, RefusedException {
    if (!leg.isLocking()) {
      return false;
    }
    for (var entry : wallet.call("listtransactions", "*", LISTED)) {
      if (entry.path("address").asText().equals(address)
          && entry.path("confirmations").asInt() >= 0
          && !entry.path("abandoned").asBoolean()) {
        return true;
      }
    }
    return false;
  }
}
