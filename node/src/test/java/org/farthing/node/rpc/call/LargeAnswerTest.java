package org.farthing.node.rpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that are larger than what they are made of. */
class LargeAnswerTest {
  private static final int ELEMENTS = 1000;
  private static final int TEXT = 10_000;
  private static final long MIB = 1 << 20;

  private final Dispatcher dispatcher = new Dispatcher();
  private int made;

  @BeforeEach
  void ready() {
    dispatcher.ready(
        new MethodTable(List.of(TestMethods.echo(), TestMethods.of("large", request -> large()))));
  }

  /** Ten million characters. */
  private JsonNode large() {
    ArrayNode all = Json.array();
    for (int i = 0; i < ELEMENTS; i++) {
      int number = i;
      all.add(
          Json.later(
              () -> {
                made++;
                return Json.object().put("number", number).put("text", "x".repeat(TEXT));
              }));
    }
    assertThat(made % ELEMENTS).isZero();
    return all;
  }

  private Reply send(String request, Budget budget) {
    byte[] body = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Caller caller = new Caller("user", Optional.empty());
    return dispatcher.prepare(body, body.length, caller, budget.open()).run();
  }

  @Test
  void elementsAreMadeWhenTheyAreWritten() throws IOException {
    Budget budget = new Budget(100 * MIB);
    Reply reply = send("{'method':'large','id':1}", budget);
    assertThat(made).isEqualTo(ELEMENTS);
    JsonNode json = Json.parse(reply.body());
    assertThat(reply.length()).isEqualTo(reply.body().length);
    assertThat(json.get("result")).hasSize(ELEMENTS);
    assertThat(json.at("/result/999/number").asInt()).isEqualTo(999);
    assertThat(json.at("/result/0/text").asText()).hasSize(TEXT);
    // The account holds what the answer takes, and at most a piece more.
    assertThat(budget.taken()).isBetween(reply.length() - MIB, reply.length() + MIB);
  }

  @Test
  void whatHasNoRoomIsNotMadeToItsEnd() {
    Budget budget = new Budget(3 * MIB);
    Reply reply = send("{'method':'large','id':1}", budget);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(made).isLessThan(ELEMENTS / 2);
    assertThat(budget.taken()).isLessThanOrEqualTo(3 * MIB);
    assertThat(send("{'method':'echo','params':['a'],'id':1}", budget).status()).isEqualTo(200);
  }

  @Test
  void aBatchEndsWhereThereIsNoRoomLeft() {
    String call = "{'method':'large','id':1}";
    Reply reply = send("[" + call + "," + call + "," + call + "]", new Budget(15 * MIB));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(made).isBetween(ELEMENTS, 2 * ELEMENTS);
  }

  @Test
  void aBatchIsOneText() throws IOException {
    String call = "{'method':'large','id':%d}";
    String notification = "{'jsonrpc':'2.0','method':'echo','params':['a']}";
    Reply reply =
        send(
            "[" + call.formatted(1) + "," + notification + "," + call.formatted(2) + "]",
            new Budget(100 * MIB));
    JsonNode json = Json.parse(reply.body());
    assertThat(json).hasSize(2);
    assertThat(json.at("/1/id").asInt()).isEqualTo(2);
    assertThat(json.at("/1/result")).isEqualTo(json.at("/0/result"));
  }
}
