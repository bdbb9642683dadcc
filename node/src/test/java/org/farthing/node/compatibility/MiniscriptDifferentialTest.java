package org.farthing.node.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bitcoindevkit.Descriptor;
import org.bitcoindevkit.Network;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.Test;

/**
 * Random descriptors with miniscripts beside rust-miniscript, which stands behind bdk. In one thing
 * they differ: behind a witness program it also takes what anybody can spend, or whose witness
 * anybody can change, which it refuses in tapscript. BIP-0379 calls the former insecure, and wants
 * the latter to be known; as Bitcoin Core we refuse both.
 */
class MiniscriptDifferentialTest {
  private static final int CASES = Integer.getInteger("farthing.miniscript.cases", 2000);
  private static final long SEED = Long.getLong("farthing.miniscript.seed", System.nanoTime());
  private static final int[] INDEXES = {0, 7};

  private static final org.farthing.consensus.params.Network NETWORK =
      ConsensusParams.regtest().network();

  /** What we make of a descriptor, or why we refuse it. */
  private record Ours(Optional<ScriptExpression> descriptor, String refusal) {
    static Ours of(String text) {
      try {
        return new Ours(Optional.of(ScriptExpression.parse(text, NETWORK)), "");
      } catch (WalletException e) {
        return new Ours(Optional.empty(), e.getMessage());
      }
    }

    boolean isRefusedAsUnsafe() {
      return refusal.endsWith("witnesses without signature exist")
          || refusal.endsWith("malleable witnesses exist");
    }
  }

  private static Optional<Descriptor> theirs(String text) {
    try {
      return Optional.of(new Descriptor(text, Network.REGTEST));
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  private static String ourAddress(ScriptExpression descriptor, int index) {
    return Address.ofScript(descriptor.scriptAt(index), NETWORK).orElseThrow().toString();
  }

  @Test
  void whatIsTakenAndWhereItPaysIsTheSame() throws Exception {
    RandomDescriptors random = new RandomDescriptors(SEED);
    int taken = 0;
    for (int i = 0; i < CASES; i++) {
      String text = random.next();
      String at = "seed %d, case %d: %s".formatted(SEED, i, text);
      Ours ours = Ours.of(text);
      Optional<Descriptor> theirs = theirs(text);
      if (!ours.isRefusedAsUnsafe() || text.startsWith("tr(")) {
        assertThat(ours.descriptor().isPresent())
            .as(at + ": " + ours.refusal())
            .isEqualTo(theirs.isPresent());
      }
      if (ours.descriptor().isPresent()) {
        ScriptExpression descriptor = ours.descriptor().get();
        taken++;
        assertThat(descriptor.text()).as(at).isEqualTo(theirs.get().toString());
        for (int index : INDEXES) {
          assertThat(ourAddress(descriptor, index))
              .as(at)
              .isEqualTo(BdkDescriptors.address(theirs.get(), index));
        }
      }
    }
    assertThat(taken).isGreaterThan(CASES / 4);
  }

  @Test
  void whatAnybodyCanSpendOnlyTheyTake() throws Exception {
    for (String text : List.of("wsh(older(7787))", "wsh(or_i(pk(%s),sha256(%s)))")) {
      String filled =
          text.formatted(
              "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
              "11".repeat(32));
      assertThat(Ours.of(filled).isRefusedAsUnsafe()).isTrue();
      assertThat(theirs(filled)).isPresent();
    }
  }
}
