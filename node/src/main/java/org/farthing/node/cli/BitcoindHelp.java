package org.farthing.node.cli;

import java.util.Arrays;
import org.farthing.node.config.Option;
import org.farthing.node.config.core.CoreOptions;

/** What {@code -help} and {@code -version} print. */
final class BitcoindHelp {
  private static final int LABEL_WIDTH = 26;

  private BitcoindHelp() {}

  static String version() {
    return "Farthing daemon version v"
        + Version.NUMBER
        + " farthing-bitcoind\n"
        + "Distributed under the MIT software licence.\n";
  }

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append("Farthing daemon version v").append(Version.NUMBER);
    text.append(" farthing-bitcoind\n\n");
    text.append("A Farthing node that takes the options of Bitcoin Core's daemon.\n\n");
    text.append("Usage: farthing-bitcoind [options]\n\nOptions:\n\n");
    Arrays.stream(Option.values())
        .filter(CoreOptions::hasName)
        .forEach(option -> text.append(line(option)));
    text.append(
        """

        Networks: -regtest, -signet, or -chain=NAME. Options stand on the command line, in the
        environment (FARTHING_RPCPORT=18443), or in bitcoin.conf in the data directory.
        Further options of Bitcoin Core are accepted where they change nothing here.
        """);
    return text.toString();
  }

  private static String line(Option option) {
    String label = "-" + option.squeezed() + (option.isFlag() ? "" : "=<value>");
    String gap = " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
    return "  " + label + gap + option.description() + "\n";
  }
}
