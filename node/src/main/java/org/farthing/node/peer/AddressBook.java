package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses of nodes that others told us of, with what we know from trying them. Built as Bitcoin
 * Core's, so that whoever floods it with addresses cannot choose whom we call:
 *
 * <ul>
 *   <li>New addresses and those that were reached have tables of their own; half of the choices
 *       fall on each.
 *   <li>An address has its place in a table by a keyed hash of its group and, while it is new, of
 *       the group of who told it: a source fills 64 of 1024 buckets, a group 8 of 256.
 *   <li>A new address takes a place of another only if that is of no use any more, or has others.
 *       It can have up to eight places, by eight sources, each twice as unlikely as the one before.
 *   <li>Where a reached address meets another at its place, that one stays if it still answers when
 *       it is called ({@link #selectCollision}).
 * </ul>
 *
 * Owned by the node thread.
 */
public final class AddressBook {
  private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

  private static final long HOUR_SECONDS = 60 * 60;
  private static final long DAY_SECONDS = 24 * HOUR_SECONDS;
  private static final long TIME_UPDATE_SECONDS = 20 * 60;
  private static final double MORE_CHANCE = 1.2;
  private static final int PERCENT = 100;

  /**
   * @param knownKey for tests: places can be told in advance
   * @param checkOneIn the book is checked once in so many calls; 0: never
   * @param local whether addresses are taken that only this machine or its private network can
   *     reach, from those who are there
   */
  public record Options(boolean knownKey, int checkOneIn, boolean local) {
    public static final Options USUAL = new Options(false, 0, true);
  }

  /**
   * An address that may be called.
   *
   * @param lastTrySeconds when it was called last, 0 for never
   */
  public record Choice(TimedAddress told, long lastTrySeconds) {
    public NetAddress address() {
      return told.address();
    }
  }

  private final Random random;
  private final Options options;
  private final TriedCollisions collisions = new TriedCollisions();
  private BookTables tables;
  private long lastGoodSeconds = 1;

  public AddressBook(Random random, Options options) {
    this.random = random;
    this.options = options;
    this.tables = new BookTables(options.knownKey() ? BookKey.known() : BookKey.random(random));
  }

  public AddressBook(Random random) {
    this(random, Options.USUAL);
  }

  /** Remembers an address whose time is believed. */
  public boolean add(TimedAddress told, NetAddress source, long nowMillis) {
    return add(told, source, 0, nowMillis);
  }

  /**
   * Remembers an address that {@code source} told. An address that only the same machine or the
   * same private network can reach is believed only to a peer that is there itself.
   *
   * @param penaltySeconds by so much less it counts as seen, unless the source is the node itself
   * @return true where it has got a place
   */
  public boolean add(TimedAddress told, NetAddress source, long penaltySeconds, long nowMillis) {
    NetAddress address = told.address();
    if (address.equals(NetAddress.NONE.withPort(address.port()))
        || (!address.isRoutable() && (source.isRoutable() || !options.local()))) {
      return false;
    }
    check();
    boolean isSelf = address.withPort(0).equals(source.withPort(0));
    long penalty = isSelf ? 0 : penaltySeconds;
    Optional<BookEntry> known = tables.find(address);
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    if (known.isPresent() && !isNews(known.get(), told, penalty, nowSeconds)) {
      return false;
    }
    BookEntry entry = known.orElseGet(() -> create(told, source, penalty));
    boolean added = place(entry, source, nowSeconds);
    check();
    return added;
  }

  private BookEntry create(TimedAddress told, NetAddress source, long penalty) {
    BookEntry entry = new BookEntry(told, source);
    entry.timeSeconds = Math.max(0, told.timeSeconds() - penalty);
    tables.create(entry);
    return entry;
  }

  /** Learns what is new of a known address; true if it may get another place. */
  private boolean isNews(BookEntry entry, TimedAddress told, long penalty, long nowSeconds) {
    boolean online = nowSeconds - told.timeSeconds() < DAY_SECONDS;
    long interval = online ? HOUR_SECONDS : DAY_SECONDS;
    if (entry.timeSeconds < told.timeSeconds() - interval - penalty) {
      entry.timeSeconds = Math.max(0, told.timeSeconds() - penalty);
    }
    entry.services |= told.services();
    if (told.timeSeconds() <= entry.timeSeconds
        || entry.tried
        || entry.places == BookTables.MAX_PLACES) {
      return false;
    }
    return entry.places == 0 || random.nextInt(1 << entry.places) == 0;
  }

  private boolean place(BookEntry entry, NetAddress source, long nowSeconds) {
    BookTable.Place place = tables.freshPlace(entry.address, source);
    BookEntry old = tables.fresh.get(place);
    boolean free =
        old == null
            || (old != entry
                && (old.isTerrible(nowSeconds) || (old.places > 1 && entry.places == 0)));
    if (free) {
      tables.putFresh(place, entry);
      LOG.debug("Added {} to new[{}][{}]", entry.address, place.bucket(), place.position());
    } else if (entry.places == 0) {
      tables.delete(entry);
    }
    return free;
  }

  /**
   * We connect to it now.
   *
   * @param counts whether a failure is one: not where we may have no network ourselves
   */
  public void attempted(NetAddress address, boolean counts, long nowMillis) {
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    tables
        .find(address)
        .ifPresent(
            entry -> {
              entry.lastTrySeconds = nowSeconds;
              if (counts && entry.lastCountedSeconds < lastGoodSeconds) {
                entry.lastCountedSeconds = nowSeconds;
                entry.attempts++;
              }
            });
  }

  /**
   * The handshake with it was completed.
   *
   * @return true where it became one of those that were tried
   */
  public boolean succeeded(NetAddress address, long nowMillis) {
    check();
    boolean moved = good(address, true, Math.floorDiv(nowMillis, 1000L));
    check();
    return moved;
  }

  private boolean good(NetAddress address, boolean testsFirst, long nowSeconds) {
    lastGoodSeconds = nowSeconds;
    BookEntry entry = tables.find(address).orElse(null);
    if (entry == null) {
      return false;
    }
    entry.lastSuccessSeconds = nowSeconds;
    entry.lastTrySeconds = nowSeconds;
    entry.attempts = 0;
    // The time that others are told stays: it would show whom we are connected to.
    if (entry.tried) {
      return false;
    }
    BookTable.Place place = tables.triedPlace(address);
    BookEntry old = tables.tried.get(place);
    if (testsFirst && old != null) {
      collisions.add(entry, old);
      return false;
    }
    tables.makeTried(entry);
    LOG.debug("Moved {} to tried[{}][{}]", address, place.bucket(), place.position());
    return true;
  }

  /** We were connected to it until now, or are. */
  public void connected(NetAddress address, long nowMillis) {
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    tables
        .find(address)
        .filter(entry -> nowSeconds - entry.timeSeconds > TIME_UPDATE_SECONDS)
        .ifPresent(entry -> entry.timeSeconds = nowSeconds);
  }

  /** What it said itself that it offers. */
  public void offers(NetAddress address, long services) {
    tables.find(address).ifPresent(entry -> entry.services = services);
  }

  /**
   * An address to call, at random; those that failed or were called a short time ago are less
   * likely.
   *
   * @param newOnly only one that was never reached
   * @param networks only one of these
   */
  public Optional<Choice> select(boolean newOnly, Set<AddressNetwork> networks, long nowMillis) {
    int fresh = networks.stream().mapToInt(network -> tables.count(network).fresh).sum();
    int tried =
        newOnly ? 0 : networks.stream().mapToInt(network -> tables.count(network).tried).sum();
    if (fresh + tried == 0) {
      return Optional.empty();
    }
    boolean searchTried = tried > 0 && (fresh == 0 || random.nextBoolean());
    BookTable table = searchTried ? tables.tried : tables.fresh;
    Predicate<BookEntry> isWanted = entry -> networks.contains(entry.address.network());
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    double factor = 1;
    while (true) {
      BookEntry entry = table.any(random, isWanted);
      if (random.nextDouble() < factor * entry.chance(nowSeconds)) {
        LOG.debug("Selected {} from {}", entry.address, searchTried ? "tried" : "new");
        return Optional.of(new Choice(entry.told(), entry.lastTrySeconds));
      }
      factor *= MORE_CHANCE;
    }
  }

  /** One of those whose place another wants: does it still answer? */
  public Optional<Choice> selectCollision() {
    return collisions
        .any(tables, random)
        .map(entry -> new Choice(entry.told(), entry.lastTrySeconds));
  }

  /** Settles who has the place, where that is clear now. */
  public void resolveCollisions(long nowMillis) {
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    collisions.resolve(tables, nowSeconds, wants -> good(wants.address, false, nowSeconds));
    check();
  }

  /**
   * Addresses at random, to be told to somebody.
   *
   * @param limit at most so many; 0: no limit
   * @param percent at most so many of all; 0: no limit
   * @param network only of this one; empty: of all
   */
  public List<TimedAddress> sample(
      int limit, int percent, Optional<AddressNetwork> network, long nowMillis) {
    check();
    int size = tables.list().size();
    int wanted = percent == 0 ? size : size * percent / PERCENT;
    wanted = limit == 0 ? wanted : Math.min(wanted, limit);
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    List<TimedAddress> sample = new ArrayList<>();
    for (int i = 0; i < size && sample.size() < wanted; i++) {
      BookEntry entry = tables.shuffleInto(i, random);
      boolean fits = network.isEmpty() || network.get() == entry.address.network();
      if (fits && !entry.isTerrible(nowSeconds)) {
        sample.add(entry.told());
      }
    }
    LOG.debug("GetAddr returned {} random addresses", sample.size());
    return sample;
  }

  /** All places with who has them, the new ones first. */
  public List<KnownAddress> all() {
    List<KnownAddress> all = new ArrayList<>();
    tables.fresh.all().forEach((place, entry) -> all.add(known(place, entry)));
    tables.tried.all().forEach((place, entry) -> all.add(known(place, entry)));
    return all;
  }

  private static KnownAddress known(BookTable.Place place, BookEntry entry) {
    return new KnownAddress(
        entry.told(), entry.source, entry.tried, place.bucket(), place.position());
  }

  /** What a node at this address is said to offer. */
  public long services(NetAddress address) {
    return tables.find(address).map(entry -> entry.services).orElse(Services.NONE);
  }

  public int size() {
    return tables.list().size();
  }

  /** How many addresses of a network were never reached. */
  public int freshCount(AddressNetwork network) {
    return tables.count(network).fresh;
  }

  /** How many addresses of a network were reached at some time. */
  public int triedCount(AddressNetwork network) {
    return tables.count(network).tried;
  }

  /** Whether an address of a network is known. */
  boolean knows(AddressNetwork network) {
    return freshCount(network) + triedCount(network) > 0;
  }

  /** The whole book, as bytes. */
  public byte[] toBytes() {
    return BookCodec.write(tables);
  }

  /**
   * Takes over what {@link #toBytes} has written, in the place of what is known.
   *
   * @throws DecodeException with Bitcoin Core's reason; nothing has changed
   * @throws UnsupportedBookException if it is of another time; nothing has changed
   */
  public void load(ByteReader in) throws DecodeException, UnsupportedBookException {
    BookTables read = BookCodec.read(in);
    int fault = new BookCheck(read).run();
    if (fault != 0) {
      throw new DecodeException(
          "Corrupt data. Consistency check failed with code " + fault + ": iostream error");
    }
    tables = read;
    collisions.clear();
  }

  /** What is wrong with the book, if anything is. */
  OptionalInt fault() {
    int fault = new BookCheck(tables).run();
    return fault == 0 ? OptionalInt.empty() : OptionalInt.of(fault);
  }

  private void check() {
    if (options.checkOneIn() > 0 && random.nextInt(options.checkOneIn()) == 0) {
      OptionalInt fault = fault();
      if (fault.isPresent()) {
        throw new AssertionError("ADDRMAN CONSISTENCY CHECK FAILED!!! err=" + fault.getAsInt());
      }
    }
  }
}
