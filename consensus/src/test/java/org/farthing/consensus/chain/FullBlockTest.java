package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.consensus.validation.RejectReason.BAD_CB_AMOUNT;
import static org.farthing.consensus.validation.RejectReason.BAD_PREVBLK;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_INPUTS_MISSINGORSPENT;
import static org.farthing.consensus.validation.RejectReason.DUPLICATE_INVALID;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Stories of branches: which block is taken, which refused, and where the tip is afterwards. */
class FullBlockTest {
  /** What happens, and what should come of it. Blocks have names; a story begins at "base". */
  private sealed interface Step {
    /** A block is taken. */
    record AcceptedBlock(String name, String parent, UnaryOperator<BlockDraft> draft)
        implements Step {}

    /** A block is refused. */
    record RejectedBlock(
        String name, String parent, RejectReason reason, UnaryOperator<BlockDraft> draft)
        implements Step {}

    /** A block that was offered before is refused. */
    record RefusedAgain(String name, RejectReason reason) implements Step {}

    /** This is the tip. */
    record ExpectedTip(String name) implements Step {}
  }

  private static Step accepted(String name, String parent) {
    return accepted(name, parent, draft -> draft);
  }

  private static Step accepted(String name, String parent, UnaryOperator<BlockDraft> draft) {
    return new Step.AcceptedBlock(name, parent, draft);
  }

  private static Step rejected(
      String name, String parent, RejectReason reason, UnaryOperator<BlockDraft> draft) {
    return new Step.RejectedBlock(name, parent, reason, draft);
  }

  private static Step tip(String name) {
    return new Step.ExpectedTip(name);
  }

  @TestFactory
  Stream<DynamicTest> stories() {
    Transaction spend = Story.spend(1);
    Transaction conflicting = Story.spend(2);
    Transaction child =
        ChainBuilder.spendAnyone(List.of(spend.outPoint(0)), new TxOut(1, BlockDraft.ANYONE));
    return Stream.of(
        story(
            "the first seen of two equal branches stays",
            accepted("a1", "base"),
            accepted("b1", "base"),
            tip("a1"),
            accepted("b2", "b1"),
            tip("b2"),
            accepted("a2", "a1"),
            tip("b2"),
            accepted("a3", "a2"),
            tip("a3")),
        story(
            "a coin is spent once on each branch",
            accepted("a1", "base", draft -> draft.with(spend)),
            accepted("b1", "base", draft -> draft.with(conflicting)),
            accepted("b2", "b1"),
            tip("b2"),
            rejected("b3", "b2", BAD_TXNS_INPUTS_MISSINGORSPENT, draft -> draft.with(spend)),
            tip("b2"),
            accepted("a2", "a1", draft -> draft.with(child)),
            accepted("a3", "a2"),
            tip("a3")),
        story(
            "a coin may be made and spent in one block",
            accepted("a1", "base", draft -> draft.with(spend, child)),
            accepted("b1", "base"),
            accepted("b2", "b1"),
            tip("b2"),
            accepted("b3", "b2", draft -> draft.with(spend, child)),
            tip("b3")),
        story(
            "a better branch with an invalid block in the middle",
            accepted("a1", "base"),
            accepted("b1", "base"),
            accepted("b2", "b1"),
            accepted("a2", "a1", draft -> draft.fees(1)),
            tip("b2"),
            new Step.RejectedBlock("a3", "a2", BAD_PREVBLK, draft -> draft),
            tip("b2"),
            new Step.RefusedAgain("a2", DUPLICATE_INVALID),
            rejected("a4", "a3", BAD_PREVBLK, draft -> draft),
            accepted("b3", "b2"),
            tip("b3")),
        story(
            "fees belong to the miner, and no more than that",
            rejected(
                "a1", "base", BAD_CB_AMOUNT, draft -> draft.with(spend).fees(Story.FEE_SAT + 1)),
            accepted("b1", "base", draft -> draft.with(spend).fees(Story.FEE_SAT)),
            tip("b1")));
  }

  private static DynamicTest story(String what, Step... steps) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          try (Story story = new Story()) {
            for (Step step : steps) {
              story.tell(step);
            }
          }
        });
  }

  /** One story on its way. */
  private static final class Story implements AutoCloseable {
    static final long FEE_SAT = 1000;

    private static final List<Block> BASE = base();

    private final ChainBuilder chain = ChainBuilder.regtest();
    private final Map<String, Block> blocks = new HashMap<>();

    Story() {
      BASE.forEach(chain::add);
      blocks.put("base", chain.block(chain.tip().height()));
    }

    private static List<Block> base() {
      try (ChainBuilder chain = ChainBuilder.regtest()) {
        return chain.mine(101, BlockDraft.ANYONE);
      }
    }

    /** One of several ways to spend the same coin. */
    static Transaction spend(int way) {
      OutPoint coin = BASE.get(0).transactions().get(0).outPoint(0);
      long value = BASE.get(0).transactions().get(0).outputs().get(0).valueSat();
      return ChainBuilder.spendAnyone(
          List.of(coin),
          new TxOut(value - FEE_SAT - way, BlockDraft.ANYONE),
          new TxOut(way, BlockDraft.ANYONE));
    }

    void tell(Step step) {
      if (step instanceof Step.AcceptedBlock accepted) {
        Block block = draw(accepted.name(), accepted.parent(), accepted.draft());
        assertThat(chain.offer(block)).as(accepted.name()).isEqualTo(Verdict.accepted());
        assertThat(chain.offer(block)).as("again").isEqualTo(Verdict.accepted());
      } else if (step instanceof Step.RejectedBlock rejected) {
        Block block = draw(rejected.name(), rejected.parent(), rejected.draft());
        assertRefused(block, rejected.reason());
      } else if (step instanceof Step.RefusedAgain again) {
        assertRefused(blocks.get(again.name()), again.reason());
      } else if (step instanceof Step.ExpectedTip expected) {
        assertThat(chain.tip().hash()).isEqualTo(blocks.get(expected.name()).hash());
      }
    }

    private Block draw(String name, String parent, UnaryOperator<BlockDraft> draft) {
      Block block = draft.apply(chain.draft(blocks.get(parent).hash())).build();
      blocks.put(name, block);
      return block;
    }

    private void assertRefused(Block block, RejectReason reason) {
      assertThat(chain.offer(block))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class, verdict -> assertThat(verdict.reason()).isEqualTo(reason));
    }

    @Override
    public void close() {
      chain.close();
    }
  }
}
