package org.farthing.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.ContractKeys;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import org.farthing.wallet.keys.PrivateKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Coins of one network for coins of another. */
@Command(
    name = "swap",
    description = {
      "Exchange coins of two networks: on both, or on none.",
      "The first: offer, lock, status, claim. The second: accept, status, lock, status,",
      "claim. Who gets nothing takes his coins back: refund."
    },
    synopsisSubcommandLabel = "COMMAND")
final class SwapCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new SwapCommand())
        .addSubcommand(new Offer(session))
        .addSubcommand(new Accept(session))
        .addSubcommand(new Lock(session))
        .addSubcommand(new Status(session))
        .addSubcommand(new Claim(session))
        .addSubcommand(new Refund(session));
  }

  /** The node of one network may be away while the other's is there. */
  private static CliException away(CliException e, Swap.Leg leg) {
    return e.after("the swap's coins are on " + leg.network() + ", and ");
  }

  /** A step that takes keys of a wallet. */
  private abstract static class Step extends OneWalletCommand {
    @Mixin final Consent consent = new Consent();
    @Mixin final Unlocking unlocking = new Unlocking();

    Step(Session session) {
      super(session);
    }

    final String freshKey(RpcClient wallet, String name, Network network)
        throws CliException, RefusedException {
      return unlocking.during(wallet, name, session(), () -> ContractKeys.fresh(wallet, network));
    }

    final List<PrivateKey> own(RpcClient wallet, String name, Chain chain, String descriptor)
        throws CliException, RefusedException {
      return unlocking.during(
          wallet,
          name,
          session(),
          () -> ContractKeys.own(wallet, chain.parse(descriptor), chain.params().network()));
    }

    final Script payee(RpcClient wallet, Chain chain) throws CliException, RefusedException {
      String address = wallet.call("getnewaddress", "swap").asText();
      return Addresses.address(address, chain.params().network()).toScript();
    }

    /** Asks, and sends what takes coins to this wallet. */
    final int take(Chain chain, Transaction transaction, String question)
        throws CliException, RefusedException {
      consent.ask(session(), question);
      terminal().println(chain.send(transaction));
      return ExitCode.OK;
    }
  }

  /** The first says what he gives and wants. */
  @Command(
      name = "offer",
      description = {
        "Offer a swap: FILE is yours, OFFER is for the other side.",
        "Your coins are locked longer than the other's: choose --until late enough."
      })
  static final class Offer extends Step {
    @Parameters(index = "0", paramLabel = "FILE", description = "your file, to be kept")
    private Path file;

    @Parameters(index = "1", paramLabel = "OFFER", description = "file for the other side")
    private Path offer;

    @Option(names = "--give", paramLabel = "AMOUNT", required = true, description = "you give")
    private String give;

    @Option(
        names = "--until",
        paramLabel = "HEIGHT",
        required = true,
        description = "you get it back from this block of this network on")
    private int until;

    @Option(names = "--want", paramLabel = "AMOUNT", required = true, description = "you get")
    private String want;

    @Option(
        names = "--want-on",
        paramLabel = "NETWORK",
        required = true,
        description = "on this network")
    private String network;

    @Option(
        names = "--want-until",
        paramLabel = "HEIGHT",
        required = true,
        description = "the other gets it back from this block of that network on")
    private int wantUntil;

    Offer(Session session) {
      super(session);
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      Chain chain = Chain.of(wallet);
      if (ConsensusParams.byName(network).isEmpty()) {
        throw CliException.usage("network '" + network + "' is not known");
      }
      BigDecimal given = AmountArgument.parse(give);
      BigDecimal wanted = AmountArgument.parse(want);
      if (until <= chain.height()) {
        throw CliException.usage("--until wants a block that is still to come");
      }
      ContractFile other = ContractFile.create(offer, Swap.KIND);
      Swap swap = Swap.of(ContractFile.create(file, Swap.KIND));
      swap.role(Swap.FIRST);
      Network here = chain.params().network();
      String claim = freshKey(wallet, name, here);
      swap.leg(Swap.FIRST)
          .terms(chain.name(), given, until)
          .key("refund", freshKey(wallet, name, here));
      swap.leg(Swap.SECOND).terms(network, wanted, wantUntil).key("claim", claim);
      List<PrivateKey> own = own(wallet, name, chain, "wsh(pk(" + claim + "))");
      swap.commit(ContractKeys.secret(own.get(0)));
      swap.file().save();
      swap.writeFor(other);
      terminal().println("Give " + offer + " to the other side, and wait for the answer. Then:");
      terminal().println("  farthing contract swap lock " + file + " --answer ANSWER");
      return ExitCode.OK;
    }
  }

  /** The second agrees. */
  @Command(
      name = "accept",
      description = "Accept an offer: FILE is yours, ANSWER is for the other side.")
  static final class Accept extends Step {
    @Parameters(index = "0", paramLabel = "OFFER", description = "what the other side gave")
    private Path offer;

    @Parameters(index = "1", paramLabel = "FILE", description = "your file, to be kept")
    private Path file;

    @Parameters(index = "2", paramLabel = "ANSWER", description = "file for the other side")
    private Path answer;

    Accept(Session session) {
      super(session);
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      Swap offered = Swap.of(ContractFile.open(offer));
      Swap.Leg get = offered.leg(Swap.FIRST);
      Swap.Leg give = offered.leg(Swap.SECOND);
      terminal().note("you give  " + Swap.coins(give.amount()) + " on " + give.network());
      terminal().note("you get   " + Swap.coins(get.amount()) + " on " + get.network());
      terminal()
          .note(
              "yours is locked up to block "
                  + give.until()
                  + ", theirs up to "
                  + get.until()
                  + ": theirs must take clearly longer");
      consent.ask(session(), "Accept?");
      ContractFile other = ContractFile.create(answer, Swap.KIND);
      ContractFile mine = ContractFile.create(file, Swap.KIND);
      mine.content().setAll(offered.file().content());
      Swap swap = Swap.of(mine);
      swap.role(Swap.SECOND);
      Network here = Chain.of(wallet).params().network();
      swap.leg(Swap.FIRST).key("claim", freshKey(wallet, name, here));
      swap.leg(Swap.SECOND).key("refund", freshKey(wallet, name, here));
      swap.complete();
      mine.save();
      swap.writeFor(other);
      terminal()
          .println(
              "Give "
                  + answer
                  + " to the other side, who locks first. Then, on "
                  + get.network()
                  + ":");
      terminal().println("  farthing contract swap status " + file);
      return ExitCode.OK;
    }
  }

  private static long nowSeconds() {
    return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
  }

  /** Pays into the contract. */
  @Command(name = "lock", description = "Lock your coins; the second does when the first has.")
  static final class Lock extends Step {
    private static final int LISTED = 100_000;

    @Parameters(index = "0", paramLabel = "FILE", description = "your file")
    private Path file;

    @Option(names = "--answer", paramLabel = "FILE", description = "the other side's answer")
    private Path answer;

    @Option(
        names = "--confirmations",
        paramLabel = "N",
        defaultValue = "6",
        description = "so deep must the other's coins be (default: ${DEFAULT-VALUE})")
    private int confirmations;

    @Option(
        names = "--any-time",
        description = "lock also where the other's coins go back not clearly later than yours")
    private boolean anyTime;

    @Mixin private final ContractFee fee = new ContractFee();

    Lock(Session session) {
      super(session);
    }

    @Override
    CliException away(CliException e) throws CliException {
      return SwapCommand.away(e, Swap.of(ContractFile.open(file)).ownLeg());
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
      if (swap.role().equals(Swap.SECOND)
          && swap.file().content().path("seen_confirmations").asInt() < confirmations) {
        throw CliException.failed(
                "the other side's coins are not "
                    + confirmations
                    + " blocks deep, as far as is known")
            .hint("'swap status' on " + swap.otherLeg().network() + " looks.");
      }
      String address = chain.address(chain.withChecksum(leg.descriptor()));
      int left = leg.until() - chain.height();
      if (left < 1) {
        throw CliException.failed("it is too late: block " + leg.until() + " is there");
      }
      BigDecimal rate = fee.rateOrNull();
      if (isPaid(wallet, leg, address)) {
        terminal().note("your coins are on their way already");
      } else {
        if (swap.role().equals(Swap.SECOND) && !anyTime) {
          expectLater(swap, chain.seconds(left));
        }
        consent.ask(
            session(), "Lock " + Swap.coins(leg.amount()) + " for " + chain.wait(left) + "?");
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
                  + chain.wait(left)
                  + "):");
      terminal().println("  farthing contract swap refund " + file);
      return ExitCode.OK;
    }

    /**
     * Who locked first can take the other's coins until these go back, and has to have no more time
     * then to take his own: his come back when ours have been back for half as long as they wait.
     */
    private static void expectLater(Swap swap, long ownSeconds) throws CliException {
      long others = swap.file().content().path("seen_until").asLong() - nowSeconds();
      if (2 * others < 3 * ownSeconds) {
        throw CliException.failed(
                "theirs can go back in %s already, yours only in %s: they could have both"
                    .formatted(Text.duration(Math.max(0, others)), Text.duration(ownSeconds)))
            .hint("agree on blocks that are further apart, or say --any-time.");
      }
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

  /** Looks how things are. */
  @Command(
      name = "status",
      description = {
        "Look how a swap stands on this network, and say what to do next.",
        "It writes down what it sees: the other network's commands rely on that."
      })
  static final class Status extends ClientCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "your file")
    private Path file;

    Status(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      Swap swap = Swap.of(ContractFile.open(file));
      Chain chain = Chain.of(node);
      boolean isOwn = chain.name().equals(swap.ownLeg().network());
      Swap.Leg leg = isOwn ? swap.ownLeg() : swap.otherLeg();
      chain.expect(leg.network());
      swap.look(leg, chain);
      int left = leg.until() - chain.height();
      if (!isOwn) {
        swap.file()
            .content()
            .put("seen_confirmations", swap.confirmations(leg, chain))
            .put("seen_until", nowSeconds() + chain.seconds(left));
      }
      swap.file().save();
      String whose = isOwn ? "your coins" : "the other side's coins";
      if (leg.coin().isEmpty()) {
        terminal().println(whose + " on " + leg.network() + " are not locked in a block yet");
      } else if (leg.isSpent()) {
        terminal().println(whose + " on " + leg.network() + " have been taken");
      } else {
        terminal()
            .println(
                whose
                    + " on "
                    + leg.network()
                    + " are locked, "
                    + Text.count(swap.confirmations(leg, chain), "block")
                    + " deep");
      }
      terminal()
          .println(
              left > 0
                  ? "they go back to their owner from block "
                      + leg.until()
                      + " on ("
                      + chain.wait(left)
                      + ")"
                  : "their owner can take them back now");
      next(swap, leg, isOwn, left);
      return ExitCode.OK;
    }

    private void next(Swap swap, Swap.Leg leg, boolean isOwn, int left) throws CliException {
      String self = "farthing contract swap ";
      boolean first = swap.role().equals(Swap.FIRST);
      String next;
      if (!isOwn && leg.coin().isPresent() && !leg.isSpent() && (first || swap.isSecretKnown())) {
        next = self + "claim " + file + "   now, on " + leg.network();
      } else if (!first && isOwn && swap.isSecretKnown()) {
        next = self + "claim " + file + "   now, on " + swap.otherLeg().network();
      } else if (!first && !isOwn && leg.coin().isPresent() && swap.ownLeg().coin().isEmpty()) {
        next = self + "lock " + file + "   on " + swap.ownLeg().network();
      } else if (isOwn && left <= 0 && leg.coin().isPresent() && !leg.isSpent()) {
        next = self + "refund " + file;
      } else {
        next = "wait, and look again on both networks: " + self + "status " + file;
      }
      terminal().println("next: " + next);
    }
  }

  /** Takes the other's coins. */
  @Command(name = "claim", description = "Take the other side's coins, with the secret.")
  static final class Claim extends Step {
    @Parameters(index = "0", paramLabel = "FILE", description = "your file")
    private Path file;

    @Option(
        names = "--confirmations",
        paramLabel = "N",
        defaultValue = "6",
        description = {
          "so deep must they be before the secret is told (default: ${DEFAULT-VALUE});",
          "the second, who learnt it, does not wait"
        })
    private int confirmations;

    @Mixin private final ContractFee fee = new ContractFee();

    Claim(Session session) {
      super(session);
    }

    @Override
    CliException away(CliException e) throws CliException {
      return SwapCommand.away(e, Swap.of(ContractFile.open(file)).otherLeg());
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      Swap swap = Swap.of(ContractFile.open(file));
      Swap.Leg leg = swap.otherLeg();
      Chain chain = Chain.of(wallet, leg.network());
      List<PrivateKey> own = own(wallet, name, chain, leg.descriptor());
      if (chain.height() >= leg.until() && swap.role().equals(Swap.FIRST)) {
        throw CliException.failed("it is too late: the other side can take them back already")
            .hint("the secret stays yours; take your own coins back with 'swap refund'.");
      }
      if (swap.role().equals(Swap.FIRST)) {
        expectDepth(swap, leg, chain);
      }
      return take(
          chain,
          swap.claim(leg, chain, own, payee(wallet, chain), fee.satPerKvb(chain)),
          "Take " + Swap.coins(leg.amount()) + " on " + leg.network() + "?");
    }

    /** Were the other's payment taken back, he would have the secret, and his coins too. */
    private void expectDepth(Swap swap, Swap.Leg leg, Chain chain)
        throws CliException, RefusedException {
      swap.look(leg, chain);
      if (leg.coin().isPresent() && swap.confirmations(leg, chain) < confirmations) {
        throw CliException.failed(
                "the other side's coins are %s deep, and this tells the secret"
                    .formatted(Text.count(swap.confirmations(leg, chain), "block")))
            .hint(
                "wait for %d, or say another depth with --confirmations.".formatted(confirmations));
      }
    }
  }

  /** Takes the own coins back. */
  @Command(name = "refund", description = "Take your coins back, when their time is over.")
  static final class Refund extends Step {
    @Parameters(index = "0", paramLabel = "FILE", description = "your file")
    private Path file;

    @Mixin private final ContractFee fee = new ContractFee();

    Refund(Session session) {
      super(session);
    }

    @Override
    CliException away(CliException e) throws CliException {
      return SwapCommand.away(e, Swap.of(ContractFile.open(file)).ownLeg());
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      Swap swap = Swap.of(ContractFile.open(file));
      Swap.Leg leg = swap.ownLeg();
      Chain chain = Chain.of(wallet, leg.network());
      int left = leg.until() - chain.height();
      if (left > 0) {
        throw CliException.failed("your coins can come back in " + chain.wait(left));
      }
      List<PrivateKey> own = own(wallet, name, chain, leg.descriptor());
      return take(
          chain,
          swap.refund(leg, chain, own, payee(wallet, chain), fee.satPerKvb(chain)),
          "Take " + Swap.coins(leg.amount()) + " back?");
    }
  }
}
