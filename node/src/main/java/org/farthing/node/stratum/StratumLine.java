package org.farthing.node.stratum;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Requests, answers and notifications as lines of JSON. */
final class StratumLine {
  private static final int DEEPEST = 8;
  private static final int LONGEST_SHOWN = 40;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  private final Consumer<String> say;
  private final List<Runnable> afterwards = new ArrayList<>();

  /** Answers a request. */
  @FunctionalInterface
  interface Answer {
    JsonNode to(String method, Parameters params) throws StratumException;
  }

  /**
   * @param say gets lines without their end
   */
  StratumLine(Consumer<String> say) {
    this.say = say;
  }

  /** Something that is to be done when the request of the moment is answered. */
  void afterwards(Runnable task) {
    afterwards.add(task);
  }

  /**
   * Hears a line, and says the answer to it.
   *
   * @return whether it was a request
   */
  boolean heard(String text, Answer answer) {
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return false;
    }
    if (request == null || !request.isObject()) {
      return false;
    }
    if (!request.path("method").isTextual()) {
      // An answer to something: we ask nothing that has to be answered.
      return request.has("result");
    }
    JsonNode given = request.path("params");
    ObjectNode reply = JSON.createObjectNode();
    reply.set("id", request.path("id").isMissingNode() ? null : request.get("id"));
    try {
      JsonNode params = given.isArray() ? given : JSON.createArrayNode();
      reply.set("result", answer.to(request.get("method").textValue(), new Parameters(params)));
      reply.putNull("error");
    } catch (StratumException e) {
      reply.putNull("result");
      reply.putArray("error").add(e.error().code()).add(e.getMessage()).addNull();
    }
    if (request.hasNonNull("id")) {
      say(reply);
    }
    List<Runnable> tasks = List.copyOf(afterwards);
    afterwards.clear();
    tasks.forEach(Runnable::run);
    return true;
  }

  void notify(String method, List<Object> params) {
    ObjectNode json = JSON.createObjectNode();
    json.putNull("id");
    json.put("method", method);
    json.set("params", toJson(params));
    say(json);
  }

  private void say(JsonNode json) {
    say.accept(json.toString());
  }

  static JsonNode toJson(Object value) {
    return JSON.valueToTree(value);
  }

  static String shortened(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
