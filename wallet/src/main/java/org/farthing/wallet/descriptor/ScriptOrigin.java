package org.farthing.wallet.descriptor;

import org.farthing.consensus.primitives.Script;

/**
 * Where a script of the wallet comes from.
 *
 * @param index in the keychain's descriptor
 */
public record ScriptOrigin(Keychain keychain, int index) {
  public Script script() {
    return keychain.script(index);
  }

  /** Where the key of a script with one key comes from. */
  public KeyOrigin keyOrigin() {
    return keychain.descriptor().keys().get(0).originOf(index);
  }

  public boolean isChange() {
    return keychain.role() == Keychain.Role.CHANGE;
  }
}
