package org.farthing.node.light;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterHeaderStore;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.node.wire.CFHeaders;
import org.farthing.node.wire.FilterRange;
import org.farthing.node.wire.GetCFHeaders;

/**
 * What all peers say of the filters of the best branch, and what is made of it. All that have a
 * stretch of it are asked for its filter headers; what all say alike is believed and stored. Where
 * they differ the first such block decides ({@link Dispute}). Who contradicts what was believed
 * before makes that be asked for anew.
 */
final class Agreement {
  private static final long ASK_AGAIN_MILLIS = 500;

  private final ChainState chain;
  private final FilterHeaderStore headers;
  private final Sources sources;
  private final BlockTalk blocks;
  private final long answerMillis;
  private final Map<Source, HeaderNode> contradicted = new HashMap<>();

  /** Those who agree with what is believed. */
  private final Set<Source> agreeing = new HashSet<>();

  private Round round;
  private long askedMillis;
  private Dispute dispute;
  private Throwable failure;

  /** A stretch that peers were asked for. */
  private record Round(
      HeaderNode end, Set<Source> asked, Map<Source, CFHeaders> answers, long sinceMillis) {}

  Agreement(
      ChainState chain,
      FilterHeaderStore headers,
      Sources sources,
      BlockTalk blocks,
      long answerMillis) {
    this.chain = chain;
    this.headers = headers;
    this.sources = sources;
    this.blocks = blocks;
    this.answerMillis = answerMillis;
  }

  /** All of the best branch is agreed on by all. */
  boolean isComplete() {
    return headers.last() == chain.snapshot().bestHeader() && doubters().isEmpty();
  }

  /** Those who have not said yet what they think of the last block. */
  private Set<Source> doubters() {
    return sources.all().stream()
        .filter(source -> source.hasFilters() && source.has(headers.last()))
        .filter(source -> !agreeing.contains(source) && headers.last().height() > 0)
        .collect(Collectors.toSet());
  }

  void left(Source source) {
    agreeing.remove(source);
    contradicted.remove(source);
  }

  /** Why nothing can be agreed on. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  void tick(long nowMillis) {
    HeaderNode best = chain.snapshot().bestHeader();
    if (!headers.last().isAncestorOf(best)) {
      headers.goBackTo(headers.last().forkWith(best));
      restart();
    }
    if (dispute != null) {
      settle(nowMillis);
    } else if (round == null) {
      begin(best, nowMillis);
    } else if (!round.end().isAncestorOf(best)) {
      restart();
    } else {
      collect(nowMillis);
    }
  }

  private void restart() {
    round = null;
    dispute = null;
    failure = null;
  }

  private void settle(long nowMillis) {
    dispute.tick(nowMillis);
    failure = dispute.failure().orElse(null);
    if (dispute.isDecided()) {
      restart();
    }
  }

  private void begin(HeaderNode best, long nowMillis) {
    HeaderNode last = headers.last();
    Set<Source> asked = new HashSet<>();
    HeaderNode end = best.ancestor(Math.min(best.height(), last.height() + CFHeaders.MAX_HASHES));
    if (last == best) {
      // Who came since then says it of the last block.
      asked.addAll(doubters());
    } else {
      sources.all().stream()
          .filter(source -> source.hasFilters() && source.has(end))
          .forEach(asked::add);
    }
    asked.forEach(source -> sources.send(source, question(end)));
    askedMillis = nowMillis;
    if (!asked.isEmpty()) {
      round = new Round(end, asked, new LinkedHashMap<>(), nowMillis);
    }
  }

  void headers(Source source, CFHeaders message, long nowMillis) {
    if (round == null
        || !round.asked().contains(source)
        || !message.stop().equals(round.end().hash())) {
      return;
    }
    if (message.hashes().size() != Math.max(1, round.end().height() - headers.last().height())) {
      // The answer to an earlier question; who never gives the right one counts as silent.
      return;
    }
    round.answers().put(source, message);
    collect(nowMillis);
  }

  void filter(Source source, BlockFilter filter, HeaderNode block, long nowMillis) {
    if (dispute != null && dispute.node() == block) {
      dispute.filter(source, filter, nowMillis);
    }
  }

  /** Who has not made the filters of a new block yet gives no answer: he is asked once more. */
  private void askAgain(long nowMillis) {
    if (nowMillis - askedMillis < ASK_AGAIN_MILLIS) {
      return;
    }
    askedMillis = nowMillis;
    for (Source source : round.asked()) {
      if (!round.answers().containsKey(source)) {
        sources.send(source, question(round.end()));
      }
    }
  }

