package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Any method of the node's JSON-RPC. */
@Command(
    name = "rpc",
    description = "Call a method of the node's JSON-RPC; 'farthing rpc help' lists them.",
    footer = {
      "",
      "Examples:",
      "  farthing rpc getblockhash 0",
      "  farthing rpc --named getblock blockhash=0f91.. verbosity=2",
      "  farthing rpc --wallet alice listunspent 1 100 '[\"fth1q..\"]'"
    })
final class RpcCommand extends ClientCommand {
  @Option(names = "--wallet", paramLabel = "NAME", description = "the wallet that it is about")
  private String wallet;

  @Option(names = "--named", description = "the arguments are given as NAME=VALUE")
  private boolean named;

  @Parameters(index = "0", paramLabel = "METHOD", description = "getblockcount, for example")
  private String method;

  @Parameters(
      index = "1..*",
      paramLabel = "ARG",
      description = "read as JSON where the method wants a number, a list and so on")
  private List<String> arguments = new ArrayList<>();

  RpcCommand(Session session) {
    super(session);
  }

  /** After the method, everything is for the method: also {@code -1}. */
  static CommandLine commandLine(Session session) {
    return new CommandLine(new RpcCommand(session)).setStopAtPositional(true);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    for (String argument : arguments) {
      if (argument.startsWith("--")) {
        throw CliException.usage(
            "options stand before the method: farthing rpc " + argument + " … " + method);
      }
    }
    RpcClient target = wallet == null ? node : node.wallet(wallet);
    JsonNode result = target.callWith(method, named ? namedArguments() : positionalArguments());
    if (result.isTextual() && !wantsJson()) {
      terminal().println(result.asText());
    } else if (!result.isNull() || wantsJson()) {
      terminal().println(Json.pretty(result));
    }
    return ExitCode.OK;
  }

  private JsonNode positionalArguments() {
    List<JsonNode> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      values.add(RpcArguments.value(method, i, arguments.get(i)));
    }
    return Json.of(values);
  }

  private JsonNode namedArguments() throws CliException {
    ObjectNode values = Json.object();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals <= 0) {
        throw CliException.usage("with --named, arguments are NAME=VALUE, not '" + argument + "'");
      }
      String name = argument.substring(0, equals);
      Optional<JsonNode> earlier = Optional.ofNullable(values.get(name));
      if (earlier.isPresent()) {
        throw CliException.usage("argument " + name + " is given twice");
      }
      values.set(name, RpcArguments.value(name, argument.substring(equals + 1)));
    }
    return values;
  }
}
