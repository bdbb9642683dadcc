package org.farthing.wallet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.ScriptOrigin;

/**
 * The addresses of a wallet, with the owner's names for them. An address is given away once and
 * never again.
 */
public final class WalletAddresses {
  private final WalletContext context;
  private final WalletState state;

  WalletAddresses(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
  }

  /**
   * An address that was never given away.
   *
   * @param label the owner's name for it; may be empty
   */
  public Address newReceive(String label) {
    context.owner().check();
    Address address = issue(Role.RECEIVE);
    if (!label.isEmpty()) {
      state.setLabel(address.toString(), label);
    }
    return address;
  }

  /** An address for change that was never used. */
  public Address newChange() {
    context.owner().check();
    return issue(Role.CHANGE);
  }

  private Address issue(Role role) {
    Keychain keychain = state.keychains().active(role).orElseThrow();
    ScriptOrigin origin = state.keychains().issue(keychain);
    state.save();
    return of(origin.script()).orElseThrow();
  }

  /** The address of a script on the wallet's network, if it has one. */
  public Optional<Address> of(Script script) {
    return Address.ofScript(script, network());
  }

  /** Which of the wallet's keys an address belongs to. */
  public Optional<ScriptOrigin> originOf(Address address) {
    return state.keychains().find(address.toScript());
  }

  /** The addresses given to others, the oldest first. */
  public List<Address> given() {
    context.owner().check();
    Keychain keychain = state.keychains().active(Role.RECEIVE).orElseThrow();
    return Stream.iterate(0, index -> index < keychain.next(), index -> index + 1)
        .map(index -> of(keychain.script(index)).orElseThrow())
        .toList();
  }

  /** The owner's name for an address; empty if it has none. */
  public String label(Address address) {
    return state.label(address.toString());
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
