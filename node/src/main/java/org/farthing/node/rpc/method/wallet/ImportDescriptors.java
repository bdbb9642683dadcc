package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.PruningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.Rescan;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletDescriptors;
import org.farthing.wallet.error.WalletException;

/** {@code importdescriptors}. */
public final class ImportDescriptors implements RpcMethod {
  private static final Param<JsonNode> REQUESTS =
      Param.array(
          "requests",
          "What is to be imported",
          Param.object(
              "",
              "",
              Param.text("desc", "A descriptor with its checksum"),
              Param.flag("active", "New addresses of its kind come from it").or(false),
              Param.range("range", "The indexes that are watched for", Descriptors::range)
                  .orNothing(),
              Param.number("next_index", "The first index to be given away").orNothing(),
              Param.any(
                      "timestamp",
                      "Payments are looked for in blocks that are at most two hours older: seconds"
                          + " since 1970, or \"now\" for the time of the chain",
                      value -> value)
                  .oneOf(Param.number("", ""), Param.text("", "")),
              Param.flag("internal", "For change").or(false),
              Param.text("label", "The owner's name for the address").or("")));

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "importdescriptors",
              Category.WALLET,
              "Makes descriptors part of the wallet, and looks for payments to them in the chain."
                  + " Of a multipath with two parts the second is for change. The recovery words"
                  + " don't bring imported keys back: a new backup does.")
          .takes(REQUESTS)
          .returns(
              Result.array(
                  "",
                  "one for each request",
                  Result.object(
                      "",
                      "",
                      Result.flag("success", "whether it is part of the wallet"),
                      NewWalletParams.WARNINGS,
                      Result.object(
                              "error",
                              "why not",
                              Result.number("code", "as of a call"),
                              Result.text("message", "as of a call"))
                          .maybe())))
          .example(
              "'[{\"desc\":\"wpkh(...)#checksum\",\"timestamp\":1455191478,\"active\":true}]'");

  private final WalletAccess wallets;
  private final ChainPort chain;
  private final PruningPort pruning;

  public ImportDescriptors(WalletAccess wallets, ChainPort chain, PruningPort pruning) {
    this.wallets = wallets;
    this.chain = chain;
    this.pruning = pruning;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  /** The answers, and the search that has to end before they are given. */
  private record Imported(ArrayNode answers, Optional<Rescan> search) {}

  @Override
  public JsonNode call(RpcRequest request) {
    JsonNode requests = request.get(REQUESTS);
    Imported imported =
        wallets.registry(
            registry -> {
              Wallet wallet = registry.find(wallets.name(request)).orElseThrow();
              return run(registry, wallet, requests);
            });
    imported.search().ifPresent(search -> wallets.await(search, "Rescan aborted by user."));
    return imported.answers();
  }

  private Imported run(WalletRegistry registry, Wallet wallet, JsonNode requests)
      throws WalletException {
    Rescan search = registry.loaded().rescans().begin(wallet);
    boolean running = false;
    try {
      wallet.locking().expectUnlocked();
      ArrayNode answers = Json.array();
      long now = chain.snapshot().tip().medianTimePast();
      for (JsonNode each : requests) {
        Read.expect(each, ParamType.OBJECT);
        answers.add(answer(wallet, each, DescriptorImport.timeSeconds(each, now)));
      }
      for (JsonNode answer : answers) {
        running |= answer.get("success").booleanValue();
      }
      return new Imported(answers, running ? Optional.of(search) : Optional.empty());
    } finally {
      if (running) {
        registry.loaded().rescans().run(search);
      } else {
        registry.loaded().rescans().end(search, Rescan.Outcome.DONE);
      }
    }
  }

  private ObjectNode answer(Wallet wallet, JsonNode request, long timeSeconds) {
    DescriptorImport wanted = new DescriptorImport(wallet, request, timeSeconds);
    ObjectNode json = Json.object();
    try {
      long searchedFrom = wanted.run();
      if (searchedFrom > timeSeconds) {
        throw new RpcException(RpcErrorCode.MISC_ERROR, missing(timeSeconds, searchedFrom));
      }
      json.put("success", true);
    } catch (RpcException e) {
      json.put("success", false);
      json.putObject("error").put("code", e.code().number()).put("message", e.getMessage());
    }
    if (!wanted.warnings().isEmpty()) {
      json.set("warnings", Json.strings(wanted.warnings()));
    }
    return json;
  }

  private String missing(long timeSeconds, long searchedFrom) {
    long window = WalletDescriptors.TIME_WINDOW_SECONDS;
    String message =
        ("Rescan failed for descriptor with timestamp %d. There was an error reading a block from"
                + " time %d, which is after or within %d seconds of key creation, and could contain"
                + " transactions pertaining to the desc. As a result, transactions and coins using"
                + " this desc may not appear in the wallet.")
            .formatted(timeSeconds, searchedFrom - window - 1, window);
    return pruning.isOn()
        ? message
            + " This error could be caused by pruning or data corruption (see bitcoind log for"
            + " details) and could be dealt with by downloading and rescanning the relevant blocks"
            + " (see -reindex option and rescanblockchain RPC)."
        : message
            + " This error could potentially caused by data corruption. If the issue persists you"
            + " may want to reindex (see -reindex option).";
  }
}
