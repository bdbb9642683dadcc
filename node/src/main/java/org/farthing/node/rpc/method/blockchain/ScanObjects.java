package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** What methods that scan have in common: what to do, and what to look for. */
final class ScanObjects {
  static final Param<String> ACTION =
      Param.text(
          "action", "\"start\" a scan, \"abort\" the one that runs, or ask for its \"status\"");

  static final Param<JsonNode> REQUIRED =
      Param.array("scanobjects", "Whose scripts to look for", Descriptors.scanObject())
          .summary("[scanobjects,...]");

  /** The same where only one of several actions needs it. */
  static final Param<JsonNode> OPTIONAL = REQUIRED.orNothing();

  static final Result ABORTED =
      Result.flag("", "for action = abort: whether there was a scan to end");

  static final Result NO_STATUS =
      Result.nothing().as("", "for action = status, while there is none");

  private ScanObjects() {}

  /** Only a scan itself takes long. */
  static Pace pace(RpcRequest request) {
    return request.get(ACTION).equals("start") ? Pace.LONG : Pace.QUICK;
  }

  /** What {@link #OPTIONAL} says, where it must say something. */
  static JsonNode required(RpcRequest request) {
    return request
        .find(OPTIONAL)
        .orElseThrow(
            () -> RpcException.misc("scanobjects argument is required for the start action"));
  }

  /**
   * All scripts that are looked for.
   *
   * @return for each the descriptor of this script alone, as far as it is known
   */
  static Map<Script, String> scripts(JsonNode objects, ScriptJson json, Network network) {
    Map<Script, String> scripts = new LinkedHashMap<>();
    for (JsonNode object : objects) {
      Descriptors.scripts(object, json, network)
          .forEach(derived -> scripts.putIfAbsent(derived.script(), derived.descriptor()));
    }
    return scripts;
  }
}
