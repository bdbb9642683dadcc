package org.farthing.node.rpc.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.farthing.node.rpc.call.Budget;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.call.Work;
import org.farthing.node.rpc.call.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the requests of all connections are worked on, and what bounds them. Any thread. */
final class Office {
  private static final Logger LOG = LoggerFactory.getLogger(Office.class);

  private final Dispatcher dispatcher;
  private final Optional<OpenSite> site;
  private final Workers workers;

  Office(Dispatcher dispatcher, Optional<OpenSite> site, Workers workers) {
    this.dispatcher = dispatcher;
    this.site = site;
    this.workers = workers;
  }

  /**
   * Has a request worked on.
   *
   * @param onWaiting told, on a worker, before the work waits for something
   * @param onAnswer gets the answer, on a worker
   * @return to be run when nobody waits for the answer any more
   * @throws RejectedExecutionException if there is too much work already
   */
  Runnable submit(Exchange exchange, Runnable onWaiting, Consumer<FullHttpResponse> onAnswer) {
    Workers.Task task;
    try {
      task = workers.submit(() -> onAnswer.accept(answer(exchange, onWaiting)));
    } catch (RejectedExecutionException e) {
      abandon(exchange);
      throw e;
    }
    return () -> {
      if (task.cancel()) {
        abandon(exchange);
      }
    };
  }

  /** Lets go of a request that is not worked on. */
  static void abandon(Exchange exchange) {
    exchange.account().close();
  }

  private FullHttpResponse answer(Exchange exchange, Runnable onWaiting) {
    if (exchange.content() instanceof Exchange.Page page) {
      Body body = page.body();
      byte[] bytes = Arrays.copyOf(body.array(), body.size());
      body.release();
      return bounded(site.orElseThrow().answer(page.uri(), bytes), exchange.account());
    }
    return call((Exchange.Call) exchange.content(), exchange.account(), onWaiting);
  }

  /** What is slow does not keep others waiting. */
  private FullHttpResponse call(Exchange.Call call, Budget.Account account, Runnable onWaiting) {
    Work work;
    try {
      work = dispatcher.prepare(call.body().array(), call.body().size(), call.caller(), account);
    } finally {
      call.body().release();
    }
    Pace pace = work.pace();
    if (pace == Pace.QUICK) {
      return Answers.of(work.run());
    }
    if (pace == Pace.WAITING) {
      onWaiting.run();
    }
    return workers
        .slowly(pace == Pace.WAITING, work::run)
        .map(Answers::of)
        .orElseGet(Office::tooBusy);
  }

  /** Whoever reads slowly may not fill the heap. */
  private static FullHttpResponse bounded(Reply reply, Budget.Account account) {
    if (!account.take(reply.length())) {
      LOG.warn("REST: no room in memory for an answer of {} bytes", reply.length());
      return Answers.of(Reply.noRoom());
    }
    return Answers.of(reply);
  }

  static FullHttpResponse tooBusy() {
    LOG.warn(
        "Request rejected because http work queue depth exceeded, it can be increased with the"
            + " -rpcworkqueue= setting");
    return Answers.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "Work queue depth exceeded");
  }
}
