package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses of nodes that others told us of, with what we know from trying them. Bounded: when it
 * is full, the address that has failed most often, or was seen longest ago, makes room. Owned by
 * the node thread.
 */
public final class AddressBook {
  private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

  static final int MAX_ADDRESSES = 5_000;

  /** An address that failed is left alone for this long, then twice as long, and so on. */
  static final long MIN_RETRY_MILLIS = 5_000;

  static final long MAX_RETRY_MILLIS = 10 * 60_000L;

  /** An address whose time lies further ahead than this is not believed. */
  private static final long MAX_AHEAD_SECONDS = 10 * 60;

  private static final long DOUBTFUL_AGE_SECONDS = 5L * 24 * 60 * 60;

  private static final class Entry {
    final NetAddress source;
    TimedAddress known;
    boolean tried;
    int failures;
    long triedAtMillis = Long.MIN_VALUE;

    Entry(TimedAddress known, NetAddress source) {
      this.known = known;
      this.source = source;
    }

    KnownAddress shown() {
      return new KnownAddress(known, source, tried);
    }

    boolean isReady(long nowMillis) {
      return triedAtMillis == Long.MIN_VALUE || nowMillis - triedAtMillis >= retryMillis(failures);
    }
  }

  private final Map<NetAddress, Entry> entries = new LinkedHashMap<>();

  /** How long to wait after so many failures in a row. */
  static long retryMillis(int failures) {
    return Math.min(MAX_RETRY_MILLIS, MIN_RETRY_MILLIS << Math.min(failures, 20));
  }

  /**
   * Remembers an address that {@code source} told. An address that only the same machine or the
   * same private network can reach is believed only to a peer that is there itself.
   *
   * @return true where it was not known
   */
  public boolean add(TimedAddress told, NetAddress source, long nowMillis) {
    NetAddress address = told.address();
    if (address.port() == 0 || (!address.isRoutable() && source.isRoutable())) {
      return false;
    }
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    long seen = told.timeSeconds();
    if (seen > nowSeconds + MAX_AHEAD_SECONDS) {
      seen = Math.max(0, nowSeconds - DOUBTFUL_AGE_SECONDS);
    }
    TimedAddress believed = new TimedAddress(seen, told.services(), address);
    Entry entry = entries.get(address);
    if (entry != null) {
      if (seen > entry.known.timeSeconds()) {
        entry.known = believed;
      }
      return false;
    }
    if (entries.size() >= MAX_ADDRESSES) {
      forgetWorst();
    }
    entries.put(address, new Entry(believed, source));
    LOG.debug("Added {} to new", address);
    return true;
  }

  /** We connect to it now. */
  public void tried(NetAddress address, long nowMillis) {
    Entry entry = entries.get(address);
    if (entry != null) {
      entry.triedAtMillis = nowMillis;
      entry.failures++;
    }
  }

  /** The handshake with it was completed. */
  public void succeeded(NetAddress address, long services, long nowMillis) {
    Entry entry = entries.get(address);
    if (entry != null) {
      entry.failures = 0;
      entry.tried = true;
      entry.triedAtMillis = nowMillis;
      entry.known = new TimedAddress(Math.floorDiv(nowMillis, 1000L), services, address);
    }
  }

  /** It is our own address, or of no use. */
  public void remove(NetAddress address) {
    entries.remove(address);
  }

  /** An address of an earlier run. */
  public void restore(KnownAddress known, long nowMillis) {
    if (add(known.address(), known.source(), nowMillis) && known.tried()) {
      entries.get(known.address().address()).tried = true;
    }
  }

  /** The address is one to which connections were made; false if it is not known. */
  public boolean markTried(NetAddress address) {
    Entry entry = entries.get(address);
    if (entry != null) {
      entry.tried = true;
    }
    return entry != null;
  }

  /**
   * An address to connect to now, at random; those that never failed first. Those that no socket
   * can reach are only passed on.
   */
  public Optional<NetAddress> pick(Random random, long nowMillis, Predicate<NetAddress> isAllowed) {
    List<NetAddress> fresh = new ArrayList<>();
    List<NetAddress> failed = new ArrayList<>();
    entries.forEach(
        (address, entry) -> {
          if (address.toSocketAddress().isPresent()
              && entry.isReady(nowMillis)
              && isAllowed.test(address)) {
            (entry.failures == 0 ? fresh : failed).add(address);
          }
        });
    List<NetAddress> choice = fresh.isEmpty() ? failed : fresh;
    return choice.isEmpty()
        ? Optional.empty()
        : Optional.of(choice.get(random.nextInt(choice.size())));
  }

  /** At most {@code limit} addresses at random, to be told to somebody. */
  public List<TimedAddress> sample(Random random, int limit, Predicate<NetAddress> isAllowed) {
    List<TimedAddress> all = new ArrayList<>();
    entries.forEach(
        (address, entry) -> {
          if (isAllowed.test(address)) {
            all.add(entry.known);
          }
        });
    Collections.shuffle(all, random);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  /** All addresses, those first that have been here for longest. */
  public List<KnownAddress> all() {
    return entries.values().stream().map(Entry::shown).toList();
  }

  /** What a node at this address is said to offer. */
  public long services(NetAddress address) {
    Entry entry = entries.get(address);
    return entry == null ? Services.NONE : entry.known.services();
  }

  public int size() {
    return entries.size();
  }

  private void forgetWorst() {
    NetAddress worst = null;
    for (Map.Entry<NetAddress, Entry> each : entries.entrySet()) {
      if (worst == null || isWorse(each.getValue(), entries.get(worst))) {
        worst = each.getKey();
      }
    }
    entries.remove(worst);
  }

  private static boolean isWorse(Entry left, Entry right) {
    return left.failures != right.failures
        ? left.failures > right.failures
        : left.known.timeSeconds() < right.known.timeSeconds();
  }
}
