package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TestAddress;
import org.farthing.node.wire.TimedAddress;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000L;
  private static final NetAddress PUBLIC = address("8.8.8.8:28760");
  private static final NetAddress LOOPBACK = address("127.0.0.1:28760");
  private static final Set<AddressNetwork> ALL = EnumSet.allOf(AddressNetwork.class);

  private final AddressBook book =
      new AddressBook(new Random(1), new AddressBook.Options(false, 50, true));

  private static NetAddress address(String text) {
    return TestAddress.of(text, 1);
  }

  private static TimedAddress seen(NetAddress address, long agoSeconds) {
    return new TimedAddress(NOW / 1000 - agoSeconds, 9, address);
  }

  private static NetAddress stranger(Random random) {
    return address(
        "%d.%d.%d.%d:%d"
            .formatted(
                20 + random.nextInt(70),
                random.nextInt(256),
                random.nextInt(256),
                1 + random.nextInt(254),
                8333));
  }

  @Test
  void anAddressIsKnownOnce() {
    assertThat(book.add(seen(PUBLIC, 100), PUBLIC, NOW)).isTrue();
    assertThat(book.add(seen(PUBLIC, 100), PUBLIC, NOW)).isFalse();
    assertThat(book.size()).isOne();
    assertThat(book.all()).extracting(KnownAddress::address).containsExactly(seen(PUBLIC, 100));
  }

  @Test
  void aStrangerIsNotBelievedAboutOurOwnMachine() {
    assertThat(book.add(seen(LOOPBACK, 0), PUBLIC, NOW)).isFalse();
    assertThat(book.add(seen(LOOPBACK, 0), LOOPBACK, NOW)).isTrue();
  }

  @Test
  void onlyTheNodeItselfIsBelievedWhenItWasSeen() {
    NetAddress other = address("9.9.9.9:1");
    book.add(seen(PUBLIC, 0), PUBLIC.withPort(7), 7200, NOW);
    book.add(seen(other, 0), PUBLIC, 7200, NOW);
    assertThat(book.all())
        .extracting(KnownAddress::address)
        .containsExactlyInAnyOrder(seen(PUBLIC, 0), seen(other, 7200));
  }

  @Test
  void oneSourceFillsFewBucketsHoweverManyAddressesItTells() {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      book.add(seen(stranger(random), 0), address("66.7.1." + i % 200 + ":1"), NOW);
    }
    assertThat(new HashSet<>(book.all().stream().map(KnownAddress::bucket).toList()))
        .hasSizeLessThanOrEqualTo(64);
    assertThat(book.size()).isLessThanOrEqualTo(64 * 64);
    assertThat(book.fault()).isEmpty();
  }

  @Test
  void oneGroupFillsFewBucketsOfThoseThatWereReached() {
    for (int i = 0; i < 4_000; i++) {
      NetAddress neighbour = address("66.7." + i / 200 + "." + (1 + i % 200) + ":8333");
      book.add(seen(neighbour, 0), address((20 + i % 70) + "." + i % 256 + ".1.1:1"), NOW);
      book.succeeded(neighbour, NOW);
    }
    assertThat(
            book.all().stream()
                .filter(KnownAddress::tried)
                .map(KnownAddress::bucket)
                .distinct()
                .count())
        .isBetween(1L, 8L);
    assertThat(book.fault()).isEmpty();
  }

  @Test
  void manySourcesGiveAnAddressManyPlaces() {
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      // Each later than the last, so that each is news.
      book.add(seen(PUBLIC, 3_000 - i), stranger(random), 7200, NOW);
    }
    assertThat(book.size()).isOne();
    assertThat(book.all()).hasSizeBetween(2, 8);
  }

  @Test
  void whatFailsOftenIsOfNoUse() {
    book.add(seen(PUBLIC, 0), PUBLIC, NOW);
    for (int i = 1; i <= 3; i++) {
      assertThat(book.sample(0, 0, Optional.empty(), NOW + i * HOUR)).hasSize(1);
      // Only what fails while others are reached counts.
      book.succeeded(LOOPBACK, NOW + i * HOUR + 1000);
      book.attempted(PUBLIC, true, NOW + i * HOUR);
    }
    assertThat(book.sample(0, 0, Optional.empty(), NOW + 4 * HOUR)).isEmpty();
    assertThat(book.select(false, ALL, NOW + 4 * HOUR)).isPresent();
  }

  @Test
  void whoWasReachedKeepsItsPlaceIfItStillAnswers() {
    Collision collision = collide();
    assertThat(book.selectCollision()).map(AddressBook.Choice::address).contains(collision.old());
    long later = NOW + 5 * HOUR;
    book.attempted(collision.old(), false, later);
    book.succeeded(collision.old(), later);
    book.resolveCollisions(later);
    assertThat(book.selectCollision()).isEmpty();
    assertThat(isTried(collision.old())).isTrue();
    assertThat(isTried(collision.wants())).isFalse();
  }

  @Test
  void whoWasReachedLosesItsPlaceIfItNoLongerAnswers() {
    Collision collision = collide();
    long later = NOW + 5 * HOUR;
    book.attempted(collision.old(), false, later);
    book.resolveCollisions(later + 30_000);
    assertThat(isTried(collision.wants())).isFalse();
    book.resolveCollisions(later + 61_000);
    assertThat(isTried(collision.wants())).isTrue();
    assertThat(isTried(collision.old())).isFalse();
    assertThat(book.fault()).isEmpty();
  }

  /** Two addresses that want the same place. */
  private record Collision(NetAddress old, NetAddress wants) {}

  private Collision collide() {
    Random random = new Random(4);
    while (true) {
      NetAddress next = stranger(random);
      if (book.add(seen(next, 0), next, NOW) && !book.succeeded(next, NOW)) {
        return new Collision(book.selectCollision().orElseThrow().address(), next);
      }
    }
  }

  private boolean isTried(NetAddress address) {
    return book.all().stream()
        .anyMatch(known -> known.tried() && known.address().address().equals(address));
  }

  @Test
  void onlyWhatIsWantedIsChosen() {
    book.add(seen(PUBLIC, 0), PUBLIC, NOW);
    book.succeeded(PUBLIC, NOW);
    NetAddress ipv6 = address("[2a00::1]:7");
    book.add(seen(ipv6, 0), ipv6, NOW);
    assertThat(book.select(true, EnumSet.of(AddressNetwork.IPV4), NOW)).isEmpty();
    assertThat(book.select(true, ALL, NOW)).map(AddressBook.Choice::address).contains(ipv6);
    assertThat(book.select(false, EnumSet.of(AddressNetwork.IPV4), NOW))
        .map(AddressBook.Choice::address)
        .contains(PUBLIC);
    assertThat(book.select(false, EnumSet.of(AddressNetwork.TORV3), NOW)).isEmpty();
  }

  @Test
  void aBookIsReadAsItWasWritten() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      NetAddress next = stranger(random);
      book.add(seen(next, i), stranger(random), NOW);
      if (i % 3 == 0) {
        book.succeeded(next, NOW);
      }
    }
    AddressBook other = new AddressBook(new Random(6));
    other.load(new ByteReader(book.toBytes()));
    assertThat(other.all()).isEqualTo(book.all());
    assertThat(other.fault()).isEmpty();
  }

  @Test
  void aSampleIsAPartOfAll() {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      NetAddress next = stranger(random);
      book.add(seen(next, 0), next, NOW);
    }
    List<TimedAddress> sample = book.sample(1000, 23, Optional.empty(), NOW);
    assertThat(sample).hasSize(book.size() * 23 / 100).doesNotHaveDuplicates();
    assertThat(book.sample(10, 23, Optional.empty(), NOW)).hasSize(10);
  }
}
