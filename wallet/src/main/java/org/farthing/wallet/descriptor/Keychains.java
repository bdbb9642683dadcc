package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * All scripts that a wallet watches for. Each keychain is derived a gap limit ahead of the last
 * script that was given away or seen in use (BIP-0044), so that the payments to a wallet restored
 * from its words are found one after the other. Owned by one thread.
 */
public final class Keychains {
  /** How many scripts in a row may be unused before the search ends (BIP-0044). */
  public static final int DEFAULT_GAP_LIMIT = 20;

  /** The same where only the words are left: nobody knows which scripts were given away. */
  public static final int RECOVERY_GAP_LIMIT = 1_000;

  /** So many scripts of a keychain can be watched for. */
  public static final int MOST_SCRIPTS = 10_000_000;

  /** Of a place: the keychain's number, then the index in 31 bits, then the position in eight. */
  private static final int INDEX_SHIFT = 8;

  private static final int KEYCHAIN_SHIFT = INDEX_SHIFT + 31;
  private static final int MAX_POSITION = (1 << INDEX_SHIFT) - 1;

  private final int gapLimit;
  private final int mostScripts;
  private final Map<Integer, Keychain> keychains = new LinkedHashMap<>();
  private final List<Keychain> taught = new ArrayList<>();
  private final Map<Active, Keychain> active = new LinkedHashMap<>();

  /** In the order in which they were added. */
  private final List<Keychain> ordered = new ArrayList<>();

  private final ScriptTable places = new ScriptTable();

  /** What new scripts are wanted for. */
  public record Active(AddressType type, Role role) {}

  public Keychains(int gapLimit) {
    this(gapLimit, MOST_SCRIPTS);
  }

  /** The same, where fewer scripts can be watched for. */
  Keychains(int gapLimit, int mostScripts) {
    if (gapLimit < 1) {
      throw new IllegalArgumentException("a gap limit of at least 1, not " + gapLimit);
    }
    this.gapLimit = gapLimit;
    this.mostScripts = mostScripts;
  }

  public int gapLimit() {
    return gapLimit;
  }

  public List<Keychain> all() {
    return List.copyOf(keychains.values());
  }

  /** Those whose public keys have to be told by secrets; most wallets have none. */
  public List<Keychain> taught() {
    return Collections.unmodifiableList(taught);
  }

  public Optional<Keychain> get(int id) {
    return Optional.ofNullable(keychains.get(id));
  }

  /** An identifier that no keychain has. */
  public int unusedId() {
    return keychains.keySet().stream().mapToInt(id -> id + 1).max().orElse(0);
  }

  /** Adds a keychain of which all scripts below an index are given away already. */
  public void add(Keychain keychain, int next) {
    keychain.advanceTo(next);
    keychains.put(keychain.id(), keychain);
    ordered.add(keychain);
    if (keychain.needsTeaching()) {
      taught.add(keychain);
    }
    deriveAhead(keychain);
  }

  /**
   * Says anew which scripts of a keychain are watched for.
   *
   * @param next the first index to be given away from now on; it may be one that was before
   */
  public void change(Keychain keychain, Keychain.Details details, int next) {
    keychain.setDetails(details);
    keychain.goTo(next);
    deriveAhead(keychain);
  }

  /** How many scripts of all keychains are watched for. */
  public int watchedCount() {
    return places.size();
  }

  /** Shows all scripts that are watched for; one that several keychains have more than once. */
  public void forEachWatched(Consumer<Script> use) {
    for (Keychain keychain : ordered) {
      for (int index = keychain.details().first(); index < keychain.derivedEnd(); index++) {
        keychain.scripts(index).forEach(use);
      }
    }
  }

