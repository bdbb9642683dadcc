package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.StratumPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.stratum.StratumReport;

/** {@code getstratuminfo}: who mines for the node. */
public final class GetStratumInfo implements RpcMethod {
  private static final Result CONNECTION =
      Result.object(
          "",
          "",
          Result.number("id", "counted from 1 since the start"),
          Result.text("addr", "where it comes from"),
          Result.time("conntime", "when it came"),
          Result.text("software", "what it calls itself"),
          Result.array("workers", "that were authorised", Result.text("", "")),
          Result.decimal("difficulty", "of its shares now"),
          Result.decimal("hashespersec", "that its shares of the last ten minutes speak of"),
          Result.number("accepted", "shares"),
          Result.number("stale", "shares of jobs that are over"),
          Result.number("duplicate", "shares that it had handed in before"),
          Result.number("lowdifficulty", "shares that missed their target"),
          Result.number("refused", "shares that were wrong in another way"),
          Result.number("blocks", "accepted shares that were blocks"),
          Result.time("lastshare", "when the last one was accepted; 0 for never"));

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getstratuminfo",
              Category.MINING,
              "Returns what is known of the miners at the Stratum port. (Bitcoin Core has no such"
                  + " method.)")
          .ofFarthing()
          .returns(
              Result.object(
                  "",
                  "",
                  Result.flag("listening", "whether the node serves miners"),
                  Result.text("host", "where it listens").maybe(),
                  Result.number("port", "the TCP port").maybe(),
                  Result.number("refusedconnections", "that were more than there may be").maybe(),
                  Result.array("connections", "in the order of their coming", CONNECTION).maybe()))
          .example("");

  private final StratumPort stratum;
  private final NodeCalls calls;

  public GetStratumInfo(StratumPort stratum, NodeCalls calls) {
    this.stratum = stratum;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<StratumReport> report = calls.call(stratum::report);
    ObjectNode json = Json.object();
    json.put("listening", report.isPresent());
    report.ifPresent(known -> add(json, known));
    return json;
  }

  private static void add(ObjectNode json, StratumReport report) {
    json.put("host", report.host());
    json.put("port", report.port());
    json.put("refusedconnections", report.refusedConnections());
    ArrayNode all = json.putArray("connections");
    report.connections().forEach(each -> add(all.addObject(), each));
  }

  private static void add(ObjectNode json, StratumReport.Connection connection) {
    json.put("id", connection.id());
    json.put("addr", connection.address());
    json.put("conntime", connection.sinceSeconds());
    json.put("software", connection.software());
    json.set("workers", Json.strings(connection.workers()));
    json.put("difficulty", connection.difficulty());
    json.put("hashespersec", connection.hashesPerSecond());
    StratumReport.ShareCounts shares = connection.shares();
    json.put("accepted", shares.accepted());
    json.put("stale", shares.stale());
    json.put("duplicate", shares.duplicate());
    json.put("lowdifficulty", shares.lowDifficulty());
    json.put("refused", shares.otherwiseRefused());
    json.put("blocks", shares.blocks());
    json.put("lastshare", shares.lastSeconds());
  }
}
