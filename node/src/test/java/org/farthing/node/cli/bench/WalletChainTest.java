package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletChainTest {
  private static List<Transaction> contents(HeaderNode node) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, node.height()), Script.EMPTY, -1);
    return List.of(
        new Transaction(2, List.of(input), List.of(new TxOut(node.height(), KnownKey.LOCK)), 0));
  }

  @Test
  void itGrowsAndShowsWhatItsBlocksAreSaidToHave() {
    try (WalletChain chain = new WalletChain(WalletChainTest::contents)) {
      chain.grow(2_500);
      chain.grow(1);
      assertThat(chain.tip().height()).isEqualTo(2_501);

      ChainSnapshot seen = chain.snapshot();
      assertThat(seen.tip()).isEqualTo(chain.tip());
      HeaderNode some = chain.tip().ancestor(7);
      assertThat(seen.chain().block(some.hash()).orElseThrow().transactions())
          .isEqualTo(contents(some));
    }
  }

  @Test
  void filtersFindWhatBlocksPay() throws Exception {
    try (WalletChain chain = new WalletChain(WalletChainTest::contents)) {
      chain.grow(3);
      chain.makeFilters();
      assertThat(chain.filter(chain.tip())).isEmpty();

      chain.showFilters(true);
      assertThat(chain.hasFilters()).isTrue();
      assertThat(chain.filter(chain.tip()).orElseThrow().containsAny(List.of(KnownKey.LOCK)))
          .isTrue();
    }
  }

  @Test
  void blocksAndFiltersOnDiskAreTheSame(@TempDir Path folder) throws Exception {
    try (WalletChain chain = new WalletChain(WalletChainTest::contents)) {
      chain.grow(1_500);
      chain.keepOnDisk(folder);
      chain.showFilters(true);
      for (int height : new int[] {1, 999, 1_000, 1_500}) {
        HeaderNode node = chain.tip().ancestor(height);
        assertThat(chain.block(node).transactions()).isEqualTo(contents(node));
        assertThat(chain.filter(node).orElseThrow().containsAny(List.of(KnownKey.LOCK))).isTrue();
      }
    }
  }
}
