package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final NetAddress PUBLIC = address("8.8.8.8:28760");
  private static final NetAddress LOOPBACK = address("127.0.0.1:28760");

  private final AddressBook book = new AddressBook();
  private final Random random = new Random(1);

  private static NetAddress address(String text) {
    try {
      return NetAddress.parse(text, 0);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  private static TimedAddress seen(NetAddress address, long agoSeconds) {
    return new TimedAddress(NOW / 1000 - agoSeconds, 9, address);
  }

  @Test
  void anAddressIsKnownOnce() {
    assertThat(book.add(seen(PUBLIC, 100), PUBLIC, NOW)).isTrue();
    assertThat(book.add(seen(PUBLIC, 50), PUBLIC, NOW)).isFalse();
    assertThat(book.all()).containsExactly(new KnownAddress(seen(PUBLIC, 50), PUBLIC, false));
  }

  @Test
  void aStrangerIsNotBelievedAboutOurOwnMachine() {
    assertThat(book.add(seen(LOOPBACK, 0), PUBLIC, NOW)).isFalse();
    assertThat(book.add(seen(LOOPBACK, 0), LOOPBACK, NOW)).isTrue();
  }

  @Test
  void aTimeInTheFutureIsNotBelieved() {
    book.add(seen(PUBLIC, -86_400), PUBLIC, NOW);
    assertThat(book.all().get(0).address().timeSeconds()).isLessThan(NOW / 1000);
  }

  @Test
  void whatFailsIsTriedAgainLaterAndLater() {
    book.add(seen(PUBLIC, 0), PUBLIC, NOW);
    long now = NOW;
    for (int failures = 1; failures < 12; failures++) {
      assertThat(book.pick(random, now, any -> true)).contains(PUBLIC);
      book.tried(PUBLIC, now);
      assertThat(book.pick(random, now + AddressBook.retryMillis(failures) - 1, any -> true))
          .isEmpty();
      now += AddressBook.retryMillis(failures);
    }
    assertThat(AddressBook.retryMillis(11)).isEqualTo(AddressBook.MAX_RETRY_MILLIS);
    book.succeeded(PUBLIC, 9, now);
    assertThat(book.pick(random, now + AddressBook.MIN_RETRY_MILLIS, any -> true)).contains(PUBLIC);
  }

  @Test
  void aFullBookForgetsTheWorst() {
    NetAddress failing = address("9.9.9.9:1");
    book.add(seen(failing, 0), PUBLIC, NOW);
    book.tried(failing, NOW);
    for (int i = 0; i < AddressBook.MAX_ADDRESSES; i++) {
      book.add(seen(address("8.1." + i / 256 + "." + i % 256 + ":5"), 10), PUBLIC, NOW);
    }
    assertThat(book.size()).isEqualTo(AddressBook.MAX_ADDRESSES);
    assertThat(book.all()).extracting(known -> known.address().address()).doesNotContain(failing);
  }
}
