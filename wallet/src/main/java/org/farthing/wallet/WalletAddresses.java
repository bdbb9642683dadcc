package org.farthing.wallet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.descriptor.ScriptOrigin;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * The addresses of a wallet, with the owner's names for them. An address is given away once and
 * never again.
 */
public final class WalletAddresses {
  /** As many of a kind can be derived ahead: what {@code -keypool} takes at most, too. */
  public static final int MOST_AHEAD = 1_000_000;

  private final WalletContext context;
  private final WalletState state;
  private final KeyTeacher teacher;

  WalletAddresses(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.teacher = new KeyTeacher(context, state);
  }

  /**
   * An address of the usual kind that was never given away.
   *
   * @param label the owner's name for it; may be empty
   * @throws WalletException NO_KEYS, OUT_OF_KEYS
   */
  public Address newReceive(String label) throws WalletException {
    return newReceive(label, context.options().addressType());
  }

  /** The same, of another kind. */
  public Address newReceive(String label, AddressType type) throws WalletException {
    context.owner().check();
    Address address = issue(type, Role.RECEIVE);
    if (!label.isEmpty()) {
      state.setLabel(address.toString(), label);
    }
    return address;
  }

  /**
   * An address for change that was never used, of the kind that change usually has.
   *
   * @throws WalletException NO_KEYS, OUT_OF_KEYS
   */
  public Address newChange() throws WalletException {
    WalletOptions options = context.options();
    return newChange(options.changeType().orElse(options.addressType()));
  }

  /** The same, of another kind. */
  public Address newChange(AddressType type) throws WalletException {
    context.owner().check();
    return issue(type, Role.CHANGE);
  }

  private Address issue(AddressType type, Role role) throws WalletException {
    Keychains keychains = state.keychains();
    if (keychains.active().keySet().stream().noneMatch(kind -> kind.role() == role)) {
      throw new WalletException(WalletError.NO_KEYS, "Error: This wallet has no available keys");
    }
    Keychain keychain =
        keychains
            .active(type, role)
            .orElseThrow(
                () ->
                    new WalletException(
                        WalletError.OUT_OF_KEYS, "Error: No " + type + " addresses available."));
    teacher.teachAhead(keychain);
    ScriptOrigin origin = keychains.issue(keychain);
    state.save();
    return of(origin.script()).orElseThrow();
  }

  /**
   * Derives addresses of all kinds that are given away ahead of their use.
   *
   * @param count how many of each; at least as many as usual
   * @throws WalletException LOCKED; INVALID_REQUEST for more than {@link #MOST_AHEAD}
   */
  public void deriveAhead(int count) throws WalletException {
    context.owner().check();
    if (count > MOST_AHEAD) {
      throw new WalletException(
          WalletError.INVALID_REQUEST,
          "Invalid parameter, at most %d addresses of a kind are derived ahead."
              .formatted(MOST_AHEAD));
    }
    for (Keychain keychain : Set.copyOf(state.keychains().active().values())) {
      state.extend(keychain, keychain.next() + count);
      teacher.teachAhead(keychain);
      state.keychains().deriveAhead(keychain);
    }
  }

  /** How many addresses of a role could be given away without secrets. */
  public int ahead(Role role) {
    return state.keychains().all().stream()
        .filter(state.keychains()::isActive)
        .filter(keychain -> keychain.role() == role)
        .mapToInt(keychain -> keychain.derivedEnd() - keychain.next())
        .sum();
  }

  /** The address of a script on the wallet's network, if it has one. */
  public Optional<Address> of(Script script) {
    return Address.ofScript(script, network());
  }

  /** Which of the wallet's keychains an address comes from; of several the first. */
  public Optional<ScriptOrigin> originOf(Address address) {
    return originOf(address.toScript());
  }

  /** Which of the wallet's keychains a script comes from; of several the first. */
  public Optional<ScriptOrigin> originOf(Script script) {
    return state.keychains().find(script);
  }

  /** Which of the wallet's keychains a script comes from. */
  public List<ScriptOrigin> originsOf(Script script) {
    return state.keychains().findAll(script);
  }

  /** The addresses given to others, of each kind the oldest first. */
  public List<Address> given() {
    context.owner().check();
    List<Address> given = new ArrayList<>();
    for (Keychain keychain : state.keychains().all()) {
      for (int index = keychain.details().first(); index < givenEnd(keychain); index++) {
        keychain.scripts(index).forEach(script -> of(script).ifPresent(given::add));
      }
    }
    return given;
  }

  private static int givenEnd(Keychain keychain) {
    if (keychain.role() == Role.CHANGE) {
      return 0;
    }
    return keychain.descriptor().isRanged() ? keychain.next() : keychain.derivedEnd();
  }

  /** Whether the owner has given a script's address to others, so that it may have a label. */
  public boolean isGiven(ScriptOrigin origin) {
    return origin.index() < givenEnd(origin.keychain());
  }

  /** The owner's name for an address; empty if it has none. */
  public String label(Address address) {
    return state.label(address.toString());
  }

  /**
   * The owner's name for an address that was given to others, or that the owner has named: the
   * empty name too. Change has none.
   */
  public Optional<String> labelOf(Address address) {
    String label = label(address);
    boolean given = originOf(address).filter(this::isGiven).isPresent();
    return given || !label.isEmpty() ? Optional.of(label) : Optional.empty();
  }

  /**
   * All addresses that were given to others, or that the owner has named, with their names, which
   * may be empty.
   */
  public Map<Address, String> book() {
    Map<Address, String> book = new LinkedHashMap<>();
    given().forEach(address -> book.put(address, label(address)));
    for (Map.Entry<String, String> named : state.labels().entrySet()) {
      try {
        book.put(Address.parse(named.getKey(), network()), named.getValue());
      } catch (WalletException e) {
        throw new AssertionError("a label of something that is no address", e);
      }
    }
    return book;
  }

  /** Whether the address is the wallet's and nobody was to know it. */
  public boolean isChange(Address address) {
    return originOf(address).isPresent() && labelOf(address).isEmpty();
  }

  /** All addresses that have a label, with it. */
  public Map<String, String> labels() {
    return state.labels();
  }

  /**
   * @param label may be empty, to forget it
   */
  public void setLabel(Address address, String label) {
    context.owner().check();
    state.setLabel(address.toString(), label);
  }

  /** The descriptors of the wallet's scripts. */
  public List<Keychain> keychains() {
    return state.keychains().all();
  }

  private Network network() {
    return context.params().network();
  }
}
