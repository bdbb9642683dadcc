package org.farthing.wallet.address;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.encoding.Base58;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.encoding.Bech32;
import org.farthing.wallet.encoding.Bech32.Variant;
import org.farthing.wallet.encoding.Bech32Mistake;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.encoding.SegwitAddress;

/**
 * What is wrong with a text that is no address of a network, in Bitcoin Core's words, which
 * programs look for. People are told more by {@link Address#parse}.
 *
 * @param positions of mistyped characters, in bytes of UTF-8; empty where nobody can tell
 */
public record AddressMistake(String message, List<Integer> positions) {
  private static final int BASE58_SIZE = 21;
  private static final int CHECKSUM_SIZE = 4;
  private static final int MAX_SHOWN_BASE58_SIZE = 100;
  private static final int MAX_WITNESS_VERSION = 16;

  public AddressMistake {
    positions = List.copyOf(positions);
  }

  /** Finds the mistake in a text that {@link Address#parse} refuses. */
  public static AddressMistake of(String text, Network network) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String bytes = new String(utf8, StandardCharsets.ISO_8859_1);
    return bytes.toLowerCase(Locale.ROOT).startsWith(network.bech32Prefix())
        ? segwit(bytes, network)
        : new AddressMistake(base58(bytes, network), List.of());
  }

  private static String base58(String text, Network network) {
    byte[] decoded;
    try {
      decoded = Base58.decode(text);
    } catch (EncodingException e) {
      return "Invalid or unsupported Segwit (Bech32) or Base58 encoding.";
    }
    if (decoded.length > MAX_SHOWN_BASE58_SIZE) {
      return "Invalid or unsupported Segwit (Bech32) or Base58 encoding.";
    }
    try {
      byte[] payload = Base58Check.decode(text);
      if (decoded.length > BASE58_SIZE + CHECKSUM_SIZE) {
        return "Invalid checksum or length of Base58 address (P2PKH or P2SH)";
      }
      int version = payload.length == 0 ? -1 : payload[0] & 0xff;
      return version == network.base58().p2pkh() || version == network.base58().p2sh()
          ? "Invalid length for Base58 address (P2PKH or P2SH)"
          : "Invalid or unsupported Base58-encoded address.";
    } catch (EncodingException e) {
      return "Invalid checksum or length of Base58 address (P2PKH or P2SH)";
    }
  }

  private static AddressMistake segwit(String text, Network network) {
    try {
      Bech32.Decoded decoded = Bech32.decode(text);
      return new AddressMistake(content(decoded, network), List.of());
    } catch (EncodingException e) {
      Bech32Mistake mistake = Bech32Mistake.of(text);
      return new AddressMistake(mistake.message(), mistake.positions());
    }
  }

  private static String content(Bech32.Decoded decoded, Network network) {
    byte[] values = decoded.values();
    if (values.length == 0) {
      return "Empty Bech32 data section";
    }
    if (!decoded.prefix().equals(network.bech32Prefix())) {
      return "Invalid or unsupported prefix for Segwit (Bech32) address (expected %s, got %s)."
          .formatted(network.bech32Prefix(), decoded.prefix());
    }
    int version = values[0];
    if ((decoded.variant() == Variant.BECH32) != (version == 0)) {
      return version == 0
          ? "Version 0 witness address must use Bech32 checksum"
          : "Version 1+ witness address must use Bech32m checksum";
    }
    byte[] program;
    try {
      program = SegwitAddress.program(values);
    } catch (EncodingException e) {
      return "Invalid padding in Bech32 data section";
    }
    String size = program.length + (program.length == 1 ? " byte" : " bytes");
    if (version == 0) {
      return "Invalid Bech32 v0 address program size (" + size + "), per BIP141";
    }
    return version > MAX_WITNESS_VERSION
        ? "Invalid Bech32 address witness version"
        : "Invalid Bech32 address program size (" + size + ")";
  }
}