  private GetCFHeaders question(HeaderNode end) {
    int from = Math.min(headers.last().height() + 1, end.height());
    return new GetCFHeaders(new FilterRange(FilterRange.BASIC, from, end.hash()));
  }

  private void collect(long nowMillis) {
    round.asked().removeIf(source -> !source.peer().isReady());
    round.answers().keySet().retainAll(round.asked());
    if (nowMillis - round.sinceMillis() > answerMillis) {
      for (Source source : Set.copyOf(round.asked())) {
        if (!round.answers().containsKey(source)) {
          sources.expose(source, "is silent: it gave no filter headers");
          round.asked().remove(source);
        }
      }
    }
    if (round.asked().isEmpty()) {
      restart();
    } else if (round.answers().keySet().equals(round.asked())) {
      compare(nowMillis);
    } else {
      askAgain(nowMillis);
    }
  }

  /** All have answered. */
  private void compare(long nowMillis) {
    HeaderNode last = headers.last();
    boolean isCheck = round.end() == last;
    FilterHeader believed = headers.header(last).orElseThrow();
    for (Map.Entry<Source, CFHeaders> answer : Map.copyOf(round.answers()).entrySet()) {
      CFHeaders said = answer.getValue();
      FilterHeader ofLast = isCheck ? said.previous().next(said.hashes().get(0)) : said.previous();
      if (!ofLast.equals(believed)) {
        contradicts(answer.getKey(), last);
        return;
      }
    }
    agreeing.addAll(round.asked());
    if (isCheck) {
      restart();
      return;
    }
    List<FilterHash> first = round.answers().values().iterator().next().hashes();
    int same = 0;
    while (same < first.size() && isSame(same)) {
      same++;
    }
    HeaderNode end = round.end();
    if (same > 0) {
      headers.append(end.ancestor(last.height() + same), first.subList(0, same));
    }
    Round compared = round;
    restart();
    if (same < first.size()) {
      quarrel(end.ancestor(last.height() + same + 1), same, compared, nowMillis);
    }
  }

  private boolean isSame(int index) {
    return round.answers().values().stream()
            .map(answer -> answer.hashes().get(index))
            .distinct()
            .count()
        == 1;
  }

  private void quarrel(HeaderNode node, int index, Round compared, long nowMillis) {
    Map<FilterHash, List<Source>> claims = new LinkedHashMap<>();
    compared
        .answers()
        .forEach(
            (source, answer) ->
                claims
                    .computeIfAbsent(answer.hashes().get(index), key -> new ArrayList<>())
                    .add(source));
    dispute = new Dispute(node, claims, sources, blocks, nowMillis + answerMillis);
    dispute.begin(nowMillis);
  }

  /**
   * A peer says that the filters before were others. All are asked for those anew; if it then
   * agrees with the others on them, it contradicts itself.
   */
  private void contradicts(Source source, HeaderNode last) {
    restart();
    if (last.height() == 0 || last.equals(contradicted.put(source, last))) {
      sources.expose(source, "lies: its filter headers don't fit together");
      return;
    }
    agreeing.clear();
    headers.goBackTo(last.ancestor(Math.max(0, last.height() - CFHeaders.MAX_HASHES)));
  }
}
