package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.farthing.node.wire.AddressNetwork;
import org.junit.jupiter.api.Test;

/** Who is spared, whatever else is true of the peers. */
class EvictionTest {
  private final Random random = new Random(1);

  private Eviction.Candidate candidate(long id) {
    return new Eviction.Candidate(
        id,
        id * 1_000,
        random.nextInt(40),
        AddressNetwork.IPV4,
        false,
        false,
        new Eviction.Merits(
            OptionalLong.of(random.nextInt(1_000)),
            random.nextInt(500),
            random.nextInt(500),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean()));
  }

  private List<Eviction.Candidate> candidates(int count, UnaryOperator<Eviction.Candidate> change) {
    List<Eviction.Candidate> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(change.apply(candidate(i)));
    }
    Collections.shuffle(all, random);
    return all;
  }

  private static Eviction.Candidate with(Eviction.Candidate old, Eviction.Merits merits) {
    return new Eviction.Candidate(
        old.id(),
        old.connectedAtMillis(),
        old.group(),
        old.network(),
        old.isLocal(),
        old.preferred(),
        merits);
  }

  /** All that go if one after the other has to, until the rest is spared. */
  private Set<Long> evicted(List<Eviction.Candidate> candidates) {
    List<Eviction.Candidate> left = new ArrayList<>(candidates);
    Set<Long> gone = new HashSet<>();
    Optional<Eviction.Candidate> next = Eviction.choose(left);
    while (next.isPresent()) {
      gone.add(next.get().id());
      left.remove(next.get());
      next = Eviction.choose(left);
    }
    return gone;
  }

  @Test
  void fewAreAllSpared() {
    for (int count = 0; count <= 20; count++) {
      assertThat(Eviction.choose(candidates(count, each -> each))).as("of %d", count).isEmpty();
    }
  }

  @Test
  void ofManySomebodyGoes() {
    for (int count = 30; count < 200; count++) {
      assertThat(Eviction.choose(candidates(count, each -> each))).as("of %d", count).isPresent();
    }
  }

  /** Peers whose merits are made so, in fifty random crowds: these never go, and others do. */
  private void neverGo(
      Set<Long> spared, BiFunction<Long, Eviction.Merits, Eviction.Merits> meritsById) {
    for (int run = 0; run < 50; run++) {
      List<Eviction.Candidate> all =
          candidates(80, each -> with(each, meritsById.apply(each.id(), each.merits())));
      assertThat(evicted(all)).isNotEmpty().doesNotContainAnyElementsOf(spared);
    }
  }

  @Test
  void theQuickestEightStay() {
    neverGo(
        Set.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L),
        (id, old) ->
            new Eviction.Merits(
                OptionalLong.of(id),
                old.lastBlockMillis(),
                old.lastTransactionMillis(),
                old.isUseful(),
                old.relays(),
                old.filters()));
  }

  @Test
  void theLastFourToGiveTransactionsStayAndSoDoThoseWithBlocks() {
    neverGo(
        Set.of(76L, 77L, 78L, 79L, 0L, 1L, 2L, 3L),
        (id, old) ->
            new Eviction.Merits(
                old.pingMillis(), 1_000 - id, 1_000 + id, old.isUseful(), true, old.filters()));
  }

  @Test
  void blocksOnlyPeersWithBlocksStay() {
    neverGo(
        Set.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L),
        (id, old) -> {
          boolean blocksOnly = id < 8;
          return new Eviction.Merits(
              old.pingMillis(),
              blocksOnly ? 10 : 1_000,
              old.lastTransactionMillis(),
              true,
              !blocksOnly,
              old.filters());
        });
  }

  @Test
  void aQuarterOfTheRestIsForThoseWithoutAChance() {
    for (int run = 0; run < 50; run++) {
      List<Eviction.Candidate> all =
          candidates(
              100,
              each -> {
                boolean onion = each.id() >= 90;
                // Here for a short time, slow, and without a merit.
                return new Eviction.Candidate(
                    each.id(),
                    each.connectedAtMillis(),
                    onion ? 0 : 1 + each.group(),
                    onion ? AddressNetwork.TORV3 : AddressNetwork.IPV4,
                    false,
                    false,
                    new Eviction.Merits(
                        OptionalLong.of(onion ? 50_000 : each.id()),
                        onion ? 0 : 1,
                        onion ? 0 : 1,
                        !onion,
                        true,
                        false));
              });
      Eviction.Candidate gone = Eviction.choose(all).orElseThrow();
      assertThat(gone.network()).isEqualTo(AddressNetwork.IPV4);
    }
  }

  @Test
  void theYoungestOfTheLargestGroupGoes() {
    List<Eviction.Candidate> all =
        candidates(
            100,
            each ->
                new Eviction.Candidate(
                    each.id(),
                    each.connectedAtMillis(),
                    each.id() >= 60 && each.id() < 90 ? 0 : 1_000 + each.id(),
                    AddressNetwork.IPV4,
                    false,
                    false,
                    new Eviction.Merits(OptionalLong.of(7), 7, 7, true, true, false)));
    // All merits are equal, and go to those who are here longest.
    assertThat(Eviction.choose(all)).map(Eviction.Candidate::id).contains(89L);
  }

  @Test
  void whoMisbehavedGoesFirst() {
    List<Eviction.Candidate> all =
        candidates(
            100,
            each ->
                new Eviction.Candidate(
                    each.id(),
                    each.connectedAtMillis(),
                    each.id(),
                    AddressNetwork.IPV4,
                    false,
                    each.id() == 80,
                    new Eviction.Merits(OptionalLong.of(7), 7, 7, true, true, false)));
    assertThat(Eviction.choose(all)).map(Eviction.Candidate::id).contains(80L);
  }
}
