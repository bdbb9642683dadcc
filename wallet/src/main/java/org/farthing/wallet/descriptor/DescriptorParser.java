package org.farthing.wallet.descriptor;

import java.util.HexFormat;
import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;

/** Reads descriptors of one network. A checksum is optional, but where there is one it must fit. */
public final class DescriptorParser {
  private final Network network;

  public DescriptorParser(Network network) {
    this.network = network;
  }

  /**
   * @throws WalletException INVALID_DESCRIPTOR, or INVALID_KEY for the key in it
   */
  public Descriptor parse(String text) throws WalletException {
    String body = withoutChecksum(text.strip());
    Optional<String> argument = argument(body, "wpkh(", ")");
    if (argument.isPresent()) {
      return new Descriptor.Wpkh(key(argument.get()));
    }
    argument = argument(body, "pkh(", ")");
    if (argument.isPresent()) {
      return new Descriptor.Pkh(key(argument.get()));
    }
    argument = argument(body, "sh(wpkh(", "))");
    if (argument.isPresent()) {
      return new Descriptor.ShWpkh(key(argument.get()));
    }
    int bracket = body.indexOf('(');
    throw invalid(
        "'"
            + (bracket < 0 ? body : body.substring(0, bracket))
            + "' is not a descriptor that this wallet knows: pkh, wpkh, sh(wpkh)");
  }

  private static String withoutChecksum(String text) throws WalletException {
    int hash = text.indexOf('#');
    String body = hash < 0 ? text : text.substring(0, hash);
    String expected;
    try {
      expected = DescriptorChecksum.of(body);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
    if (hash >= 0 && !text.substring(hash + 1).equals(expected)) {
      throw invalid("the checksum of the descriptor is wrong: it was mistyped or cut off");
    }
    return body;
  }

  private static Optional<String> argument(String body, String opening, String closing) {
    return body.startsWith(opening) && body.endsWith(closing)
        ? Optional.of(body.substring(opening.length(), body.length() - closing.length()))
        : Optional.empty();
  }

  private KeyExpression key(String text) throws WalletException {
    Optional<KeyOrigin> origin = Optional.empty();
    String rest = text;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw invalid("the key origin is not closed with ]");
      }
      origin = Optional.of(origin(text.substring(1, end)));
      rest = text.substring(end + 1);
    }
    boolean ranged = rest.endsWith("/*");
    String fixed = ranged ? rest.substring(0, rest.length() - 2) : rest;
    int slash = fixed.indexOf('/');
    ExtendedKey key = ExtendedKey.parse(slash < 0 ? fixed : fixed.substring(0, slash), network);
    if (key.isPrivate()) {
      throw invalid("this descriptor holds a private key: only public ones are understood here");
    }
    DerivationPath path =
        slash < 0 ? DerivationPath.EMPTY : DerivationPath.parse(fixed.substring(slash + 1));
    try {
      return new KeyExpression(network, origin, key, path, ranged);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private static KeyOrigin origin(String text) throws WalletException {
    int slash = text.indexOf('/');
    String fingerprint = slash < 0 ? text : text.substring(0, slash);
    if (!fingerprint.matches("[0-9a-fA-F]{8}")) {
      throw invalid("the fingerprint of a key origin has 8 hexadecimal digits");
    }
    return new KeyOrigin(
        HexFormat.fromHexDigits(fingerprint),
        slash < 0 ? DerivationPath.EMPTY : DerivationPath.parse(text.substring(slash + 1)));
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_DESCRIPTOR, message);
  }
}
