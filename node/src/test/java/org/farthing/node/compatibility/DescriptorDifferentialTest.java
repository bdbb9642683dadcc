package org.farthing.node.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoindevkit.Descriptor;
import org.bitcoindevkit.Network;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random descriptors of keys (BIP-0380 to 0386) beside two others: rust-miniscript, which stands
 * behind bdk, reads the same texts; bitcoin-kmp derives the same keys and makes the scripts and the
 * checksums of its own.
 */
class DescriptorDifferentialTest {
  private static final int CASES = Integer.getInteger("farthing.descriptors.cases", 2000);
  private static final long SEED = Long.getLong("farthing.descriptors.seed", System.nanoTime());
  private static final int[] INDEXES = {0, 123_456};

  private static final org.farthing.consensus.params.Network NETWORK =
      ConsensusParams.regtest().network();

  private static final Pattern FUNCTIONS = Pattern.compile("([a-z]+\\()+");

  /** Its functions from outside in; of a tree that there is one. */
  private static String form(String text) {
    Matcher functions = FUNCTIONS.matcher(text);
    assertThat(functions.lookingAt()).isTrue();
    boolean hasTree = text.startsWith("tr(") && text.contains(",");
    return functions.group() + (hasTree ? "KEY,TREE" : "");
  }

  @Test
  void addressesScriptsAndChecksumsAreTheSame(TestReporter reporter) throws Exception {
    KeyDescriptors random = new KeyDescriptors(SEED);
    Map<String, Integer> forms = new TreeMap<>();
    int judgedByBoth = 0;
    for (int i = 0; i < CASES; i++) {
      KeyDescriptors.Case next = random.next();
      String at = "seed %d, case %d: %s".formatted(SEED, i, next.text());
      forms.merge(form(next.text()), 1, Integer::sum);
      ScriptExpression ours = ScriptExpression.parse(next.text(), NETWORK);
      assertThat(ours.privateText())
          .as(at)
          .isEqualTo(next.text() + "#" + fr.acinq.bitcoin.Descriptor.checksum(next.text()));
      try (Descriptor theirs = new Descriptor(next.text(), Network.REGTEST)) {
        assertThat(theirs.toStringWithSecret()).as(at).isEqualTo(ours.privateText());
        for (int index : INDEXES) {
          String address = Address.ofScript(ours.scriptAt(index), NETWORK).orElseThrow().toString();
          assertThat(address).as(at).isEqualTo(BdkDescriptors.address(theirs, index));
          Optional<String> byKmp = next.address(index);
          byKmp.ifPresent(other -> assertThat(address).as(at).isEqualTo(other));
          judgedByBoth += byKmp.isPresent() ? 1 : 0;
        }
      }
    }
    reporter.publishEntry(
        Map.of(
            "farthing.descriptors.seed",
            Long.toString(SEED),
            "forms",
            forms.toString(),
            "addresses judged by bitcoin-kmp too",
            Integer.toString(judgedByBoth)));
    assertThat(judgedByBoth).isGreaterThan(CASES / 2);
  }
}
