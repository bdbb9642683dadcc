package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.config.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlainNodeLineTest {
  private static final List<Option> ALL = List.of(Option.values());

  /** What somebody wants, in a form that can be compared. */
  private static String told(NodeRun run, Session session) {
    StringBuilder text = new StringBuilder();
    for (Option option : Option.values()) {
      List<String> values = run.options().all(option);
      if (!values.isEmpty()) {
        text.append(option).append(values);
      }
    }
    return text.append(run.newWallets())
        .append(run.exitWithParent())
        .append(session.which().network())
        .append(session.which().data())
        .toString();
  }

  private static Session session() {
    return new Session(new Typed().terminal(), Map.of());
  }

  private static Optional<String> plain(String... arguments) {
    Session session = session();
    return PlainNodeLine.read(session, arguments).map(run -> told(run, session));
  }

  private static String library(String... arguments) {
    Session session = session();
    CommandLine root = Farthing.commandLine(session, arguments);
    root.parseArgs(arguments);
    NodeCommand command = root.getSubcommands().get("node").getCommand();
    return told(command.wanted(), session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node",
        "node --network regtest --data /tmp/x/ --port 0 --rpc-port=0 --bind 127.0.0.1",
        "node --datadir=x --new-wallet a --new-wallet b --exit-with-parent",
        "node --no-print-to-console --listen=0 --no-listen --connect a --connect b=c",
        "node --mine --mine=2 --stratum --stratum=127.0.0.1:0 --block-filter-index=basic",
        "node --rest --data-dir x",
        "node --port 1 --port 2",
        "node --rpc-auth=user:salt$abc --uacomment x",
      })
  void usualLinesMeanWhatTheLibraryReadsInThem(String line) {
    String[] arguments = line.replace("--uacomment", "--ua-comment").split(" ");
    assertThat(plain(arguments)).contains(library(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status",
        "--network regtest node",
        "node --help",
        "node -h",
        "node --prot 1",
        "node --rpcport 1",
        "node --port",
        "node --port -1",
        "node --port=",
        "node @file",
        "node --conf @file",
        "node more",
        "node -- --port 1",
        "node --listen 0",
        "node --no-port",
        "node --no-listen=1",
        "node --no-listen --no-listen",
        "node --network regtest --network testnet",
        "node --data x --datadir y",
        "node --exit-with-parent=true",
        "node --exit-with-parent --exit-with-parent",
        "node --new-wallet",
        "node --no-network",
      })
  void whateverIsNotPlainIsLeftToTheLibrary(String line) {
    assertThat(plain(line.split(" "))).isEmpty();
  }

  @Test
  void linesAtRandomMeanTheSameOrAreLeftToTheLibrary() {
    Random random = new Random(6);
    int read = 0;
    for (int i = 0; i < 300; i++) {
      String[] arguments = line(random);
      Optional<String> plain = plain(arguments);
      if (plain.isPresent()) {
        read++;
        assertThat(plain).as(Arrays.toString(arguments)).contains(library(arguments));
      }
    }
    assertThat(read).isGreaterThan(50);
  }

  private static String[] line(Random random) {
    List<String> words = new ArrayList<>(List.of("node"));
    int options = random.nextInt(6);
    for (int i = 0; i < options; i++) {
      Option option = ALL.get(random.nextInt(ALL.size()));
      String name = (random.nextInt(6) == 0 ? "--no-" : "--") + option.label();
      switch (random.nextInt(4)) {
        case 0 -> words.add(name);
        case 1 -> words.add(name + "=" + value(random));
        default -> words.addAll(List.of(name, value(random)));
      }
    }
    return words.toArray(new String[0]);
  }

  private static String value(Random random) {
    List<String> values = List.of("0", "1", "a", "\"a b\"", "a=b", "node", "help", "x,y", "~/z");
    return values.get(random.nextInt(values.size()));
  }
}
