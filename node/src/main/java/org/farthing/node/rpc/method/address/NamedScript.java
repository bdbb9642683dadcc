package org.farthing.node.rpc.method.address;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.index.ScriptKey;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.wallet.descriptor.Descriptor;

/**
 * A script that a caller names.
 *
 * @param text how he names it
 * @param script not known where he names its hash only
 */
record NamedScript(String text, ScriptKey key, Optional<Script> script) {
  private static final String HASH = "[0-9a-fA-F]{64}";

  /**
   * Of an address; of a script hash as Electrum has it (SHA-256, reversed); or of a descriptor,
   * which may lead to several scripts.
   */
  static List<NamedScript> parse(String text, Network network) {
    if (text.matches(HASH)) {
      return List.of(new NamedScript(text, ScriptKey.ofHash(reversed(text)), Optional.empty()));
    }
    if (text.indexOf('(') < 0) {
      return List.of(of(text, Decode.address(text, network).toScript()));
    }
    return Descriptors.parse(text, network).stream()
        .flatMap(descriptor -> scripts(descriptor).stream())
        .map(script -> of(text, script))
        .toList();
  }

  private static NamedScript of(String text, Script script) {
    return new NamedScript(text, ScriptKey.of(script), Optional.of(script));
  }

  private static List<Script> scripts(Descriptor descriptor) {
    if (descriptor.isRanged()) {
      throw RpcException.invalidParameter(
          "Ranged descriptor not accepted. Maybe pass through deriveaddresses first?");
    }
    Descriptors.checkDerivable(descriptor, "");
    return descriptor.scriptsAt(0);
  }

  private static byte[] reversed(String hex) {
    try {
      return Hex.reversed(Hex.decode(hex));
    } catch (DecodeException e) {
      throw new AssertionError("it was looked at", e);
    }
  }
}
