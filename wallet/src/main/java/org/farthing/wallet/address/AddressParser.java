package org.farthing.wallet.address;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.encoding.EncodingException.Reason;
import org.farthing.wallet.encoding.SegwitAddress;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * Reads addresses of one network, and tells a typing mistake from an address of another network and
 * from text that is no address at all.
 */
final class AddressParser {
  private final Network network;

  AddressParser(Network network) {
    this.network = network;
  }

  Address parse(String text) throws WalletException {
    if (text.isEmpty()) {
      throw invalid("the address is empty");
    }
    return looksLikeBech32(text) ? parseSegwit(text) : parseBase58(text);
  }

  /**
   * Base 58 knows neither 0, l, I nor O, and its texts are of mixed case: what has a known prefix,
   * or could not be base 58, is meant to be Bech32.
   */
  private boolean looksLikeBech32(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int separator = lower.lastIndexOf('1');
    if (separator < 1) {
      return false;
    }
    String prefix = lower.substring(0, separator);
    boolean oneCase = text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT));
    return prefix.equals(network.bech32Prefix()) || owner(prefix).isPresent() || oneCase;
  }

  private Address parseSegwit(String text) throws WalletException {
    if (hasOneTooMany(text.toLowerCase(Locale.ROOT))) {
      throw invalid("the address was mistyped: a '1' stands only after its prefix");
    }
    SegwitAddress decoded;
    try {
      decoded = SegwitAddress.decode(text);
    } catch (EncodingException e) {
      throw mistyped(e);
    }
    if (!decoded.prefix().equals(network.bech32Prefix())) {
      throw otherNetwork(
          owner(decoded.prefix()).orElse("another network (prefix " + decoded.prefix() + ")"));
    }
    return Address.segwit(network, decoded.version(), decoded.program());
  }

  /** The last 1 ends the prefix: one typed behind a prefix that we know would hide it. */
  private static boolean hasOneTooMany(String lower) {
    int first = lower.indexOf('1');
    return first > 0
        && owner(lower.substring(0, first)).isPresent()
        && lower.indexOf('1', first + 1) > 0;
  }

  private Address parseBase58(String text) throws WalletException {
    byte[] payload;
    try {
      payload = Base58Check.decode(text);
    } catch (EncodingException e) {
      throw mistyped(e);
    }
    int version = payload.length == 0 ? -1 : payload[0] & 0xff;
    if (payload.length == Hash160.SIZE + 1) {
      byte[] hash = Arrays.copyOfRange(payload, 1, payload.length);
      if (version == network.base58().p2pkh()) {
        return Address.p2pkh(network, hash);
      }
      if (version == network.base58().p2sh()) {
        return Address.p2sh(network, hash);
      }
      throw otherNetwork(owner(version).orElse("another network (version " + version + ")"));
    }
    if (payload.length == 33 || payload.length == 34) {
      throw invalid("this looks like a private key, not an address: never give it to anybody");
    }
    throw invalid("this is not an address: it has " + payload.length + " bytes instead of 21");
  }

  /** Whose Bech32 prefix this is. */
  private static Optional<String> owner(String prefix) {
    return switch (prefix) {
      case "bc" -> Optional.of("Bitcoin's main network");
      case "tb" -> Optional.of("Bitcoin's test networks");
      default ->
          ConsensusParams.all()
              .map(ConsensusParams::network)
              .filter(known -> known.bech32Prefix().equals(prefix))
              .map(Network::name)
              .findFirst();
    };
  }

  /** Whose version byte this is. */
  private static Optional<String> owner(int version) {
    return switch (version) {
      case 0, 5 -> Optional.of("Bitcoin's main network");
      default ->
          ConsensusParams.all()
              .map(ConsensusParams::network)
              .filter(known -> isVersionOf(known, version))
              .map(Network::name)
              .findFirst();
    };
  }

  private static boolean isVersionOf(Network known, int version) {
    return version == known.base58().p2pkh() || version == known.base58().p2sh();
  }

  private WalletException otherNetwork(String owner) {
    return new WalletException(
        WalletError.OTHER_NETWORK,
        "is an address of " + owner + ", this wallet is on " + network.name());
  }

  private static WalletException mistyped(EncodingException e) {
    return invalid(
        e.reason() == Reason.CHECKSUM
            ? "checksum is wrong: the address was mistyped"
            : "this is not an address: " + e.getMessage());
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_ADDRESS, message);
  }
}
