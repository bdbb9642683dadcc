package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.descriptor.DerivedKey.HardenedMarker;
import org.farthing.wallet.descriptor.DerivedKey.Wildcard;
import org.farthing.wallet.descriptor.DescriptorParser.Context;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;

/** Reads the key expressions of descriptors (BIP-0380), with Bitcoin Core's errors. */
final class KeyParser {
  private static final int FINGERPRINT_DIGITS = 8;
  private static final String HEX_DIGITS = "([0-9a-fA-F]{2})+";

  private final Network network;

  KeyParser(Network network) {
    this.network = network;
  }

  KeyExpression parse(String text, Context context) throws WalletException {
    return text.startsWith("musig(")
        ? new MusigParser(network, this).parse(text, context)
        : leaf(text, context);
  }

  /** Reads a key that is not one of several participants. */
  KeyExpression leaf(String text, Context context) throws WalletException {
    String[] parts = text.split("]", -1);
    if (parts.length > 2) {
      throw invalid("Multiple ']' characters found for a single pubkey");
    }
    if (parts.length == 1) {
      return key(Optional.empty(), text, context);
    }
    if (!parts[0].startsWith("[")) {
      throw invalid(
          "Key origin start '[ character expected but not found, got '%c' instead"
              .formatted(parts[0].isEmpty() ? ']' : parts[0].charAt(0)));
    }
    List<String> origin = List.of(parts[0].substring(1).split("/", -1));
    return key(Optional.of(origin), parts[1], context);
  }

  private KeyExpression key(Optional<List<String>> originSteps, String text, Context context)
      throws WalletException {
    Optional<KeyOrigin> origin =
        originSteps.isPresent() ? Optional.of(origin(originSteps.get())) : Optional.empty();
    if (text.isEmpty()) {
      throw invalid("No key provided");
    }
    List<String> steps = new ArrayList<>(List.of(text.split("/", -1)));
    String key = steps.remove(0);
    if (key.isEmpty()) {
      throw invalid("No key provided");
    }
    if (!key.equals(key.strip())) {
      throw invalid("Key '" + key + "' is invalid due to whitespace");
    }
    if (steps.isEmpty()) {
      if (key.matches(HEX_DIGITS)) {
        return publicKey(origin, key, context);
      }
      Optional<PrivateKey> secret = privateKey(key);
      if (secret.isPresent()) {
        return single(origin, secret.get(), context);
      }
    }
    List<String> hardened = new ArrayList<>(originSteps.orElse(List.of()));
    hardened.addAll(steps);
    return derived(origin, extendedKey(key), steps, marker(hardened));
  }

  private static KeyOrigin origin(List<String> steps) throws WalletException {
    String fingerprint = steps.get(0);
    if (fingerprint.length() != FINGERPRINT_DIGITS) {
      throw invalid(
          "Fingerprint is not 4 bytes (%d characters instead of 8 characters)"
              .formatted(fingerprint.length()));
    }
    if (!fingerprint.matches(HEX_DIGITS)) {
      throw invalid("Fingerprint '" + fingerprint + "' is not hex");
    }
    return new KeyOrigin(
        HexFormat.fromHexDigits(fingerprint), path(steps.subList(1, steps.size())));
  }

  static DerivationPath path(List<String> steps) throws WalletException {
    List<Integer> numbers = new ArrayList<>();
    for (String step : steps) {
      numbers.add(step(step));
    }
    return new DerivationPath(numbers);
  }

  /** One child number; {@code h} and {@code '} behind it mean hardened. */
  static int step(String text) throws WalletException {
    if (text.isEmpty()) {
      throw invalid("Key path value '' is not valid");
    }
    boolean hardened = text.endsWith("h") || text.endsWith("'");
    String digits = hardened ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > 0xffff_ffffL) {
      throw invalid("Key path value '" + text + "' is not a valid uint32");
    }
    long number = Long.parseLong(digits);
    if (number > Integer.MAX_VALUE) {
      throw invalid("Key path value " + number + " is out of range");
    }
    return (int) number | (hardened ? DerivationPath.HARDENED : 0);
  }

  /** The last hardened step says how all of them are written. */
  private static HardenedMarker marker(List<String> steps) {
    HardenedMarker marker = HardenedMarker.LETTER;
    for (String step : steps) {
      if (step.endsWith("h")) {
        marker = HardenedMarker.LETTER;
      } else if (step.endsWith("'")) {
        marker = HardenedMarker.APOSTROPHE;
      }
    }
    return marker;
  }

  private static KeyExpression publicKey(Optional<KeyOrigin> origin, String hex, Context context)
      throws WalletException {
    byte[] bytes = decode(hex);
    boolean xOnly = context == Context.P2TR && bytes.length == Secp256k1.KEY_SIZE;
    byte[] key = xOnly ? decode("02" + hex) : bytes;
    if (Secp256k1.hasPublicKeyForm(key)
        && key.length == Secp256k1.UNCOMPRESSED_SIZE
        && key[0] != 4) {
      throw invalid("Hybrid public keys are not allowed");
    }
    if (!Secp256k1.isValidPublicKey(key)) {
      throw invalid("Pubkey '" + hex + "' is invalid");
    }
    checkCompressed(key, context);
    return SingleKey.of(origin, key, xOnly ? SingleKey.Form.X_ONLY : SingleKey.Form.FULL);
  }

  private static byte[] decode(String hex) throws WalletException {
    try {
      return Hex.decode(hex);
    } catch (DecodeException e) {
      throw invalid("Pubkey '" + hex + "' is invalid");
    }
  }

  private static void checkCompressed(byte[] key, Context context) throws WalletException {
    if (key.length != Secp256k1.COMPRESSED_SIZE && !context.allowsUncompressed()) {
      throw invalid("Uncompressed keys are not allowed");
    }
  }

  private KeyExpression single(Optional<KeyOrigin> origin, PrivateKey secret, Context context)
      throws WalletException {
    checkCompressed(secret.publicKey(), context);
    return SingleKey.of(
        origin,
        secret,
        network,
        context == Context.P2TR ? SingleKey.Form.X_ONLY : SingleKey.Form.FULL);
  }

  private Optional<PrivateKey> privateKey(String text) {
    try {
      return Optional.of(PrivateKey.parse(text, network));
    } catch (WalletException e) {
      return Optional.empty();
    }
  }

  private ExtendedKey extendedKey(String text) throws WalletException {
    try {
      return ExtendedKey.parse(text, network);
    } catch (WalletException e) {
      throw invalid("key '" + text + "' is not valid");
    }
  }

  private KeyExpression derived(
      Optional<KeyOrigin> origin, ExtendedKey key, List<String> steps, HardenedMarker marker)
      throws WalletException {
    String last = steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    Wildcard wildcard =
        switch (last) {
          case "*" -> Wildcard.PLAIN;
          case "*h", "*'" -> Wildcard.HARDENED;
          default -> Wildcard.NONE;
        };
    List<String> fixed = wildcard == Wildcard.NONE ? steps : steps.subList(0, steps.size() - 1);
    return new DerivedKey(network, origin, key, path(fixed), wildcard, marker);
  }

  private static WalletException invalid(String message) {
    return DescriptorParser.invalid(message);
  }
}
