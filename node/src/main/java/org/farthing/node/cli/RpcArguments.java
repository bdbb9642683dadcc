package org.farthing.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import org.farthing.node.cli.client.Json;

/**
 * What an argument of {@code farthing rpc} means: JSON if it reads as JSON, otherwise text. A few
 * parameters are text even where they look like a number: names, passphrases, hashes.
 */
final class RpcArguments {
  /** Positions of text that a person may make up, by method. */
  private static final Map<String, Set<Integer>> TEXT_POSITIONS =
      Map.ofEntries(
          Map.entry("backupwallet", Set.of(0)),
          Map.entry("createwallet", Set.of(0, 3)),
          Map.entry("encryptwallet", Set.of(0)),
          Map.entry("getnewaddress", Set.of(0, 1)),
          Map.entry("help", Set.of(0)),
          Map.entry("listtransactions", Set.of(0)),
          Map.entry("loadwallet", Set.of(0)),
          Map.entry("restorewallet", Set.of(0, 1)),
          Map.entry("sendtoaddress", Set.of(0, 2, 3)),
          Map.entry("setlabel", Set.of(0, 1)),
          Map.entry("unloadwallet", Set.of(0)),
          Map.entry("walletpassphrase", Set.of(0)),
          Map.entry("walletpassphrasechange", Set.of(0, 1)));

  private static final Set<String> TEXT_NAMES =
      Set.of(
          "wallet_name",
          "filename",
          "passphrase",
          "oldpassphrase",
          "newpassphrase",
          "label",
          "comment",
          "comment_to",
          "address",
          "blockhash",
          "txid",
          "hexstring",
          "command");

  /** As many hexadecimal digits as bytes come in, and too many for a number. */
  private static final int LEAST_HEX = 32;

  private RpcArguments() {}

  static JsonNode value(String method, int position, String text) {
    boolean isText = TEXT_POSITIONS.getOrDefault(method, Set.of()).contains(position);
    return isText ? TextNode.valueOf(text) : jsonOrText(text);
  }

  static JsonNode value(String name, String text) {
    return TEXT_NAMES.contains(name) ? TextNode.valueOf(text) : jsonOrText(text);
  }

  private static JsonNode jsonOrText(String text) {
    if (text.length() >= LEAST_HEX && text.matches("[0-9a-fA-F]+")) {
      return TextNode.valueOf(text);
    }
    try {
      JsonNode parsed = Json.parse(text);
      return parsed.isMissingNode() ? TextNode.valueOf(text) : parsed;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }
}
