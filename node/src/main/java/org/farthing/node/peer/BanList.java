package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may not connect to us. The operator bans addresses until some time; who misbehaves is only
 * discouraged: he is not called, and not let in where there is little room left. Of many
 * discouraged addresses the oldest are forgotten. Owned by the node thread.
 */
public final class BanList {
  private static final Logger LOG = LoggerFactory.getLogger(BanList.class);

  private static final int DISCOURAGED_CAPACITY = 50_000;

  private final Clock clock;
  private final long usualSeconds;
  private final Map<NetRange, Ban> bans = new TreeMap<>();
  private final Map<NetAddress, Long> discouraged = new LinkedHashMap<>();
  private Consumer<List<Ban>> store = changed -> {};
  private Runnable onDiscouraged = () -> {};

  /**
   * @param createdSeconds when it began, in seconds since 1970
   * @param untilSeconds when it ends, in seconds since 1970
   */
  public record Ban(NetRange range, long createdSeconds, long untilSeconds) {}

  /**
   * @param address without a port
   * @param sinceSeconds when it last misbehaved, in seconds since 1970
   */
  public record Discouraged(NetAddress address, long sinceSeconds) {}

  /**
   * @param usualSeconds how long a ban lasts if nobody says anything
   */
  public BanList(Clock clock, long usualSeconds) {
    this.clock = clock;
    this.usualSeconds = usualSeconds;
  }

  /**
   * Begins with the bans of an earlier run.
   *
   * @param keep is given all bans whenever they change
   */
  public void restore(List<Ban> earlier, Consumer<List<Ban>> keep) {
    earlier.forEach(ban -> bans.put(ban.range(), ban));
    sweep();
    store = keep;
  }

  /** Bans for so many seconds, or as long as usual for none; a longer ban stays. */
  public void banFor(NetRange range, long seconds) {
    ban(range, clock.nowSeconds() + (seconds > 0 ? seconds : usualSeconds));
  }

  /** Bans until this time, in seconds since 1970. */
  public void banUntil(NetRange range, long untilSeconds) {
    ban(range, untilSeconds);
  }

  private void ban(NetRange range, long untilSeconds) {
    Ban before = bans.get(range);
    if (before == null || before.untilSeconds() < untilSeconds) {
      bans.put(range, new Ban(range, clock.nowSeconds(), untilSeconds));
      changed();
    }
  }

  /** False where exactly this was not banned. */
  public boolean unban(NetRange range) {
    boolean was = bans.remove(range) != null;
    if (was) {
      changed();
    }
    return was;
  }

  /** Nobody is banned any more. */
  public void clear() {
    bans.clear();
    changed();
  }

  /** The bans that last. */
  public List<Ban> all() {
    if (sweep()) {
      changed();
    }
    return new ArrayList<>(bans.values());
  }

  private void changed() {
    sweep();
    store.accept(List.copyOf(bans.values()));
  }

  /** Forgets what is over; true if there was any. */
  private boolean sweep() {
    long now = clock.nowSeconds();
    boolean any = false;
    for (Ban ban : List.copyOf(bans.values())) {
      if (now > ban.untilSeconds()) {
        LOG.debug("Removed banned node address/subnet: {}", ban.range());
        bans.remove(ban.range());
        any = true;
      }
    }
    return any;
  }

  /** Whether exactly this range is banned. */
  public boolean isBanned(NetRange range) {
    Ban ban = bans.get(range);
    return ban != null && clock.nowSeconds() < ban.untilSeconds();
  }

  public boolean isBanned(NetAddress address) {
    long now = clock.nowSeconds();
    return bans.values().stream()
        .anyMatch(ban -> now < ban.untilSeconds() && ban.range().contains(address));
  }

  /** Whoever is at this address misbehaved. */
  public void discourage(NetAddress address) {
    discourage(new Discouraged(address.withPort(0), clock.nowSeconds()));
    onDiscouraged.run();
  }

  private void discourage(Discouraged each) {
    discouraged.remove(each.address());
    discouraged.put(each.address(), each.sinceSeconds());
    if (discouraged.size() > DISCOURAGED_CAPACITY) {
      discouraged.remove(discouraged.keySet().iterator().next());
    }
  }

  /** Those who misbehaved, the last one last. */
  public List<Discouraged> discouraged() {
    return discouraged.entrySet().stream()
        .map(each -> new Discouraged(each.getKey(), each.getValue()))
        .toList();
  }

  /**
   * Begins with those who misbehaved in an earlier run.
   *
   * @param changed is run whenever there is another one
   */
  public void restoreDiscouraged(List<Discouraged> earlier, Runnable changed) {
    earlier.forEach(this::discourage);
    onDiscouraged = changed;
  }

  public boolean isDiscouraged(NetAddress address) {
    return discouraged.containsKey(address.withPort(0));
  }

  /** Neither banned nor discouraged. */
  public boolean isWelcome(NetAddress address) {
    return !isDiscouraged(address) && !isBanned(address);
  }
}
