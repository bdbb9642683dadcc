package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainStateTest {
  private final ChainBuilder chain = ChainBuilder.regtest();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void aNewChainIsTheGenesis() {
    assertThat(chain.tip().height()).isZero();
    assertThat(chain.tip().hash()).isEqualTo(chain.params().genesis().hash());
    assertThat(chain.coin(chain.params().genesis().transactions().get(0).outPoint(0))).isEmpty();
  }

  @Test
  void aPaymentMovesACoin() {
    chain.mine(101);
    TestKey bob = TestKey.number(2);
    var payment = chain.spend(chain.coinbase(1), bob.p2wpkh(), 49_99990000L);
    chain.mineWith(payment);
    assertThat(chain.coin(chain.coinbase(1))).isEmpty();
    assertThat(chain.coin(payment.outPoint(0)))
        .contains(new Coin(new TxOut(49_99990000L, bob.p2wpkh()), 102, false));
  }

  @Test
  void theBranchWithMostWorkWins() {
    List<ChainEvent> events = new ArrayList<>();
    chain.chain().addListener(events::add);
    List<Block> first = chain.mine(3);
    List<Block> second = chain.fork(1, 2);
    assertThat(chain.tip().hash()).isEqualTo(first.get(2).hash());
    List<Block> third = chain.mineOn(second.get(1).hash(), 1);
    assertThat(chain.tip().hash()).isEqualTo(third.get(0).hash());
    assertThat(events).hasSize(3 + 2 + 3);
  }

  @Test
  void aBodyThatIsWrongByItselfDoesNotCondemnItsHeader() {
    Block headless =
        chain.draft().changeCoinbase(coinbase -> ChainBuilder.spendAnyone(List.of())).build();
    chain.chain().acceptHeader(headless.header(), headless.header().timeSeconds());
    for (int times = 0; times < 2; times++) {
      assertThat(chain.offer(headless))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              verdict -> assertThat(verdict.reason()).isEqualTo(RejectReason.BAD_CB_MISSING));
      assertThat(chain.chain().isInvalid(headless.hash())).isFalse();
    }
  }
}
