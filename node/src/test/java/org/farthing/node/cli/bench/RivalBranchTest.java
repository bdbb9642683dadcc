package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

class RivalBranchTest {
  @Test
  void itHasTheSamePaymentsAndWins() throws DecodeException {
    try (ChainBuilder builder = ChainBuilder.regtest()) {
      builder.mine(102);
      List<Block> some = new ArrayList<>();
      for (int height = 1; height <= 2; height++) {
        some.add(
            builder.mineWith(
                builder.spend(builder.coinbase(height), ChainBuilder.MINER.p2wpkh(), 1_000_000)));
      }

      List<String> branch = RivalBranch.against(some, 103);
      assertThat(branch).hasSize(3);
      List<Block> rivals = new ArrayList<>();
      for (String hex : branch) {
        rivals.add(builder.add(Block.decode(Hex.decode(hex))));
      }
      assertThat(builder.tip().hash()).isEqualTo(rivals.get(2).hash());
      assertThat(builder.block(103)).isEqualTo(rivals.get(0));
      for (int i = 0; i < 2; i++) {
        assertThat(rivals.get(i).hash()).isNotEqualTo(some.get(i).hash());
        assertThat(rivals.get(i).transactions().subList(1, 2))
            .isEqualTo(some.get(i).transactions().subList(1, 2));
      }
      assertThat(rivals.get(2).transactions()).hasSize(1);
    }
  }
}
