package org.farthing.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Several calls in one request. They are made in their order, and each has its own result: that one
 * fails keeps no other from being made.
 */
public final class Batch {
  private final NodeClient node;
  private final List<Pending<?>> pending = new ArrayList<>();
  private boolean sent;

  Batch(NodeClient node) {
    this.node = node;
  }

  /** The result of one of the calls, once the batch has been sent. */
  public static final class Pending<T> {
    private final Call<T> call;
    private JsonNode answer;

    private Pending(Call<T> call) {
      this.call = call;
    }

    /**
     * @throws IllegalStateException if the batch has not been sent
     * @throws RpcException if the node refused the call
     * @throws UnexpectedAnswerException if the answer is another one than the method declares
     */
    public T get() {
      if (answer == null) {
        throw new IllegalStateException("the batch has not been sent");
      }
      return Wire.result(call, answer);
    }
  }

  /** Adds a call. */
  public <T> Pending<T> add(Call<T> call) {
    Pending<T> result = new Pending<>(call);
    pending.add(result);
    return result;
  }

  /**
   * Sends all calls, and waits for their answers.
   *
   * @throws ConnectionException if there is no answer
   * @throws IllegalStateException if it has been sent before
   */
  public void send() {
    if (sent) {
      throw new IllegalStateException("the batch has been sent");
    }
    sent = true;
    if (pending.isEmpty()) {
      return;
    }
    JsonNode answers =
        node.exchange(Wire.batch(pending.stream().<Call<?>>map(p -> p.call).toList()));
    if (!answers.isArray() || answers.size() != pending.size()) {
      throw new UnexpectedAnswerException("a batch of answers was expected, not " + answers);
    }
    for (JsonNode answer : answers) {
      int id = answer.path("id").asInt(-1);
      if (id < 0 || id >= pending.size()) {
        throw new UnexpectedAnswerException("an answer to nothing that was asked: " + answer);
      }
      pending.get(id).answer = answer;
    }
  }
}
