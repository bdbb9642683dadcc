package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.crypto.Musig2;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.descriptor.DescriptorParser.Context;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;

/** Reads the keys of several participants together (BIP-0390), with Bitcoin Core's errors. */
final class MusigParser {
  private static final String NAME = "musig(";

  private final Network network;
  private final KeyParser keys;

  MusigParser(Network network, KeyParser keys) {
    this.network = network;
    this.keys = keys;
  }

  Musig parse(String text, Context context) throws WalletException {
    if (context != Context.P2TR) {
      throw invalid("musig() is only allowed in tr() and rawtr()");
    }
    int end = text.indexOf(')');
    if (end < 0) {
      throw invalid("Invalid musig() expression");
    }
    if (text.indexOf(')', end + 1) >= 0) {
      throw invalid("Too many ')' in musig() expression");
    }
    if (!Musig2.isAvailable()) {
      throw invalid("musig() needs libsecp256k1, which could not be loaded on this machine");
    }
    List<KeyExpression> participants = participants(text.substring(NAME.length(), end));
    String steps = text.substring(end + 1);
    if (steps.isEmpty()) {
      return new Musig(network, participants, DerivationPath.EMPTY, false);
    }
    if (!steps.startsWith("/")) {
      throw invalid("Invalid musig() expression");
    }
    return derived(participants, List.of(steps.substring(1).split("/", -1)));
  }

  private List<KeyExpression> participants(String text) throws WalletException {
    List<KeyExpression> participants = new ArrayList<>();
    if (text.isEmpty()) {
      throw invalid("musig(): Must contain key expressions");
    }
    for (String each : text.split(",", -1)) {
      try {
        participants.add(keys.leaf(each, Context.MUSIG));
      } catch (WalletException e) {
        throw invalid("musig(): " + e.getMessage());
      }
    }
    return participants;
  }

  private Musig derived(List<KeyExpression> participants, List<String> steps)
      throws WalletException {
    if (!participants.stream().allMatch(key -> key instanceof DerivedKey)) {
      throw invalid("musig(): derivation requires all participants to be xpubs or xprvs");
    }
    if (participants.stream().anyMatch(KeyExpression::isRanged)) {
      throw invalid("musig(): Cannot have ranged participant keys if musig() also has derivation");
    }
    String last = steps.get(steps.size() - 1);
    if (last.equals("*h") || last.equals("*'")) {
      throw invalid("musig(): Cannot have hardened child derivation");
    }
    boolean ranged = last.equals("*");
    DerivationPath path;
    try {
      path = KeyParser.path(ranged ? steps.subList(0, steps.size() - 1) : steps);
    } catch (WalletException e) {
      throw invalid("musig(): " + e.getMessage());
    }
    if (path.steps().stream().anyMatch(DerivationPath::isHardened)) {
      throw invalid("musig(): cannot have hardened derivation steps");
    }
    return new Musig(network, participants, path, ranged);
  }

  private static WalletException invalid(String message) {
    return DescriptorParser.invalid(message);
  }
}
