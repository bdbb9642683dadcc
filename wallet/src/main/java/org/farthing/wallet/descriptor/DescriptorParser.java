package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.miniscript.Miniscript;
import org.farthing.wallet.miniscript.MiniscriptException;

/**
 * Reads descriptors of one network. Its errors are Bitcoin Core's, because programs look for them:
 * every one is a {@link WalletException} INVALID_DESCRIPTOR.
 */
public final class DescriptorParser {
  private static final int CHECKSUM_LENGTH = 8;
  private static final int MAX_BARE_KEYS = 3;
  private static final int MAX_TAPSCRIPT_KEYS = 999;
  private static final int MAX_REDEEM_SCRIPT_SIZE = 520;

  /** Where an expression stands: it decides which functions and keys are allowed. */
  enum Context {
    TOP,
    P2SH,
    P2WPKH,
    P2WSH,
    P2TR,
    /** A participant of a key in taproot. */
    MUSIG;

    boolean allowsUncompressed() {
      return this == TOP || this == P2SH;
    }
  }

  private final Network network;
  private final KeyParser keys;

  public DescriptorParser(Network network) {
    this.network = network;
    this.keys = new KeyParser(network);
  }

  /**
   * Reads a descriptor, which is several where a key path has a multipath step (BIP-0389). A
   * checksum may be missing, but where there is one it must fit.
   */
  public List<Descriptor> parse(String text) throws WalletException {
    List<Descriptor> all = new ArrayList<>();
    for (String body : Multipath.expand(withoutChecksum(text))) {
      all.add(top(body));
    }
    return all;
  }

  /** The same, and a checksum must be there. */
  public List<Descriptor> parseChecked(String text) throws WalletException {
    if (text.indexOf('#') < 0) {
      throw invalid("Missing checksum");
    }
    return parse(text);
  }

  Descriptor parseOne(String text) throws WalletException {
    List<Descriptor> all = parse(text);
    if (all.size() > 1) {
      throw invalid("Cannot have multipath key path specifiers here");
    }
    return all.get(0);
  }

  private static String withoutChecksum(String text) throws WalletException {
    String[] parts = text.split("#", -1);
    if (parts.length > 2) {
      throw invalid("Multiple '#' symbols");
    }
    if (parts.length == 2 && parts[1].length() != CHECKSUM_LENGTH) {
      throw invalid(
          "Expected 8 character checksum, not %d characters".formatted(parts[1].length()));
    }
    String computed;
    try {
      computed = DescriptorChecksum.of(parts[0]);
    } catch (IllegalArgumentException e) {
      throw invalid("Invalid characters in payload");
    }
    if (parts.length == 2 && !parts[1].equals(computed)) {
      throw invalid(
          "Provided checksum '%s' does not match computed checksum '%s'"
              .formatted(parts[1], computed));
    }
    return parts[0];
  }

  private Descriptor top(String body) throws WalletException {
    Optional<String> combo = function("combo", body);
    Optional<String> unused = function("unused", body);
    if (unused.isPresent()) {
      return new Descriptor.Unused(unusedKey(unused.get()));
    }
    return combo.isPresent()
        ? new Descriptor.Combo(key("combo(): ", combo.get(), Context.TOP))
        : script(body, Context.TOP);
  }

  private KeyExpression unusedKey(String text) throws WalletException {
    if (new DescriptorText(text).next().length() != text.length()) {
      throw invalid("unused(): only one key expected");
    }
    KeyExpression key = keys.parse(text, Context.TOP);
    if (key.isRanged()) {
      throw invalid("unused(): key cannot be ranged");
    }
    return key;
  }

