package org.farthing.node.peer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses that were reached, and whose place another reached address has. Who has it keeps it if
 * it still answers when it is called; whether it does a feeler finds out. So nobody drives good
 * addresses out of the book by having his own reached.
 */
final class TriedCollisions {
  private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

  private static final int MAX_COLLISIONS = 10;
  private static final long REPLACEMENT_SECONDS = 4 * 60 * 60;
  private static final long TEST_WINDOW_SECONDS = 40 * 60;
  private static final long ANSWER_SECONDS = 60;

  private final Set<BookEntry> waiting = new LinkedHashSet<>();

  /** Another one; it is left as it is where too many wait. */
  void add(BookEntry wants, BookEntry has) {
    if (waiting.size() < MAX_COLLISIONS) {
      waiting.add(wants);
    }
    LOG.debug(
        "Collision with {} while attempting to move {} to tried table. Collisions={}",
        has.address,
        wants.address,
        waiting.size());
  }

  void clear() {
    waiting.clear();
  }

  /** One of those that have a place which another wants, at random. */
  Optional<BookEntry> any(BookTables tables, Random random) {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    BookEntry wants = List.copyOf(waiting).get(random.nextInt(waiting.size()));
    if (!tables.has(wants)) {
      waiting.remove(wants);
      return Optional.empty();
    }
    return Optional.ofNullable(tables.tried.get(tables.triedPlace(wants.address)));
  }

  /**
   * Settles who has the place, where that is clear now.
   *
   * @param replaces is given those that get it
   */
  void resolve(BookTables tables, long nowSeconds, Consumer<BookEntry> replaces) {
    for (BookEntry wants : List.copyOf(waiting)) {
      if (!tables.has(wants)) {
        waiting.remove(wants);
        continue;
      }
      BookEntry has = tables.tried.get(tables.triedPlace(wants.address));
      switch (verdict(wants, has, nowSeconds)) {
        case OPEN -> {
          // It is being called, or will be.
        }
        case KEEPS -> waiting.remove(wants);
        case LOSES -> {
          waiting.remove(wants);
          replaces.accept(wants);
        }
      }
    }
  }

  private enum Verdict {
    OPEN,
    KEEPS,
    LOSES
  }

  private static Verdict verdict(BookEntry wants, BookEntry has, long nowSeconds) {
    if (has == null) {
      return Verdict.LOSES;
    }
    if (nowSeconds - has.lastSuccessSeconds < REPLACEMENT_SECONDS) {
      return Verdict.KEEPS;
    }
    if (nowSeconds - has.lastTrySeconds < REPLACEMENT_SECONDS) {
      if (nowSeconds - has.lastTrySeconds <= ANSWER_SECONDS) {
        return Verdict.OPEN;
      }
      LOG.debug("Replacing {} with {} in tried table", has.address, wants.address);
      return Verdict.LOSES;
    }
    if (nowSeconds - wants.lastSuccessSeconds > TEST_WINDOW_SECONDS) {
      LOG.debug(
          "Unable to test; replacing {} with {} in tried table anyway", has.address, wants.address);
      return Verdict.LOSES;
    }
    return Verdict.OPEN;
  }
}
