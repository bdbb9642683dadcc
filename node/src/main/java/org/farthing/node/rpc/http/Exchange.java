package org.farthing.node.rpc.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import org.farthing.node.rpc.call.Budget;
import org.farthing.node.rpc.call.Caller;

/**
 * One request and its answer. The answers of a connection go out in the order of its requests.
 *
 * @param form what the answer looks like, whatever it is
 * @param content what is asked for
 * @param account what request and answer hold in memory
 */
record Exchange(Form form, Content content, Budget.Account account) {
  /**
   * @param version of HTTP/1, the minor number
   * @param keepAlive the connection goes on after the answer
   * @param headOnly the answer has no body
   */
  record Form(int version, boolean keepAlive, boolean headOnly) {}

  /** What is asked for. */
  sealed interface Content permits Call, Page, Subscription, Refusal {}

  /** Calls of methods. */
  record Call(Caller caller, Body body) implements Content {}

  /** Something of the open site. */
  record Page(String uri, Body body) implements Content {}

  /**
   * A stream of events, which goes on until one of the two ends it.
   *
   * @param head of the request
   * @param body empty
   */
  record Subscription(HttpRequest head, Body body) implements Content {}

  /**
   * Nothing that could be had.
   *
   * @param delayMillis before the answer
   */
  record Refusal(FullHttpResponse response, long delayMillis) implements Content {}

  /** Whether it is this one, and not another one that looks the same. */
  @SuppressWarnings("ReferenceEquality")
  boolean isSame(Exchange other) {
    return this == other;
  }

  Optional<Caller> caller() {
    return content instanceof Call call ? Optional.of(call.caller()) : Optional.empty();
  }
}
