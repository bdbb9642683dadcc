package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.MiningCalls;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.WalletCalls;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import org.farthing.node.config.MinerPolicy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The node's miner. */
@Command(
    name = "mine",
    description = "Start, stop or watch the node's miner; or mine some blocks at once.",
    synopsisSubcommandLabel = "COMMAND")
final class MineCommand implements Runnable {
  private static final String USUAL = MinerPolicy.usual().text();

  private static final String WHEN = "when to mine: " + MinerPolicy.FORMS;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new MineCommand())
        .addSubcommand(new Start(session))
        .addSubcommand(new Stop(session))
        .addSubcommand(new Policy(session))
        .addSubcommand(new Order(session))
        .addSubcommand(new Status(session))
        .addSubcommand(new Blocks(session));
  }

  /** What the miner does, in one line. */
  static String describe(JsonNode mining) {
    long threads = mining.path("threads").asLong();
    return threads == 0
        ? "off"
        : "on, "
            + Text.count(threads, "thread")
            + ", "
            + Text.scaled(mining.path("hashespersec").asDouble(), "H/s")
            + ", "
            + Text.count(mining.path("blocksfound").asLong(), "block")
            + " found"
            + schedule(mining);
  }

  /** What the miner works by, where that is not the usual way. */
  private static String schedule(JsonNode mining) {
    String policy = mining.path("policy").asText(USUAL);
    StringBuilder text = new StringBuilder(policy.equals(USUAL) ? "" : ", " + policy);
    if (mining.path("pausewhenidle").asBoolean()) {
      text.append(", pauses when idle");
    }
    if (mining.path("ordered").asInt() > 0) {
      text.append(", ").append(mining.get("ordered").asInt()).append(" ordered");
    }
    if (!mining.path("working").asBoolean(true)) {
      text.append(", resting");
    }
    return text.toString();
  }

  /** Who gets the mined coins. */
  static final class Payout {
    @Option(
        names = "--to",
        paramLabel = "ADDRESS",
        description = "address that gets the coins (default: a new one of the wallet)")
    private String address;

    @Option(
        names = {"-w", "--wallet"},
        paramLabel = "NAME",
        description = "wallet that gets the coins (default: the only one)")
    private String wallet;

    /** An address, a descriptor, or a wallet: each block then pays a new address of it. */
    String chooseAny(RpcClient node) throws CliException, RefusedException {
      return address != null ? address : "wallet:" + chooseWallet(node);
    }

    private String chooseWallet(RpcClient node) throws CliException, RefusedException {
      return wallet == null ? OneWalletCommand.onlyWallet(node) : wallet;
    }

    String choose(RpcClient node) throws CliException, RefusedException {
      if (address != null) {
        return address;
      }
      return WalletCalls.miningAddress(node, chooseWallet(node));
    }
  }

  /** How many blocks there are to be. */
  static final class BlockCount {
    @Parameters(index = "0", paramLabel = "N", description = "how many")
    private int count;

    int check() throws CliException {
      if (count < 1) {
        throw CliException.usage("the number of blocks must be from 1, not " + count);
      }
      return count;
    }
  }

  /** A command that shows what the miner does. */
  private abstract static class StateCommand extends ClientCommand {
    StateCommand(Session session) {
      super(session);
    }

    final int show(RpcClient node) throws CliException, RefusedException {
      JsonNode mining = node.call("getmininginfo");
      terminal().println(wantsJson() ? Json.pretty(mining) : describe(mining));
      return ExitCode.OK;
    }
  }

  @Command(name = "start", description = "Start to mine.")
  static final class Start extends ClientCommand {
    @Option(
        names = "--threads",
        paramLabel = "N",
        defaultValue = "1",
        description = "threads that search for blocks (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--policy", paramLabel = "POLICY", description = WHEN)
    private String policy;

    @Option(names = "--pause-when-idle", description = "rest while no transaction waits")
    private boolean pauseWhenIdle;

    @Mixin private final Payout payout = new Payout();

    Start(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      if (threads < 1) {
        throw CliException.usage("--threads wants a number from 1, not " + threads);
      }
      String address = payout.chooseAny(node);
      String wanted = policy == null ? USUAL : policy;
      MiningCalls.start(node, threads, address, wanted, pauseWhenIdle);
      if (wantsJson()) {
        terminal()
            .println(
                Json.pretty(
                    Json.object()
                        .put("threads", threads)
                        .put("address", address)
                        .put("policy", wanted)));
      } else {
        terminal().println("mining with " + Text.count(threads, "thread") + ", to " + address);
      }
      return ExitCode.OK;
    }
  }

  @Command(name = "policy", description = "Let the miner, which is on, go on by another policy.")
  static final class Policy extends StateCommand {
    @Parameters(index = "0", paramLabel = "POLICY", description = WHEN)
    private String policy;

    @Option(names = "--pause-when-idle", description = "rest while no transaction waits")
    private boolean pauseWhenIdle;

    Policy(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      MiningCalls.change(node, policy, pauseWhenIdle);
      return show(node);
    }
  }

  @Command(
      name = "order",
      description = "Let the miner, which is on, make some blocks whatever its policy says.")
  static final class Order extends ClientCommand {
    @Mixin private final BlockCount blocks = new BlockCount();

    Order(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      int count = blocks.check();
      MiningCalls.order(node, count);
      terminal()
          .println(
              wantsJson()
                  ? Json.pretty(Json.object().put("ordered", count))
                  : "ordered " + Text.count(count, "block"));
      return ExitCode.OK;
    }
  }

  @Command(name = "stop", description = "Stop to mine.")
  static final class Stop extends ClientCommand {
    Stop(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      MiningCalls.stop(node);
      terminal().println(wantsJson() ? Json.pretty(Json.object().put("threads", 0)) : "stopped");
      return ExitCode.OK;
    }
  }

  @Command(name = "status", description = "Show what the miner does.")
  static final class Status extends StateCommand {
    Status(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      return show(node);
    }
  }

  @Command(
      name = "blocks",
      description = "Mine some blocks at once, one after the other. Meant for regtest.")
  static final class Blocks extends ClientCommand {
    /** Blocks asked for in one call: enough to be quick, few enough to show progress. */
    private static final int BATCH = 25;

    @Mixin private final BlockCount blocks = new BlockCount();

    @Mixin private final Payout payout = new Payout();

    Blocks(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      int count = blocks.check();
      String address = payout.choose(node);
      com.fasterxml.jackson.databind.node.ArrayNode hashes = Json.array();
      while (hashes.size() < count) {
        int batch = Math.min(BATCH, count - hashes.size());
        JsonNode mined = node.call("generatetoaddress", batch, address);
        mined.forEach(hashes::add);
        if (mined.size() < batch) {
          terminal().clearDraft();
          throw CliException.failed(
              "no proof of work was found in time; on a network with real difficulty, use"
                  + " 'farthing mine start'");
        }
        terminal().draft(hashes.size() + " of " + Text.count(count, "block"));
      }
      terminal().clearDraft();
      if (wantsJson()) {
        terminal().println(Json.pretty(hashes));
      } else {
        terminal()
            .println(
                "mined "
                    + Text.count(count, "block")
                    + " to "
                    + address
                    + "; the last is "
                    + hashes.get(hashes.size() - 1).asText());
      }
      return ExitCode.OK;
    }
  }
}
