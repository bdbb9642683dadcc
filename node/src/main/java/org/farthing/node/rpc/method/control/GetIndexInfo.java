package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getindexinfo}. */
public final class GetIndexInfo implements RpcMethod {
  private static final Param<String> NAME =
      Param.text("index_name", "Only the index of this name").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("getindexinfo", Category.UTIL, "Returns the state of the optional indexes.")
          .takes(NAME)
          .returns(
              Result.map(
                  "",
                  "by the name of the index",
                  Result.object(
                      "",
                      "",
                      Result.flag("synced", "whether it has reached the tip"),
                      Result.number("best_block_height", "how far it is"))))
          .example("")
          .example("txindex");

  private final Indexes indexes;

  public GetIndexInfo(Indexes indexes) {
    this.indexes = indexes;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<String> name = request.find(NAME).filter(text -> !text.isEmpty());
    ObjectNode json = Json.object();
    for (RunningIndex index : indexes.all()) {
      if (name.isEmpty() || name.get().equals(index.name())) {
        json.set(index.name(), state(index));
      }
    }
    return json;
  }

  private static ObjectNode state(RunningIndex index) {
    // In this order: an index that has just reached the tip is not shown below it.
    boolean synced = index.isSynced();
    int height = index.best().map(HeaderNode::height).orElse(0);
    return Json.object().put("synced", synced).put("best_block_height", height);
  }
}
