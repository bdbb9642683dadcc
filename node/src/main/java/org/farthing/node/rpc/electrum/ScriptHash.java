package org.farthing.node.rpc.electrum;

import java.util.HexFormat;
import java.util.Locale;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;

/**
 * How the protocol names a script: SHA-256 of its bytes.
 *
 * @param hex 64 lower-case digits, the hash's bytes reversed as identifiers are shown
 */
public record ScriptHash(String hex) {
  private static final int DIGITS = 64;

  public static ScriptHash of(Script script) {
    return new ScriptHash(
        HexFormat.of().formatHex(Hex.reversed(Sha256.hash(script.toByteArray()))));
  }

  /** The SHA-256 of the script, as it comes. */
  public byte[] toByteArray() {
    return Hex.reversed(HexFormat.of().parseHex(hex));
  }

  static ScriptHash parse(String text) throws ElectrumException {
    if (text.length() != DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw ElectrumException.badRequest(text + " is not a valid script hash");
    }
    return new ScriptHash(text.toLowerCase(Locale.ROOT));
  }
}