  private ScriptExpression script(String text, Context context) throws WalletException {
    int bracket = text.indexOf('(');
    String name = bracket < 0 ? "" : text.substring(0, bracket);
    Optional<String> argument = function(name, text);
    if (argument.isEmpty()) {
      return miniscript(text, context);
    }
    String inner = argument.get();
    return switch (name) {
      case "pk" -> new ScriptExpression.Pk(key("pk(): ", inner, context));
      case "pkh" -> new ScriptExpression.Pkh(key("pkh(): ", inner, context));
      case "wpkh" -> {
        allow(
            context == Context.TOP || context == Context.P2SH,
            "wpkh() at top level or inside sh()");
        yield new ScriptExpression.Wpkh(key("wpkh(): ", inner, Context.P2WPKH));
      }
      case "multi", "sortedmulti" -> multi(inner, name.equals("sortedmulti"), context);
      case "sh" -> {
        allow(context == Context.TOP, "sh() at top level");
        yield new ScriptExpression.Sh(script(inner, Context.P2SH));
      }
      case "wsh" -> {
        allow(
            context == Context.TOP || context == Context.P2SH, "wsh() at top level or inside sh()");
        yield new ScriptExpression.Wsh(script(inner, Context.P2WSH));
      }
      case "tr" -> {
        allow(context == Context.TOP, "tr at top level");
        yield taproot(inner);
      }
      default -> rarer(name, inner, text, context);
    };
  }

  private ScriptExpression rarer(String name, String inner, String text, Context context)
      throws WalletException {
    switch (name) {
      case "rawtr" -> {
        allow(context == Context.TOP, "rawtr at top level");
        if (new DescriptorText(inner).next().length() != inner.length()) {
          throw invalid("rawtr(): only one key expected.");
        }
        return new ScriptExpression.RawTr(key("rawtr(): ", inner, Context.P2TR));
      }
      case "addr" -> {
        allow(context == Context.TOP, "addr() at top level");
        return new ScriptExpression.Addr(address(inner));
      }
      case "raw" -> {
        allow(context == Context.TOP, "raw() at top level");
        return new ScriptExpression.Raw(rawScript(inner));
      }
      case "combo" -> throw invalid("Can only have combo() at top level");
      case "unused" -> throw invalid("Can only have unused at top level");
      case "multi_a", "sortedmulti_a" ->
          throw invalid("Can only have multi_a/sortedmulti_a inside tr()");
      default -> {
        return miniscript(text, context);
      }
    }
  }

  private ScriptExpression miniscript(String text, Context context) throws WalletException {
    return new MiniscriptExpression(parsedMiniscript(text, context));
  }

  private Miniscript<KeyExpression> parsedMiniscript(String text, Context context)
      throws WalletException {
    try {
      return MiniscriptRules.parse(text, context, key -> keys.parse(key, context));
    } catch (MiniscriptException e) {
      throw unknown(text, context, e);
    }
  }

  private static void allow(boolean allowed, String only) throws WalletException {
    if (!allowed) {
      throw invalid("Can only have " + only);
    }
  }

  /** What looks like a miniscript is told what is wrong with it. */
  private static WalletException unknown(String text, Context context, MiniscriptException e) {
    String detail = text.contains("(") ? ": " + e.getMessage() : "";
    return switch (context) {
      case TOP -> invalid("'" + text + "' is not a valid descriptor function");
      case P2SH -> invalid("A function is needed within P2SH");
      case P2WSH, P2WPKH -> invalid("A function is needed within P2WSH" + detail);
      case P2TR, MUSIG -> invalid("'" + text + "' is not a valid descriptor function" + detail);
    };
  }

  private Address address(String text) throws WalletException {
    try {
      return Address.parse(text, network);
    } catch (WalletException e) {
      throw invalid("Address is not valid");
    }
  }

  private static Script rawScript(String hex) throws WalletException {
    try {
      return Script.parse(hex);
    } catch (DecodeException e) {
      throw invalid("Raw script is not hex");
    }
  }

  private ScriptExpression multi(String text, boolean sorted, Context context)
      throws WalletException {
    if (context == Context.P2TR) {
      throw invalid("Can only have multi/sortedmulti at top level, in sh(), or in wsh()");
    }
    Signers signers = signers(text, context);
    int count = signers.keys().size();
    signers.check("multisig", ScriptPattern.MAX_MULTISIG_KEYS);
    if (context == Context.TOP && count > MAX_BARE_KEYS) {
      throw invalid(
          "Cannot have %d pubkeys in bare multisig; only at most 3 pubkeys".formatted(count));
    }
    int size = 3 + signers.keys().stream().mapToInt(DescriptorParser::pushedSize).sum();
    if (context == Context.P2SH && size > MAX_REDEEM_SCRIPT_SIZE) {
      throw invalid(
          "P2SH script is too large, %d bytes is larger than %d bytes"
              .formatted(size, MAX_REDEEM_SCRIPT_SIZE));
    }
    return new ScriptExpression.Multi((int) signers.required(), signers.keys(), sorted);
  }

