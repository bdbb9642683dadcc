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
  private final Budget budget;

  Office(Dispatcher dispatcher, Optional<OpenSite> site, Workers workers, Budget budget) {
    this.dispatcher = dispatcher;
    this.site = site;
    this.workers = workers;
    this.budget = budget;
  }

  /**
   * An answer that is to be sent.
   *
   * @param taken of the budget, until it is sent
   */
  record Answer(FullHttpResponse response, long taken) {}

  /**
   * Has a request worked on.
   *
   * @param onWaiting told, on a worker, before the work waits for something
   * @param onAnswer gets the answer, on a worker
   * @return to be run when nobody waits for the answer any more
   * @throws RejectedExecutionException if there is too much work already
   */
  Runnable submit(Exchange exchange, Runnable onWaiting, Consumer<Answer> onAnswer) {
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
    if (exchange.content() instanceof Exchange.Call call) {
      call.body().release();
    } else if (exchange.content() instanceof Exchange.Page page) {
      page.body().release();
    }
  }

  private Answer answer(Exchange exchange, Runnable onWaiting) {
    if (exchange.content() instanceof Exchange.Page page) {
      Body body = page.body();
      byte[] bytes = Arrays.copyOf(body.array(), body.size());
      body.release();
      return bounded(site.orElseThrow().answer(page.uri(), bytes));
    }
    return call((Exchange.Call) exchange.content(), onWaiting);
  }

  /** What is slow does not keep others waiting. */
  private Answer call(Exchange.Call call, Runnable onWaiting) {
    Work work;
    try {
      work = dispatcher.prepare(call.body().array(), call.body().size(), call.caller());
    } finally {
      call.body().release();
    }
    Pace pace = work.pace();
    if (pace == Pace.QUICK) {
      return bounded(work.run());
    }
    if (pace == Pace.WAITING) {
      onWaiting.run();
    }
    return workers
        .slowly(pace == Pace.WAITING, work::run)
        .map(this::bounded)
        .orElseGet(Office::tooBusy);
  }

  /** Whoever reads slowly may not fill the heap. */
  private Answer bounded(Reply reply) {
    long size = Math.max(0, reply.body().length - (long) Budget.FREE_BYTES);
    if (size > 0 && !budget.take(size)) {
      LOG.warn("RPC: an answer of {} bytes has no room in memory", reply.body().length);
      return noRoom();
    }
    return new Answer(Answers.of(reply), size);
  }

  /** Gives back the memory of an answer that was sent, or will never be. */
  void sent(Answer answer) {
    budget.give(answer.taken());
  }

  static Answer noRoom() {
    return new Answer(
        Answers.text(
            HttpResponseStatus.SERVICE_UNAVAILABLE, "Too much to hold in memory, try again later"),
        0);
  }

  static Answer tooBusy() {
    LOG.warn(
        "Request rejected because http work queue depth exceeded, it can be increased with the"
            + " -rpcworkqueue= setting");
    return new Answer(
        Answers.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "Work queue depth exceeded"), 0);
  }
}
