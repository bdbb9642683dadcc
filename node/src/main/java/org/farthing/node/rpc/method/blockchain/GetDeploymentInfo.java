package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.ScriptRules;
import org.farthing.consensus.chain.VersionBits;
import org.farthing.consensus.chain.VoteState;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.SignalledDeployment;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getdeploymentinfo}. */
public final class GetDeploymentInfo implements RpcMethod {
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "The block to look from; the tip if missing").orNothing();

  /** Bitcoin Core's order. */
  private static final List<Deployment> BURIED =
      List.of(
          Deployment.BIP34, Deployment.BIP66, Deployment.BIP65, Deployment.CSV, Deployment.SEGWIT);

  private static final Result STATISTICS =
      Result.object(
          "statistics",
          "while signals count",
          Result.number("period", "blocks"),
          Result.number("threshold", "signals that decide, while it is not decided").maybe(),
          Result.number("elapsed", "blocks of the period so far"),
          Result.number("count", "signals in the period so far"),
          Result.flag("possible", "enough blocks are left, while it is not decided").maybe());

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getdeploymentinfo",
              Category.BLOCKCHAIN,
              "Returns the changes of the rules that did not hold from the beginning.")
          .takes(HASH)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.hex("hash", "the block"),
                  Result.number("height", "of the block"),
                  Result.array("script_flags", "rules for its scripts", Result.text("", "")),
                  Result.map(
                      "deployments",
                      "by name",
                      Result.object(
                          "",
                          "",
                          Result.text("type", "buried or bip9"),
                          Result.number("height", "of the first block under the rules").maybe(),
                          Result.flag("active", "the next block is under the rules"),
                          Result.object(
                                  "bip9",
                                  "for type bip9",
                                  Result.number("bit", "that signals, while signals count").maybe(),
                                  Result.number("start_time", "seconds since 1970, or special"),
                                  Result.number("timeout", "seconds since 1970, or special"),
                                  Result.number("min_activation_height", ""),
                                  Result.text("status", "of the block"),
                                  Result.number("since", "height at which the status began"),
                                  Result.text("status_next", "of the next block"),
                                  STATISTICS.maybe(),
                                  Result.text("signalling", "# for each signal, - for none")
                                      .maybe())
                              .maybe()))))
          .example("");

  private final ChainPort chain;
  private final VersionBits versionBits;

  public GetDeploymentInfo(ChainPort chain) {
    this.chain = chain;
    this.versionBits = new VersionBits(chain.params());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode block =
        request.find(HASH).map(hash -> ChainLookup.header(now, hash)).orElse(now.tip());
    ObjectNode json = Json.object();
    json.put("hash", block.hash().toString());
    json.put("height", block.height());
    json.set("script_flags", Json.strings(flagNames(ScriptRules.of(block, chain.params()))));
    ObjectNode deployments = json.putObject("deployments");
    BURIED.forEach(
        deployment -> buried(deployments.putObject(deployment.label()), deployment, block));
    chain.params().deployments().signalled().stream()
        .filter(SignalledDeployment::isEnabled)
        .forEach(
            deployment -> signalled(deployments.putObject(deployment.name()), deployment, block));
    return json;
  }

  private static List<String> flagNames(ScriptFlags flags) {
    return Arrays.stream(ScriptFlag.values())
        .filter(flags::has)
        .map(ScriptFlag::name)
        .sorted()
        .toList();
  }

  private void buried(ObjectNode json, Deployment deployment, HeaderNode block) {
    json.put("type", "buried");
    json.put("active", chain.params().isActive(deployment, block.height() + 1));
    json.put("height", chain.params().deployments().heights().get(deployment));
  }

  private void signalled(ObjectNode json, SignalledDeployment deployment, HeaderNode block) {
    VersionBits.Standing standing = versionBits.standing(deployment, block);
    OptionalInt since = standing.activeSince();
    json.put("type", "bip9");
    since.ifPresent(height -> json.put("height", height));
    json.put("active", since.isPresent());
    ObjectNode bip9 = json.putObject("bip9");
    standing.tally().ifPresent(tally -> bip9.put("bit", deployment.bit()));
    SignalledDeployment.Schedule schedule = deployment.schedule();
    bip9.put("start_time", schedule.startSeconds());
    bip9.put("timeout", schedule.timeoutSeconds());
    bip9.put("min_activation_height", schedule.minActivationHeight());
    bip9.put("status", standing.state().label());
    bip9.put("since", standing.since());
    bip9.put("status_next", standing.next().label());
    standing.tally().ifPresent(tally -> tally(bip9, tally, standing.state()));
  }

  private static void tally(ObjectNode bip9, VersionBits.Tally tally, VoteState state) {
    ObjectNode json = bip9.putObject("statistics");
    json.put("period", tally.poll().period());
    json.put("elapsed", tally.elapsed());
    json.put("count", tally.count());
    if (state == VoteState.STARTED) {
      json.put("threshold", tally.poll().threshold());
      json.put("possible", tally.isPossible());
    }
    bip9.put(
        "signalling",
        tally.signals().stream().map(signal -> signal ? "#" : "-").collect(Collectors.joining()));
  }
}
