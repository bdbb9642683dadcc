package org.farthing.wallet.descriptor;

import org.farthing.consensus.primitives.Script;

/**
 * Where a script of the wallet comes from.
 *
 * @param index in the keychain's descriptor
 * @param position among the scripts of the index: of {@code combo} there are several
 */
public record ScriptOrigin(Keychain keychain, int index, int position) {
  public Script script() {
    return keychain.script(index, position);
  }

  /** The script as a descriptor of its own, which names its keys with their origins. */
  public ScriptExpression expression() {
    return keychain.expand(index).get(position);
  }

  public boolean isChange() {
    return keychain.role() == Keychain.Role.CHANGE;
  }
}
