package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final NetAddress PUBLIC = FakeDialer.address("8.8.8.8:8333");

  private final FakeDialer dialer = new FakeDialer();
  private final AddressBook book = new AddressBook(new Random(1));

  private Sources sources(
      List<String> nodes, List<String> ofNetwork, List<String> ofOperator, List<String> fixed) {
    boolean asksNames = !ofNetwork.isEmpty() || !ofOperator.isEmpty();
    return new Sources(
        new PeerSources(
            nodes,
            new PeerSources.Names(ofNetwork, ofOperator, asksNames, false),
            new PeerSources.Fixed(fixed, true)),
        8333,
        book,
        dialer,
        new Random(1));
  }

  private OutboundView view() {
    return new OutboundView(dialer.outgoing(), false);
  }

  private Optional<String> toFetch(Sources sources, boolean hasNamed, long now) {
    return sources.toFetch(view(), () -> hasNamed, now);
  }

  @Test
  void aNameOfTheNetworkIsAskedForNodesWithWitnesses() {
    dialer.names.put("x9.seed.example.", List.of(PUBLIC));
    Sources sources = sources(List.of(), List.of("seed.example."), List.of(), List.of());
    sources.askNames(view(), NOW);
    assertThat(dialer.lookups).containsExactly("x9.seed.example.");
    TimedAddress told = book.all().get(0).address();
    assertThat(told.address()).isEqualTo(PUBLIC);
    assertThat(told.services()).isEqualTo(Services.NETWORK | Services.WITNESS);
    long ageDays = (NOW / 1000 - told.timeSeconds()) / 86_400;
    assertThat(ageDays).isBetween(3L, 7L);
    assertThat(toFetch(sources, false, NOW)).isEmpty();
  }

  @Test
  void aNameThatDoesNotKnowWhatWeWantLeadsToANodeThatIsAsked() {
    Sources sources = sources(List.of(), List.of("seed.example."), List.of(), List.of());
    sources.askNames(view(), NOW);
    assertThat(book.size()).isZero();
    assertThat(toFetch(sources, false, NOW)).contains("seed.example.");
  }

  @Test
  void behindAProxyANodeIsAskedToo() {
    dialer.names.put("x9.seed.example.", List.of(NetAddress.ofName("x9.seed.example.", 8333)));
    Sources sources = sources(List.of(), List.of("seed.example."), List.of(), List.of());
    sources.askNames(view(), NOW);
    assertThat(book.size()).isZero();
    assertThat(toFetch(sources, false, NOW)).contains("seed.example.");
  }

  @Test
  void aNameOfTheOperatorIsLookedUpAsItIs() {
    dialer.names.put("nodes", List.of(PUBLIC, FakeDialer.address("172.18.0.2:1")));
    sources(List.of(), List.of(), List.of("nodes"), List.of()).askNames(view(), NOW);
    assertThat(book.size()).isEqualTo(2);
  }

  @Test
  void noNameFillsTheBook() {
    dialer.names.put(
        "nodes",
        IntStream.range(0, 200).mapToObj(i -> FakeDialer.address("8." + i + ".1.1:8333")).toList());
    sources(List.of(), List.of(), List.of("nodes"), List.of()).askNames(view(), NOW);
    assertThat(book.size()).isBetween(1, 32);
  }

  @Test
  void fixedSeedsCountAtOnceWhereThereIsNothingElse() {
    Sources sources = sources(List.of(), List.of(), List.of(), List.of("8.8.8.8", "[2a00::1]:7"));
    toFetch(sources, false, NOW);
    assertThat(book.size()).isEqualTo(2);
  }

  @Test
  void fixedSeedsWaitAMinuteForWhatTheOperatorNamed() {
    Sources sources = sources(List.of("node"), List.of(), List.of(), List.of("8.8.8.8"));
    assertThat(toFetch(sources, false, NOW)).contains("node");
    toFetch(sources, false, NOW + 60_000);
    assertThat(book.size()).isZero();
    toFetch(sources, false, NOW + 60_001);
    assertThat(book.size()).isOne();
    Sources named = sources(List.of(), List.of(), List.of(), List.of("9.8.8.8"));
    toFetch(named, true, NOW);
    assertThat(book.size()).isOne();
  }

  @Test
  void fixedSeedsAreForNetworksOfWhichNoAddressIsKnown() {
    book.add(new TimedAddress(NOW / 1000, 9, PUBLIC), PUBLIC, NOW);
    Sources sources = sources(List.of(), List.of(), List.of(), List.of("9.9.9.9", "[2a00::1]:7"));
    toFetch(sources, false, NOW);
    assertThat(book.all())
        .extracting(known -> known.address().address())
        .containsExactlyInAnyOrder(PUBLIC, FakeDialer.address("[2a00::1]:7"));
    // They count once.
    dialer.reachable.clear();
    toFetch(sources, false, NOW + 120_000);
    assertThat(book.size()).isEqualTo(2);
  }
}
