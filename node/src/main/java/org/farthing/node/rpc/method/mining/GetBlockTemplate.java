package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code getblocktemplate}. All networks that a node can be part of are test networks: there
 * Bitcoin Core, too, asks neither for peers nor for a chain that is caught up.
 */
public final class GetBlockTemplate implements RpcMethod {
  private static final String TEMPLATE = "template";
  private static final String PROPOSAL = "proposal";
  private static final String LONG_POLL_ID = "longpollid";

  private static final Param<JsonNode> REQUEST =
      Param.object(
          "template_request",
          "What is wanted",
          Param.text("mode", "template, or proposal to have a block checked").or(TEMPLATE),
          Param.array("capabilities", "What the caller can do", Param.text("str", "")).orNothing(),
          Param.array(
              "rules",
              "The rules that the caller understands",
              Param.text("segwit", "Has to be there"),
              Param.text("str", "Others").orNothing()),
          Param.text(LONG_POLL_ID, "Of a template: the answer waits until there is a better one")
              .orNothing(),
          Param.text("data", "The proposed block in hex").orNothing());

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblocktemplate",
              Category.MINING,
              """
              Returns what miners need to make a block (BIP-0022, BIP-0023, BIP-0009, BIP-0145),
              or checks a block that lacks nothing but its proof of work.\
              """)
          .takes(REQUEST)
          .returns(Result.nothing().as("", "for a proposal that is good"))
          .returns(Result.text("", "for another proposal: the reason"))
          .returns(TemplateJson.SHAPE)
          .example("'{\"rules\": [\"segwit\"]}'");

  private final ChainPort chain;
  private final MiningPort mining;
  private final NodeCalls calls;
  private final LongPoll longPoll;
  private final TemplateJson templates;

  public GetBlockTemplate(
      ChainPort chain, MempoolPort mempool, MiningPort mining, NodeCalls calls) {
    this.chain = chain;
    this.mining = mining;
    this.calls = calls;
    this.longPoll = new LongPoll(chain, mempool, calls);
    this.templates = new TemplateJson(chain.params());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    JsonNode wanted = request.get(REQUEST);
    boolean waits = wanted.hasNonNull(LONG_POLL_ID) && mode(wanted).equals(TEMPLATE);
    return waits ? Pace.WAITING : Pace.QUICK;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    JsonNode wanted = request.get(REQUEST);
    String mode = mode(wanted);
    if (mode.equals(PROPOSAL)) {
      return check(wanted.path("data"));
    }
    Set<String> rules = rules(wanted.path("rules"));
    if (!mode.equals(TEMPLATE)) {
      throw RpcException.invalidParameter("Invalid mode");
    }
    if (wanted.hasNonNull(LONG_POLL_ID)) {
      longPoll.await(wanted.get(LONG_POLL_ID));
    }
    checkRules(rules);
    return templates.of(calls.call(mining::offer));
  }

  private static String mode(JsonNode wanted) {
    JsonNode mode = wanted.path("mode");
    if (mode.isMissingNode() || mode.isNull()) {
      return TEMPLATE;
    }
    if (!mode.isTextual()) {
      throw RpcException.invalidParameter("Invalid mode");
    }
    return mode.textValue();
  }

  private static Set<String> rules(JsonNode given) {
    Set<String> rules = new HashSet<>();
    if (given.isArray()) {
      given.forEach(rule -> rules.add(Read.text(rule)));
    }
    return rules;
  }

  private void checkRules(Set<String> rules) {
    if (chain.params().blockChallenge().isPresent() && !rules.contains("signet")) {
      throw mustKnow("signet", "\"segwit\", \"signet\"");
    }
    if (!rules.contains("segwit")) {
      throw mustKnow("segwit", "\"segwit\"");
    }
  }

  private static RpcException mustKnow(String rule, String rules) {
    return RpcException.invalidParameter(
        "getblocktemplate must be called with the %s rule set (call with {\"rules\": [%s]})"
            .formatted(rule, rules));
  }

  private JsonNode check(JsonNode data) {
    if (!data.isTextual()) {
      throw RpcException.typeError("Missing data String key for proposal");
    }
    Block block = Decode.block(data.textValue());
    ChainReader reader = chain.snapshot().chain();
    Optional<HeaderNode> known = reader.header(block.hash());
    if (known.isPresent()) {
      return Json.text(duplicate(reader.status(known.get())));
    }
    Verdict verdict = calls.call(() -> chain.test(block));
    return verdict instanceof Verdict.Rejected rejected
        ? Json.text(rejected.label())
        : Json.nothing();
  }

  private static String duplicate(BlockStatus status) {
    if (status.isFailed()) {
      return "duplicate-invalid";
    }
    return status.wasConnected() ? "duplicate" : "duplicate-inconclusive";
  }
}
