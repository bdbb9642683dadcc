package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getprivatebroadcastinfo}. */
public final class GetPrivateBroadcastInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getprivatebroadcastinfo",
              Category.RAW_TRANSACTIONS,
              "Returns the transactions that are sent to few peers over connections of their own,"
                  + " with -privatebroadcast.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array(
                      "transactions",
                      "those that did not come back from the network yet",
                      PrivateBroadcastJson.TRANSACTION.plus(
                          Result.time("time_added", "when it was added"),
                          Result.number("attempts_remaining", "to how many more it may be sent"),
                          Result.array(
                              "peers",
                              "to whom it was sent",
                              Result.object(
                                  "",
                                  "",
                                  Result.text("address", "of the peer"),
                                  Result.time("sent", "when it was picked for the peer"),
                                  Result.time("received", "when the peer had it").maybe()))))))
          .example("");

  private final PrivacyPort privacy;
  private final NodeCalls calls;

  public GetPrivateBroadcastInfo(PrivacyPort privacy, NodeCalls calls) {
    this.privacy = privacy;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    PrivateBroadcastJson.check(privacy);
    List<PrivacyPort.Sending> sendings = calls.call(privacy::sendings);
    ObjectNode json = Json.object();
    ArrayNode transactions = json.putArray("transactions");
    sendings.forEach(sending -> describe(sending, transactions.addObject()));
    return json;
  }

  private static void describe(PrivacyPort.Sending sending, ObjectNode json) {
    PrivateBroadcastJson.describe(sending.transaction(), json);
    json.put("time_added", sending.addedSeconds());
    json.put("attempts_remaining", sending.attemptsRemaining());
    ArrayNode peers = json.putArray("peers");
    for (PrivacyPort.Delivery delivery : sending.deliveries()) {
      ObjectNode peer = peers.addObject();
      peer.put("address", delivery.address());
      peer.put("sent", delivery.sentSeconds());
      delivery.receivedSeconds().ifPresent(seconds -> peer.put("received", seconds));
    }
  }
}
