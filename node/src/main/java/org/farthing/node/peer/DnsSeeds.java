package org.farthing.node.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When which name is looked up for addresses of nodes. Names are asked only if need be, since who
 * answers learns that there is a node, and chooses whom it hears of first:
 *
 * <ul>
 *   <li>{@code -seednode}s have half a minute to lead to peers before;
 *   <li>where no address is known all names are asked at once, and so they are if the operator
 *       wants it;
 *   <li>otherwise three at a time, each time after the addresses that are known had their chance:
 *       eleven seconds, or five minutes where they are a thousand or more. With two peers that is
 *       the end of it;
 *   <li>names of the operator are asked again while there are fewer peers than that, with growing
 *       pauses: in a network that has just been started the others may come later.
 * </ul>
 */
final class DnsSeeds {
  private static final Logger LOG = LoggerFactory.getLogger(DnsSeeds.class);

  /** With so many peers that relay everything a node finds the others by itself. */
  static final int ENOUGH_PEERS = 2;

  static final long SEED_NODE_MILLIS = 30_000;
  static final long FEW_MILLIS = 11_000;
  static final long MANY_MILLIS = 300_000;
  private static final int MANY = 1000;
  private static final int AT_ONCE = 3;

  /** A name to look up. */
  record Seed(String host, boolean ofNetwork) {}

  /**
   * How things stand.
   *
   * @param known addresses
   * @param peers whose handshake is over, and that relay everything
   * @param active whether there is any network
   */
  record Situation(int known, int peers, boolean active) {
    boolean isEnough() {
      return peers >= ENOUGH_PEERS;
    }
  }

  private enum Phase {
    BEGINNING,
    SEED_NODES,
    ASKING,
    WAITING,
    LAST_ANSWERS,
    AGAIN
  }

  private final Deque<Seed> left = new ArrayDeque<>();
  private final List<Seed> ofOperator;
  private final BackOff again = new BackOff();
  private final boolean forced;
  private final boolean hasSeedNodes;
  private Phase phase = Phase.BEGINNING;
  private long untilMillis;
  private long waitMillis;
  private int rightNow;
  private int unanswered;
  private int found;
  private boolean toldInactive;

  DnsSeeds(PeerSources sources, Random random) {
    PeerSources.Names names = sources.names();
    List<Seed> seeds = new ArrayList<>();
    names.ofNetwork().forEach(host -> seeds.add(new Seed(host, true)));
    names.ofOperator().forEach(host -> seeds.add(new Seed(host, false)));
    ofOperator = seeds.stream().filter(seed -> !seed.ofNetwork()).toList();
    Collections.shuffle(seeds, random);
    left.addAll(seeds);
    forced = names.forced();
    hasSeedNodes = !sources.nodes().isEmpty();
  }

  /** The answer to a name, with so many addresses. */
  void answered(int addresses) {
    unanswered--;
    found += addresses;
  }

  /** The names to look up now; {@link #answered} is to be called once for each. */
  List<Seed> due(Situation situation, long nowMillis) {
    List<Seed> due = new ArrayList<>();
    Optional<Seed> next = next(situation, nowMillis);
    while (next.isPresent()) {
      due.add(next.get());
      next = next(situation, nowMillis);
    }
    if (phase == Phase.AGAIN && !situation.isEnough() && again.isDue(nowMillis)) {
      again.attempted(nowMillis);
      due.addAll(ofOperator);
      unanswered += ofOperator.size();
    }
    return due;
  }

  private Optional<Seed> next(Situation situation, long nowMillis) {
    if (phase == Phase.BEGINNING) {
      begin(situation, nowMillis);
    }
    if (phase == Phase.SEED_NODES) {
      awaitSeedNodes(situation, nowMillis);
    }
    if (phase == Phase.WAITING) {
      awaitPeers(situation, nowMillis);
    }
    Optional<Seed> next = phase == Phase.ASKING ? ask(situation, nowMillis) : Optional.empty();
    if (phase == Phase.LAST_ANSWERS && unanswered == 0) {
      LOG.info("{} addresses found from DNS seeds", found);
      finish(nowMillis);
    }
    return next;
  }

  private void begin(Situation situation, long nowMillis) {
    if (hasSeedNodes) {
      LOG.info(
          "-seednode enabled. Trying the provided seeds for {} seconds before defaulting to the"
              + " dnsseeds.",
          SEED_NODE_MILLIS / 1000);
      phase = Phase.SEED_NODES;
      untilMillis = nowMillis + SEED_NODE_MILLIS;
    } else {
      decide(situation, false, nowMillis);
    }
  }

  private void awaitSeedNodes(Situation situation, long nowMillis) {
    if (situation.isEnough()) {
      LOG.info("P2P peers available. Finished fetching data from seed nodes.");
      decide(situation, true, nowMillis);
    } else if (nowMillis > untilMillis) {
      LOG.info(
          "Couldn't connect to enough peers via seed nodes. Handing fetch logic to the DNS seeds.");
      decide(situation, false, nowMillis);
    }
  }

  private void decide(Situation situation, boolean hasPeers, long nowMillis) {
    boolean all = forced || situation.known() == 0;
    rightNow = all ? left.size() : 0;
    waitMillis = situation.known() >= MANY ? MANY_MILLIS : FEW_MILLIS;
    phase = Phase.ASKING;
    if (hasPeers && rightNow == 0) {
      LOG.info("Skipping DNS seeds. Enough peers have been found");
      finish(nowMillis);
    }
  }

  private Optional<Seed> ask(Situation situation, long nowMillis) {
    if (left.isEmpty()) {
      phase = Phase.LAST_ANSWERS;
      return Optional.empty();
    }
    if (rightNow == 0) {
      rightNow = AT_ONCE;
      if (situation.known() > 0) {
        LOG.info("Waiting {} seconds before querying DNS seeds.", waitMillis / 1000);
        phase = Phase.WAITING;
        untilMillis = nowMillis + waitMillis;
        return Optional.empty();
      }
    }
    if (!situation.active()) {
      if (!toldInactive) {
        LOG.info("Waiting for network to be reactivated before querying DNS seeds.");
        toldInactive = true;
      }
      return Optional.empty();
    }
    rightNow--;
    unanswered++;
    LOG.info("Loading addresses from DNS seed {}", left.element().host());
    return Optional.of(left.remove());
  }

  private void awaitPeers(Situation situation, long nowMillis) {
    if (situation.isEnough()) {
      if (found > 0) {
        LOG.info("{} addresses found from DNS seeds", found);
        LOG.info("P2P peers available. Finished DNS seeding.");
      } else {
        LOG.info("P2P peers available. Skipped DNS seeding.");
      }
      finish(nowMillis);
    } else if (nowMillis >= untilMillis) {
      phase = Phase.ASKING;
    }
  }

  private void finish(long nowMillis) {
    phase = Phase.AGAIN;
    again.attempted(nowMillis);
  }
}