  /** Where a script comes from; of several keychains that have it, the first. */
  public Optional<ScriptOrigin> find(Script script) {
    List<ScriptOrigin> all = findAll(script);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /** Where a script comes from, in the order in which the keychains were added. */
  public List<ScriptOrigin> findAll(Script script) {
    int slot = places.first(script.hashCode());
    if (slot < 0) {
      return List.of();
    }
    List<Long> found = new ArrayList<>(1);
    for (; slot >= 0; slot = places.next(slot)) {
      long place = places.place(slot);
      if (keychain(place).isAt(index(place), position(place), script)) {
        found.add(place);
      }
    }
    return found.stream().sorted().map(this::origin).toList();
  }

  private ScriptOrigin origin(long place) {
    return new ScriptOrigin(keychain(place), index(place), position(place));
  }

  private Keychain keychain(long place) {
    return ordered.get((int) (place >>> KEYCHAIN_SHIFT));
  }

  private static int index(long place) {
    return (int) (place >>> INDEX_SHIFT) & Integer.MAX_VALUE;
  }

  private static int position(long place) {
    return (int) place & MAX_POSITION;
  }

  /** The keychain that new scripts of this kind come from. */
  public Optional<Keychain> active(AddressType type, Role role) {
    return Optional.ofNullable(active.get(new Active(type, role)));
  }

  /** Which keychains new scripts come from. */
  public Map<Active, Keychain> active() {
    return Map.copyOf(active);
  }

  public boolean isActive(Keychain keychain) {
    return active.containsValue(keychain);
  }

  /** From now on new scripts of this kind come from this keychain, and of no other kind. */
  public void activate(AddressType type, Role role, Keychain keychain) {
    active.values().remove(keychain);
    active.put(new Active(type, role), keychain);
  }

  /** From now on there are no new scripts of this kind. */
  public void deactivate(AddressType type, Role role) {
    active.remove(new Active(type, role));
  }

  /** Whether a keychain has a next script that can be told without secrets. */
  public boolean hasNext(Keychain keychain) {
    deriveAhead(keychain);
    return keychain.next() < keychain.derivedEnd();
  }

  /**
   * The next script of a keychain, which is given away once and never again. How many scripts are
   * watched for ahead of it grows before, and not again afterwards.
   *
   * @throws WalletException OUT_OF_KEYS where secrets would be needed to tell it, or so many were
   *     given away as can be watched for
   */
  public ScriptOrigin issue(Keychain keychain) throws WalletException {
    if (!hasNext(keychain)) {
      throw new WalletException(WalletError.OUT_OF_KEYS, whyNone(keychain));
    }
    ScriptOrigin origin = new ScriptOrigin(keychain, keychain.next(), 0);
    keychain.advanceTo(keychain.next() + 1);
    return origin;
  }

  private String whyNone(Keychain keychain) {
    if (keychain.descriptor().isRanged() && keychain.next() >= mostEnd(keychain)) {
      return "Error: all %d addresses of this kind have been given away: use another wallet"
          .formatted(mostScripts);
    }
    return keychain.details().ownKeys().isEmpty()
        ? "Error: No addresses available"
        : "Error: Keypool ran out, please call keypoolrefill first";
  }

  /**
   * Notes that a script was seen in use.
   *
   * @return whether scripts were derived that nobody looked for until now
   */
  public boolean markUsed(Script script) {
    boolean derived = false;
    for (ScriptOrigin origin : findAll(script)) {
      derived |= use(origin);
    }
    return derived;
  }

  private boolean use(ScriptOrigin origin) {
    if (!origin.keychain().descriptor().isRanged()) {
      return false;
    }
    origin.keychain().advanceTo(origin.index() + 1);
    return deriveAhead(origin.keychain());
  }

  /** How far a keychain is to be derived. */
  public int wantedEnd(Keychain keychain) {
    return keychain.descriptor().isRanged()
        ? Math.min(
            mostEnd(keychain), Math.max(keychain.next() + gapLimit, keychain.details().end()))
        : 1;
  }

  /** Indexes from here on can never be watched for: the wallet's file would not be read again. */
  public int mostEnd(Keychain keychain) {
    return (int) Math.min(Integer.MAX_VALUE, (long) keychain.details().first() + mostScripts);
  }

  /**
   * Derives what is still missing, as far as that is possible.
   *
   * @return whether there was anything
   */
  public boolean deriveAhead(Keychain keychain) {
    int from = keychain.derivedEnd();
    keychain.deriveTo(wantedEnd(keychain));
    boolean derived = keychain.derivedEnd() > from;
    if (derived) {
      watch(keychain, from);
    }
    return derived;
  }

  /** Watches for the scripts of a keychain from an index on. */
  private void watch(Keychain keychain, int from) {
    long number = ordered.indexOf(keychain);
    for (int index = from; index < keychain.derivedEnd(); index++) {
      for (int position = 0; position < keychain.each(); position++) {
        long place = number << KEYCHAIN_SHIFT | (long) index << INDEX_SHIFT | position;
        places.add(keychain.hashOf(index, position), place);
      }
    }
  }
}
