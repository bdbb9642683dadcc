package org.farthing.node.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/**
 * What those are told who ask for addresses. All who ask over the same network at the same local
 * address are told the same for about a day: who asks often learns no more, and nobody learns by
 * asking at two places that they belong to one node.
 */
final class AddressAnswers {
  private static final int MAX_PERCENT = 23;
  private static final int SMALL_BOOK = 100;
  private static final long HOUR_MILLIS = 60 * 60_000L;
  private static final long MIN_MILLIS = 21 * HOUR_MILLIS;
  private static final int SPREAD_MILLIS = (int) (6 * HOUR_MILLIS);

  private record Place(AddressNetwork network, NetAddress local) {}

  private record Answer(List<TimedAddress> addresses, long untilMillis) {}

  private final AddressBook book;
  private final Predicate<NetAddress> isWelcome;
  private final boolean tellsAll;
  private final Random random;
  private final Map<Place, Answer> answers = new HashMap<>();

  /**
   * @param tellsAll whether a small book is told as a whole: in a network of few nodes nobody would
   *     hear of anybody else
   */
  AddressAnswers(
      AddressBook book, Predicate<NetAddress> isWelcome, boolean tellsAll, Random random) {
    this.tellsAll = tellsAll;
    this.book = book;
    this.isWelcome = isWelcome;
    this.random = random;
  }

  /**
   * @param network over which the peer is connected
   */
  List<TimedAddress> to(Peer peer, AddressNetwork network, long nowMillis) {
    if (peer.may(NetPermission.ADDR) || isSmall()) {
      return sample(nowMillis);
    }
    Place place = new Place(network, peer.connection().local());
    Answer answer = answers.get(place);
    if (answer == null || answer.untilMillis() < nowMillis) {
      answers.values().removeIf(old -> old.untilMillis() < nowMillis);
      answer =
          new Answer(sample(nowMillis), nowMillis + MIN_MILLIS + random.nextInt(SPREAD_MILLIS));
      answers.put(place, answer);
    }
    return answer.addresses();
  }

  private boolean isSmall() {
    return tellsAll && book.size() <= SMALL_BOOK;
  }

  private List<TimedAddress> sample(long nowMillis) {
    int percent = isSmall() ? 0 : MAX_PERCENT;
    return book.sample(TimedAddress.MAX_ADDRESSES, percent, Optional.empty(), nowMillis).stream()
        .filter(told -> isWelcome.test(told.address()))
        .toList();
  }
}
