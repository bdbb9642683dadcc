package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsSeedsTest {
  private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

  private long now = 1_800_000_000_000L;

  private static DnsSeeds seeds(List<String> nodes, boolean forced) {
    return new DnsSeeds(
        new PeerSources(
            nodes,
            new PeerSources.Names(FIVE, List.of(), true, forced),
            new PeerSources.Fixed(List.of(), false)),
        new Random(1));
  }

  private static DnsSeeds.Situation knowing(int known, int peers) {
    return new DnsSeeds.Situation(known, peers, true);
  }

  private List<DnsSeeds.Seed> after(DnsSeeds seeds, long millis, DnsSeeds.Situation situation) {
    now += millis;
    return seeds.due(situation, now);
  }

  @Test
  void whoKnowsNobodyAsksAllAtOnce() {
    DnsSeeds seeds = seeds(List.of(), false);
    assertThat(after(seeds, 0, knowing(0, 0)))
        .extracting(DnsSeeds.Seed::host)
        .containsExactlyInAnyOrderElementsOf(FIVE);
    assertThat(after(seeds, 3_600_000, knowing(0, 0))).isEmpty();
  }

  @Test
  void knownAddressesAreTriedForElevenSecondsFirst() {
    DnsSeeds seeds = seeds(List.of(), false);
    assertThat(after(seeds, 0, knowing(1, 0))).isEmpty();
    assertThat(after(seeds, 10_999, knowing(1, 0))).isEmpty();
    assertThat(after(seeds, 1, knowing(1, 0))).hasSize(3);
    assertThat(after(seeds, 10_999, knowing(1, 1))).isEmpty();
    assertThat(after(seeds, 1, knowing(1, 1))).hasSize(2);
    assertThat(after(seeds, 3_600_000, knowing(1, 0))).isEmpty();
  }

  @Test
  void manyKnownAddressesAreTriedForFiveMinutes() {
    DnsSeeds seeds = seeds(List.of(), false);
    assertThat(after(seeds, 0, knowing(1000, 0))).isEmpty();
    assertThat(after(seeds, 299_999, knowing(1000, 0))).isEmpty();
    assertThat(after(seeds, 1, knowing(1000, 0))).hasSize(3);
  }

  @Test
  void twoPeersAreTheEndOfIt() {
    DnsSeeds seeds = seeds(List.of(), false);
    assertThat(after(seeds, 0, knowing(5, 0))).isEmpty();
    assertThat(after(seeds, 5_000, knowing(5, 2))).isEmpty();
    assertThat(after(seeds, 3_600_000, knowing(5, 0))).isEmpty();
  }

  @Test
  void theOperatorCanWantThemInAnyCase() {
    assertThat(after(seeds(List.of(), true), 0, knowing(5000, 2))).hasSize(5);
  }

  @Test
  void otherNodesHaveHalfAMinuteBefore() {
    DnsSeeds seeds = seeds(List.of("node"), false);
    assertThat(after(seeds, 0, knowing(0, 0))).isEmpty();
    assertThat(after(seeds, 30_000, knowing(0, 1))).isEmpty();
    assertThat(after(seeds, 1, knowing(0, 1))).hasSize(5);
    DnsSeeds successful = seeds(List.of("node"), false);
    assertThat(after(successful, 0, knowing(0, 0))).isEmpty();
    assertThat(after(successful, 20_000, knowing(9, 2))).isEmpty();
    assertThat(after(successful, 3_600_000, knowing(9, 0))).isEmpty();
  }

  @Test
  void withoutNetworkNobodyIsAsked() {
    DnsSeeds seeds = seeds(List.of(), false);
    assertThat(after(seeds, 0, new DnsSeeds.Situation(0, 0, false))).isEmpty();
    assertThat(after(seeds, 3_600_000, new DnsSeeds.Situation(0, 0, false))).isEmpty();
    assertThat(after(seeds, 1, knowing(0, 0))).hasSize(5);
  }

  @Test
  void namesOfTheOperatorAreAskedAgainWhilePeersAreWanting() {
    DnsSeeds seeds =
        new DnsSeeds(
            new PeerSources(
                List.of(),
                new PeerSources.Names(List.of("public"), List.of("mine"), true, false),
                new PeerSources.Fixed(List.of(), false)),
            new Random(1));
    assertThat(after(seeds, 0, knowing(0, 0))).hasSize(2);
    seeds.answered(0);
    seeds.answered(1);
    after(seeds, 1, knowing(1, 0));
    assertThat(after(seeds, BackOff.LAST_MILLIS, knowing(1, 1)))
        .extracting(DnsSeeds.Seed::host)
        .containsExactly("mine");
    assertThat(after(seeds, BackOff.LAST_MILLIS, knowing(1, 2))).isEmpty();
    assertThat(after(seeds, 1, knowing(1, 1))).hasSize(1);
    assertThat(after(seeds, BackOff.FIRST_MILLIS, knowing(1, 1))).isEmpty();
  }
}
