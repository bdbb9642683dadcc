package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;

/**
 * Threads that ask a wallet while its owner works, as callers over RPC do: a question waits until
 * the owner's thread has a moment. Each answer has to be what the model said at some moment between
 * question and answer, whole.
 */
final class ModelReaders implements AutoCloseable {
  private static final int THREADS = 3;

  private final List<Thread> threads = new ArrayList<>();
  private final List<Question> open = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private PlainWallet.Holdings latest;
  private volatile boolean closed;

  /** What can be asked. */
  private record Kind(
      String name, Function<Wallet, Object> ask, Function<PlainWallet.Holdings, Object> expected) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("balance", Wallet::balance, PlainWallet.Holdings::balance),
          new Kind(
              "reserved", wallet -> wallet.history().reserved(), PlainWallet.Holdings::reserved),
          new Kind("coins", ModelReaders::coins, PlainWallet.Holdings::coins),
          new Kind("history", ModelReaders::history, PlainWallet.Holdings::history),
          new Kind("all", ModelReaders::holdings, holdings -> holdings));

  private static final class Question {
    private final Kind kind;
    private final List<PlainWallet.Holdings> moments = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Object answer;

    Question(Kind kind) {
      this.kind = kind;
    }
  }

  /** All that a wallet has, in the form that the model says it. */
  static PlainWallet.Holdings holdings(Wallet wallet) {
    return new PlainWallet.Holdings(
        wallet.balance(), wallet.history().reserved(), coins(wallet), history(wallet));
  }

  private static Set<String> coins(Wallet wallet) {
    Set<String> coins = new TreeSet<>();
    wallet.history().unspent().forEach(coin -> coins.add(coin.own().outPoint().toString()));
    return coins;
  }

  private static Set<String> history(Wallet wallet) {
    Set<String> history = new TreeSet<>();
    wallet.history().transactions().forEach(details -> history.add(line(details.entry())));
    return history;
  }

  private static String line(WalletTx entry) {
    return entry.state() instanceof TxState.Confirmed in
        ? entry.txid() + " in " + in.height()
        : entry.txid().toString();
  }

  void start(PlainWallet.Holdings now, long seed) {
    latest = now;
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      Thread thread = new Thread(() -> ask(random), "reader " + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void ask(Random random) {
    try {
      while (!closed) {
        Question question = new Question(KINDS.get(random.nextInt(KINDS.size())));
        synchronized (this) {
          question.moments.add(latest);
          open.add(question);
        }
        question.done.await();
        synchronized (this) {
          open.remove(question);
        }
        assertThat(question.moments.stream().map(question.kind.expected()))
            .as(question.kind.name() + " at some moment")
            .contains(question.answer);
        answered.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  /** Whether somebody waits for an answer. */
  synchronized boolean areWaiting() {
    return open.stream().anyMatch(question -> question.done.getCount() > 0);
  }

  /** What the model says from now on. */
  synchronized void now(PlainWallet.Holdings holdings) {
    latest = holdings;
    open.forEach(question -> question.moments.add(holdings));
  }

  /** The owner has a moment. */
  synchronized void answer(Wallet wallet) {
    for (Question question : open) {
      if (question.done.getCount() > 0) {
        question.answer = question.kind.ask().apply(wallet);
        question.done.countDown();
      }
    }
    assertThat(failures).isEmpty();
  }

  /** How many right answers there were. */
  int answered() {
    assertThat(failures).isEmpty();
    return answered.get();
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
