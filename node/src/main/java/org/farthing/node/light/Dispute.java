package org.farthing.node.light;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.wire.FilterRange;
import org.farthing.node.wire.GetCFilters;

/**
 * Peers name different filters for one block, and the block decides who lies.
 *
 * <ul>
 *   <li>Each has to show the filter that it named.
 *   <li>A filter that leaves out the script of an output of the block is false.
 *   <li>If that doesn't tell, the coins that the block spends are looked for in the {@value
 *       #MOST_BLOCKS_BACK} blocks before it: then the true filter is known, and all others are
 *       false.
 *   <li>Where the spent coins are older, most of the peers are believed; if there are no most, the
 *       owner has to name further peers.
 * </ul>
 */
@SuppressWarnings("FutureReturnValueIgnored") // what follows is done where it is asked for
final class Dispute {
  /** So many blocks are looked through for coins that are spent. */
  private static final int MOST_BLOCKS_BACK = 1000;

  private final HeaderNode node;
  private final Sources sources;
  private final BlockTalk blocks;
  private final long deadlineMillis;
  private final Map<FilterHash, List<Source>> claims = new LinkedHashMap<>();
  private final Map<FilterHash, BlockFilter> shown = new LinkedHashMap<>();
  private Block block;
  private SpentScripts spent;
  private int next;
  private boolean decided;
  private Throwable failure;

  /**
   * @param claims who named which filter
   */
  Dispute(
      HeaderNode node,
      Map<FilterHash, List<Source>> claims,
      Sources sources,
      BlockTalk blocks,
      long deadlineMillis) {
    this.node = node;
    this.sources = sources;
    this.blocks = blocks;
    this.deadlineMillis = deadlineMillis;
    claims.forEach((hash, by) -> this.claims.put(hash, new ArrayList<>(by)));
  }

  void begin(long nowMillis) {
    FilterRange range = new FilterRange(FilterRange.BASIC, node.height(), node.hash());
    claims.values().forEach(by -> by.forEach(each -> sources.send(each, new GetCFilters(range))));
    blocks.ask(node, nowMillis).whenComplete((got, problem) -> got(got, problem, nowMillis));
  }

  HeaderNode node() {
    return node;
  }

  /** Those who lied are gone; what the others say can be compared again. */
  boolean isDecided() {
    return decided;
  }

  /** Why it cannot be decided. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void got(Block received, Throwable problem, long nowMillis) {
    block = received;
    failure = problem;
    goOn(nowMillis);
  }

  void filter(Source source, BlockFilter filter, long nowMillis) {
    for (Map.Entry<FilterHash, List<Source>> claim : claims.entrySet()) {
      if (!claim.getValue().contains(source)) {
        continue;
      }
      if (filter.hash().equals(claim.getKey())) {
        shown.putIfAbsent(claim.getKey(), filter);
      } else {
        sources.expose(
            source, "named one filter of block " + node.height() + " and showed another");
      }
    }
    goOn(nowMillis);
  }

  void tick(long nowMillis) {
    if (nowMillis > deadlineMillis && spent == null) {
      claims.forEach(
          (hash, by) -> {
            if (!shown.containsKey(hash)) {
              by.forEach(
                  each ->
                      sources.expose(
                          each, "is silent: it did not show its filter of block " + node.height()));
            }
          });
    }
    goOn(nowMillis);
  }

  /** Those claims whose peers are all gone don't count. */
  private void dropGone() {
    claims.values().forEach(by -> by.removeIf(each -> !each.peer().isReady()));
    claims.values().removeIf(List::isEmpty);
  }

  private void goOn(long nowMillis) {
    if (decided || failure != null) {
      return;
    }
    dropGone();
    if (claims.size() < 2) {
      decided = true;
      return;
    }
    if (block == null || spent != null || !shown.keySet().containsAll(claims.keySet())) {
      return;
    }
    exposeWho(filter -> leavesOut(filter), "leaves out an output of the block");
    dropGone();
    if (claims.size() < 2) {
      decided = true;
      return;
    }
    spent = new SpentScripts(block, node.height());
    next = node.height() - 1;
    lookBack(nowMillis);
  }

  private interface Test {
    boolean isFalse(BlockFilter filter);
  }

  private void exposeWho(Test test, String why) {
    for (Map.Entry<FilterHash, List<Source>> claim : Map.copyOf(claims).entrySet()) {
      if (test.isFalse(shown.get(claim.getKey()))) {
        claim
            .getValue()
            .forEach(
                each ->
                    sources.expose(each, "lies: its filter of block " + node.height() + " " + why));
      }
    }
  }

  private boolean leavesOut(BlockFilter filter) {
    Set<Script> outputs = BlockFilter.elements(block, new BlockUndo(List.of()));
    try {
      for (Script output : outputs) {
        if (!filter.containsAny(List.of(output))) {
          return true;
        }
      }
      return false;
    } catch (DecodeException e) {
      return true;
    }
  }

  private void lookBack(long nowMillis) {
    Optional<BlockUndo> all = spent.all();
    if (all.isPresent()) {
      FilterHash truth = BlockFilter.of(block, all.get()).hash();
      exposeWho(filter -> !filter.hash().equals(truth), "is not the one that the block makes");
      decided = true;
    } else if (next <= 0 || node.height() - next > MOST_BLOCKS_BACK) {
      believeMost();
    } else {
      HeaderNode earlier = node.ancestor(next--);
      blocks
          .ask(earlier, nowMillis)
          .whenComplete(
              (got, problem) -> {
                if (problem != null) {
                  failure = problem;
                } else {
                  spent.look(got, earlier.height());
                  lookBack(nowMillis);
                }
              });
    }
  }

  private void believeMost() {
    dropGone();
    int all = claims.values().stream().mapToInt(List::size).sum();
    FilterHash favourite =
        claims.entrySet().stream()
            .max(Comparator.comparingInt(claim -> claim.getValue().size()))
            .orElseThrow()
            .getKey();
    if (2 * claims.get(favourite).size() <= all) {
      failure =
          new LightException(
              "the peers "
                  + claims.values().stream().flatMap(List::stream).map(Source::name).toList()
                  + " disagree about the filter of block "
                  + node
                  + ", and the block doesn't show who lies: name more peers");
      return;
    }
    exposeWho(
        filter -> !filter.hash().equals(favourite),
        "is not the one of most peers, and the block spends coins too old to tell");
    decided = true;
  }
}
