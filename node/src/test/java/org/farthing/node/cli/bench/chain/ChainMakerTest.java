package org.farthing.node.cli.bench.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.simulation.HeapLedger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainMakerTest {
  private static final int BLOCKS = 4;
  private static final int PAYMENTS = 40;

  @TempDir private Path folder;

  private ChainFile make(ChainRecipe recipe, String name) throws Exception {
    return ChainMaker.make(recipe, folder.resolve(name), progress -> {});
  }

  private static ChainRecipe small(String name) {
    return ChainRecipe.named(name).with(2_600, BLOCKS, PAYMENTS);
  }

  @ParameterizedTest
  @CsvSource({"forms, 5", "signatures, 4", "coins, 1"})
  void everyBlockIsValidAndPaymentsSpendAllForms(String name, int types) throws Exception {
    Map<OutputType, Integer> spent = new EnumMap<>(OutputType.class);
    try (ChainFile file = make(small(name), name);
        ChainState chain =
            ChainState.open(ConsensusParams.regtest(), new HeapLedger(), Runnable::run)) {
      for (int height = 1; height <= file.height(); height++) {
        Block block = Block.read(new ByteReader(file.block(height)));
        for (Transaction payment : payments(file, height, block)) {
          for (TxIn input : payment.inputs()) {
            Coin coin = chain.coins().coin(input.outPoint()).orElseThrow();
            spent.merge(ScriptPattern.classify(coin.output().scriptPubKey()), 1, Integer::sum);
          }
        }
        assertThat(chain.acceptBlock(block, block.header().timeSeconds()).isAccepted()).isTrue();
      }
      assertThat(chain.snapshot().tip().height()).isEqualTo(file.height());
      assertThat(chain.snapshot().tip().hash())
          .isEqualTo(file.headers(file.height(), 1).get(0).hash());
    }
    assertThat(spent.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(BLOCKS * PAYMENTS * ChainRecipe.SIDES);
    // Both ways to spend a taproot output look the same from outside.
    assertThat(spent).hasSize(name.equals("forms") ? types - 1 : types);
  }

  private static Iterable<Transaction> payments(ChainFile file, int height, Block block) {
    return block
        .transactions()
        .subList(
            height > file.height() - BLOCKS ? 1 : block.transactions().size(),
            block.transactions().size());
  }

  @Test
  void theSameRecipeGivesTheSameBytes() throws Exception {
    try (ChainFile one = make(small("forms"), "one");
        ChainFile other = make(small("forms"), "other")) {
      assertThat(Files.mismatch(one.path(), other.path())).isEqualTo(-1);
      assertThat(one.bytes()).isPositive();
    }
  }

  @Test
  void emptyBlocksNeedNoCoins() throws Exception {
    try (ChainFile file = make(ChainRecipe.named("empty").with(0, 7, 0), "empty")) {
      assertThat(file.height()).isEqualTo(7);
    }
  }

  @Test
  void everyNameHasARecipe() {
    assertThat(ChainRecipe.names()).allSatisfy(name -> ChainRecipe.named(name));
    assertThatThrownBy(() -> ChainRecipe.named("any")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paymentsNeedCoins() {
    assertThatThrownBy(() -> small("forms").with(PAYMENTS, 1, PAYMENTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coins");
  }
}
