package org.farthing.wallet.address;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Amount;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * A request for a payment as a link (BIP-0021): {@code fth:address?amount=0.1&label=Tea}. On other
 * networks than Farthing's the scheme is {@code bitcoin}; both are read everywhere.
 *
 * @param amountSat satoshis, if the payee names an amount
 * @param label the payee's name, for the payer's address book
 * @param message what the payment is for
 */
public record PaymentUri(
    Address address, OptionalLong amountSat, Optional<String> label, Optional<String> message) {
  private static final List<String> SCHEMES = List.of("fth", "bitcoin");

  /** Whether the text is a link rather than an address. */
  public static boolean isUri(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && SCHEMES.contains(text.substring(0, colon).toLowerCase(Locale.ROOT));
  }

  /**
   * Reads a link of either scheme.
   *
   * @throws WalletException for another scheme, a wrong address or amount, a parameter given twice,
   *     and a parameter that must be understood ({@code req-…}) and is not
   */
  public static PaymentUri parse(String text, Network network) throws WalletException {
    if (!isUri(text)) {
      throw invalid("a payment link begins with fth: or bitcoin:");
    }
    String rest = text.substring(text.indexOf(':') + 1);
    int question = rest.indexOf('?');
    String address = question < 0 ? rest : rest.substring(0, question);
    Map<String, String> parameters =
        question < 0 ? Map.of() : parameters(rest.substring(question + 1));
    for (String key : parameters.keySet()) {
      if (key.startsWith("req-")) {
        throw invalid("the payment link asks for '" + key + "', which this wallet doesn't know");
      }
    }
    return new PaymentUri(
        Address.parse(decode(address), network),
        amount(parameters.get("amount")),
        Optional.ofNullable(parameters.get("label")),
        Optional.ofNullable(parameters.get("message")));
  }

  private static Map<String, String> parameters(String query) throws WalletException {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = decode(equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "" : decode(part.substring(equals + 1));
      if (parameters.put(key, value) != null) {
        throw invalid("the payment link gives '" + key + "' twice");
      }
    }
    return parameters;
  }

  private static OptionalLong amount(String text) throws WalletException {
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
      throw new WalletException(
          WalletError.INVALID_AMOUNT, "the amount '" + text + "' in the payment link is no number");
    }
    try {
      long sat = Amount.parse(text);
      if (!Amount.isInRange(sat)) {
        throw new DecodeException("the amount is larger than all the money there can be");
      }
      return OptionalLong.of(sat);
    } catch (DecodeException e) {
      throw new WalletException(WalletError.INVALID_AMOUNT, e.getMessage());
    }
  }

  /** Percent signs are decoded; a plus sign is a plus sign (RFC 3986). */
  private static String decode(String text) throws WalletException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("the payment link has a broken percent sign");
    }
  }

  /** The link, with the scheme of the address's network. */
  @Override
  public String toString() {
    List<String> query = new ArrayList<>();
    amountSat.ifPresent(sat -> query.add("amount=" + plain(sat)));
    label.ifPresent(text -> query.add("label=" + encode(text)));
    message.ifPresent(text -> query.add("message=" + encode(text)));
    String scheme = address.network().bech32Prefix().equals("fth") ? "fth:" : "bitcoin:";
    return scheme + address + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private static String plain(long sat) {
    String text = Amount.format(sat);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_ADDRESS, message);
  }
}