  /** A single key may be uncompressed; derived ones never are. */
  private static int pushedSize(KeyExpression key) {
    return 1 + (key instanceof SingleKey ? key.publicKey(0).length : Secp256k1.COMPRESSED_SIZE);
  }

  /** How many of which keys have to sign. */
  private record Signers(long required, List<KeyExpression> keys) {
    void check(String function, int most) throws WalletException {
      if (keys.isEmpty() || keys.size() > most) {
        throw invalid(
            "Cannot have %d keys in %s; must have between 1 and %d keys, inclusive"
                .formatted(keys.size(), function, most));
      }
      if (required < 1) {
        throw invalid("Multisig threshold cannot be %d, must be at least 1".formatted(required));
      }
      if (required > keys.size()) {
        throw invalid(
            ("Multisig threshold cannot be larger than the number of keys; threshold is %d but only"
                    + " %d keys specified")
                .formatted(required, keys.size()));
      }
    }
  }

  private Signers signers(String text, Context context) throws WalletException {
    DescriptorText in = new DescriptorText(text);
    String threshold = in.next();
    if (!threshold.matches("[0-9]{1,9}")) {
      throw invalid("Multi threshold '" + threshold + "' is not valid");
    }
    List<KeyExpression> all = new ArrayList<>();
    while (!in.isEmpty()) {
      in.expect(',', "Multi: expected ',', got '%c'");
      all.add(key("Multi: ", in.next(), context));
    }
    return new Signers(Long.parseLong(threshold), all);
  }

  private ScriptExpression taproot(String text) throws WalletException {
    DescriptorText in = new DescriptorText(text);
    KeyExpression internal = key("tr(): ", in.next(), Context.P2TR);
    if (in.isEmpty()) {
      return new ScriptExpression.Tr(internal, Optional.empty());
    }
    in.expect(',', "tr: expected ',', got '%c'");
    TapTree tree = tree(in, 0);
    if (!in.isEmpty()) {
      throw invalid("tr(): expected ')' after script expression");
    }
    return new ScriptExpression.Tr(internal, Optional.of(tree));
  }

  private TapTree tree(DescriptorText in, int depth) throws WalletException {
    if (!in.take('{')) {
      return leaf(in.next());
    }
    if (depth == TapTree.MAX_DEPTH) {
      throw invalid("tr() supports at most %d nesting levels".formatted(TapTree.MAX_DEPTH));
    }
    TapTree left = tree(in, depth + 1);
    in.expect(',', "tr(): expected ',' after script expression");
    TapTree right = tree(in, depth + 1);
    in.expect('}', "tr(): expected '}' after script expression");
    return new TapTree.Branch(left, right);
  }

  private TapTree leaf(String text) throws WalletException {
    Optional<String> pk = function("pk", text);
    if (pk.isPresent()) {
      return new TapTree.Pk(key("pk(): ", pk.get(), Context.P2TR));
    }
    boolean sorted = text.startsWith("sorted");
    Optional<String> multi = function(sorted ? "sortedmulti_a" : "multi_a", text);
    if (multi.isPresent()) {
      Signers signers = signers(multi.get(), Context.P2TR);
      signers.check("multi_a", MAX_TAPSCRIPT_KEYS);
      return new TapTree.MultiA((int) signers.required(), signers.keys(), sorted);
    }
    if (function("multi", text).isPresent() || function("sortedmulti", text).isPresent()) {
      throw invalid("Can only have multi/sortedmulti at top level, in sh(), or in wsh()");
    }
    return new MiniscriptLeaf(parsedMiniscript(text, Context.P2TR));
  }

  private KeyExpression key(String prefix, String text, Context context) throws WalletException {
    try {
      return keys.parse(text, context);
    } catch (WalletException e) {
      throw invalid(prefix + e.getMessage());
    }
  }

  /** What stands in the brackets, if the text is a call of this function. */
  private static Optional<String> function(String name, String text) {
    return text.startsWith(name + "(") && text.endsWith(")")
        ? Optional.of(text.substring(name.length() + 1, text.length() - 1))
        : Optional.empty();
  }

  static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_DESCRIPTOR, message);
  }
}
