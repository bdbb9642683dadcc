package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.descriptor.Keychain.Role;

/**
 * All scripts that a wallet watches for. Each keychain is derived a gap limit ahead of the last
 * script that was given away or seen in use (BIP-0044), so that the payments to a wallet restored
 * from its words are found one after the other. Owned by one thread.
 */
public final class Keychains {
  /** How many scripts in a row may be unused before the search ends (BIP-0044). */
  public static final int DEFAULT_GAP_LIMIT = 20;

  private final int gapLimit;
  private final List<Keychain> keychains = new ArrayList<>();
  private final Map<Script, ScriptOrigin> origins = new HashMap<>();

  public Keychains(int gapLimit) {
    if (gapLimit < 1) {
      throw new IllegalArgumentException("a gap limit of at least 1, not " + gapLimit);
    }
    this.gapLimit = gapLimit;
  }

  public int gapLimit() {
    return gapLimit;
  }

  public List<Keychain> all() {
    return List.copyOf(keychains);
  }

  /** Adds a keychain of which so many scripts are given away already. */
  public void add(Keychain keychain, int next) {
    keychain.advanceTo(next);
    keychains.add(keychain);
    deriveAhead(keychain);
  }

  /** How many scripts of all keychains are watched for. */
  public int watchedCount() {
    return origins.size();
  }

  public Optional<ScriptOrigin> find(Script script) {
    return Optional.ofNullable(origins.get(script));
  }

  /** The keychain that new scripts of this role come from. */
  public Optional<Keychain> active(Role role) {
    return keychains.stream().filter(keychain -> keychain.role() == role).findFirst();
  }

  /** The next script of a keychain, which is given away once and never again. */
  public ScriptOrigin issue(Keychain keychain) {
    ScriptOrigin origin = new ScriptOrigin(keychain, keychain.next());
    markUsed(origin);
    return origin;
  }

  /**
   * Notes that a script was seen in use or given away.
   *
   * @return whether scripts were derived that nobody looked for until now
   */
  public boolean markUsed(ScriptOrigin origin) {
    origin.keychain().advanceTo(origin.index() + 1);
    return deriveAhead(origin.keychain());
  }

  private boolean deriveAhead(Keychain keychain) {
    int wanted = keychain.descriptor().isRanged() ? keychain.next() + gapLimit : 1;
    boolean derived = false;
    while (keychain.derivedCount() < wanted) {
      int index = keychain.derivedCount();
      origins.putIfAbsent(keychain.derive(), new ScriptOrigin(keychain, index));
      derived = true;
    }
    return derived;
  }
}
