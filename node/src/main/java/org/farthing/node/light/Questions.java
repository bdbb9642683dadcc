package org.farthing.node.light;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.farthing.node.wire.Message;

/**
 * Things that any peer may give. One is asked; who is silent is dropped and another one is asked;
 * when there is nobody left to ask, the question fails.
 *
 * @param <K> what is asked for
 * @param <V> the answer
 */
final class Questions<K, V> {
  private final Sources sources;
  private final Subject<K> subject;
  private final Patience patience;
  private final Map<K, Open<V>> open = new LinkedHashMap<>();

  /** What the questions are about. */
  interface Subject<K> {
    /** Whether the peer may have it. */
    boolean suits(Source source, K key);

    Message question(K key);

    /** For people, as in "gave no …". */
    String name(K key);
  }

  private static final class Open<V> {
    final CompletableFuture<V> answer = new CompletableFuture<>();
    final Set<Source> asked = new HashSet<>();
    Source now;
    long sinceMillis;
  }

  Questions(Sources sources, Subject<K> subject, Patience patience) {
    this.sources = sources;
    this.subject = subject;
    this.patience = patience;
  }

  /** Asks, unless the same is asked already. */
  CompletableFuture<V> ask(K key, long nowMillis) {
    Open<V> question = open.get(key);
    if (question == null) {
      question = new Open<>();
      question.sinceMillis = nowMillis;
      open.put(key, question);
      askNext(key, question, nowMillis);
    }
    return question.answer;
  }

  private void askNext(K key, Open<V> question, long nowMillis) {
    Optional<Source> next =
        sources.all().stream()
            .filter(source -> !question.asked.contains(source) && subject.suits(source, key))
            .findFirst();
    question.now = next.orElse(null);
    if (next.isPresent()) {
      question.asked.add(next.get());
      question.sinceMillis = nowMillis;
      sources.send(next.get(), subject.question(key));
    }
  }

  /** What was asked for and is not answered yet. */
  List<K> keys() {
    return List.copyOf(open.keySet());
  }

  boolean isAsked(Source source, K key) {
    Open<V> question = open.get(key);
    return question != null && question.now == source;
  }

  /** A part of the answer has come. */
  void goesOn(K key, long nowMillis) {
    Open<V> question = open.get(key);
    if (question != null) {
      question.sinceMillis = nowMillis;
    }
  }

  void answered(K key, V value) {
    Open<V> question = open.remove(key);
    if (question != null) {
      question.answer.complete(value);
    }
  }

  /** It doesn't have it, though it should: another one is asked. */
  void refused(Source source, K key, long nowMillis) {
    Open<V> question = open.get(key);
    if (question != null && question.now == source) {
      askNext(key, question, nowMillis);
    }
  }

  void left(Source source, long nowMillis) {
    keys().forEach(key -> refused(source, key, nowMillis));
  }

  void tick(long nowMillis) {
    for (Map.Entry<K, Open<V>> each : List.copyOf(open.entrySet())) {
      K key = each.getKey();
      Open<V> question = each.getValue();
      long waited = nowMillis - question.sinceMillis;
      if (question.now == null) {
        askNext(key, question, nowMillis);
        if (question.now == null && waited > patience.noneMillis()) {
          open.remove(key);
          question.answer.completeExceptionally(
              new LightException("no peer gives " + subject.name(key)));
        }
      } else if (waited > patience.answerMillis()) {
        Source silent = question.now;
        sources.expose(silent, "is silent: it gave no " + subject.name(key));
        askNext(key, question, nowMillis);
      }
    }
  }
}
