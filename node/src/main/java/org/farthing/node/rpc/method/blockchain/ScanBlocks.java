package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.filter.FilterQuery;
import org.farthing.consensus.index.FilterIndex;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code scanblocks}: one scan at a time, which other callers can watch and end. */
public final class ScanBlocks implements RpcMethod {
  private static final Param<Integer> START_HEIGHT =
      Param.integer("start_height", "The first height to look at").or(0);
  private static final Param<Integer> STOP_HEIGHT =
      Param.integer("stop_height", "The last height to look at").otherwise("chain tip");
  private static final Param<Boolean> FILTER_FALSE_POSITIVES =
      Param.flag(
              "filter_false_positives",
              "Whether to look into the blocks that filters lead to: slower, and impossible where"
                  + " they are pruned. Otherwise one of 784931 blocks is there by chance")
          .or(false);
  private static final Param<Fields> OPTIONS =
      Param.options("options", "How to scan", FILTER_FALSE_POSITIVES).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "scanblocks",
              Category.BLOCKCHAIN,
              "Finds the blocks that concern the scripts of descriptors, by their filters. Needs"
                  + " -blockfilterindex; of a long chain it takes some time.")
          .takes(
              ScanObjects.ACTION,
              ScanObjects.OPTIONAL,
              START_HEIGHT,
              STOP_HEIGHT,
              FilterLookup.FILTER_TYPE,
              OPTIONS)
          .returns(ScanObjects.NO_STATUS)
          .returns(
              Result.object(
                  "",
                  "for action = start",
                  Result.number("from_height", "where the scan began"),
                  Result.number("to_height", "where it ended"),
                  Result.array(
                      "relevant_blocks",
                      "those that may concern the scripts",
                      Result.hex("", "a block's hash")),
                  Result.flag("completed", "whether nobody ended it before")))
          .returns(
              Result.object(
                  "",
                  "for action = status, while there is a scan",
                  Result.number("progress", "percent"),
                  Result.number("current_height", "where it is")))
          .returns(ScanObjects.ABORTED)
          .example("start '[\"addr(bcrt1q4u4nsgk6ug0sqz7r3rj9tykjxrsl0yy4d0wwte)\"]' 300000")
          .example("start '[\"addr(bcrt1q4u4nsgk6ug0sqz7r3rj9tykjxrsl0yy4d0wwte)\"]' 100 150 basic")
          .example("status");

  private final ChainPort chain;
  private final Indexes indexes;
  private final ScriptJson scripts;
  private final RunningScan.Slot slot;

  public ScanBlocks(ChainPort chain, Indexes indexes, NodeCalls calls) {
    this.chain = chain;
    this.indexes = indexes;
    this.scripts = new ScriptJson(chain.params().network());
    this.slot = new RunningScan.Slot(calls);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return ScanObjects.pace(request);
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String action = request.get(ScanObjects.ACTION);
    return switch (action) {
      case "start" -> slot.run(scan -> scan(scan, request));
      case "abort" -> Json.flag(slot.abort());
      case "status" -> slot.current().map(ScanBlocks::status).orElseGet(Json::nothing);
      default -> throw RpcException.invalidParameter("Invalid action '" + action + "'");
    };
  }

  private static JsonNode status(RunningScan scan) {
    return Json.object()
        .put("progress", scan.progressPercent())
        .put("current_height", scan.height());
  }

  private JsonNode scan(RunningScan scan, RpcRequest request) {
    JsonNode objects = ScanObjects.required(request);
    RunningIndex index = FilterLookup.index(indexes, request.get(FilterLookup.FILTER_TYPE));
    ChainSnapshot now = chain.snapshot();
    int from = request.get(START_HEIGHT);
    if (from < 0 || from > now.height()) {
      throw RpcException.misc("Invalid start_height");
    }
    int to = request.find(STOP_HEIGHT).orElse(now.height());
    if (to < from || to > now.height()) {
      throw RpcException.misc("Invalid stop_height");
    }
    Set<Script> wanted = ScanObjects.scripts(objects, scripts, chain.params().network()).keySet();
    boolean exact = request.find(OPTIONS).map(o -> o.get(FILTER_FALSE_POSITIVES)).orElse(false);
    Walk walk = new Walk(now, new FilterIndex(index.rows()), wanted, exact);
    walk.run(scan, from, to);
    ObjectNode json = Json.object();
    json.put("from_height", from);
    json.put("to_height", walk.reached);
    json.set("relevant_blocks", walk.relevant);
    return json.put("completed", walk.reached == to);
  }

  /** Through the filters of the active chain. */
  private static final class Walk {
    private final ChainSnapshot now;
    private final FilterIndex filters;
    private final Set<Script> wanted;
    private final FilterQuery query;
    private final boolean exact;
    private final ArrayNode relevant = Json.array();
    private int reached;

    Walk(ChainSnapshot now, FilterIndex filters, Set<Script> wanted, boolean exact) {
      this.now = now;
      this.filters = filters;
      this.wanted = wanted;
      this.query = FilterQuery.of(wanted);
      this.exact = exact;
    }

    void run(RunningScan scan, int from, int to) {
      reached = from;
      for (int height = from; height <= to && !scan.isAborted(); height++) {
        scan.reached(to == from ? 100 : (int) (100L * (height - from) / (to - from)), height);
        HeaderNode block = now.tip().ancestor(height);
        if (concerns(block)) {
          relevant.add(block.hash().toString());
        }
        reached = height;
      }
    }

    private boolean concerns(HeaderNode block) {
      Optional<BlockFilter> filter = filters.filter(block);
      return filter.isPresent() && mayConcern(filter.get()) && (!exact || surelyConcerns(block));
    }

    private boolean mayConcern(BlockFilter filter) {
      try {
        return filter.containsAny(query);
      } catch (DecodeException e) {
        throw new StoreException("the filter of " + filter.block() + " is damaged", e);
      }
    }

    private boolean surelyConcerns(HeaderNode block) {
      Set<Script> elements =
          BlockFilter.elements(ChainLookup.block(now, block), ChainLookup.undo(now, block));
      return !Collections.disjoint(elements, wanted);
    }
  }
}
