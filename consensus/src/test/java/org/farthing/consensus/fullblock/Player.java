package org.farthing.consensus.fullblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Coins;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;

/** A chain to which a scenario happens; after each step it must be as the step says. */
final class Player implements AutoCloseable {
  private final Scenario scenario;
  private final Supplier<Ledger> ledgers;
  private final Map<BlockHash, String> failures = new HashMap<>();
  private ChainState chain;
  private long nowSeconds = Scenario.NOW_SECONDS;

  /** Opens a ledger, and gives it the scenario's base if it is new. */
  Player(Scenario scenario, Supplier<Ledger> ledgers) {
    this.scenario = scenario;
    this.ledgers = ledgers;
    open();
    for (Block block : scenario.base()) {
      assertThat(accept(block)).isEqualTo(Verdict.accepted());
    }
  }

  private void open() {
    chain = ChainState.open(scenario.params(), ledgers.get(), Runnable::run);
    chain.addFailureListener((node, verdict) -> failures.put(node.hash(), verdict.label()));
  }

  /** Closes the ledger and opens it again; nothing may be lost by that. */
  void restart() {
    HeaderNode tip = tip();
    BlockHash bestHeader = chain.snapshot().bestHeader().hash();
    chain.close();
    open();
    assertThat(tip().hash()).isEqualTo(tip.hash());
    assertThat(tip().medianTimePast()).isEqualTo(tip.medianTimePast());
    assertThat(tip().chainWork()).isEqualTo(tip.chainWork());
    assertThat(chain.snapshot().bestHeader().chainWork())
        .isEqualTo(chain.headers().find(bestHeader).orElseThrow().chainWork());
  }

  ChainState chain() {
    return chain;
  }

  HeaderNode tip() {
    return chain.snapshot().tip();
  }

  void clock(long seconds) {
    nowSeconds = seconds;
  }

  Verdict accept(Block block) {
    return chain.acceptBlock(block, nowSeconds);
  }

  Verdict acceptHeader(BlockHeader header) {
    return chain.acceptHeader(header, nowSeconds);
  }

  /** What is said of a refusal; empty for an acceptance. */
  static String label(Verdict verdict) {
    return verdict instanceof Verdict.Rejected rejected ? rejected.label() : "";
  }

  /** Lets a step happen, and checks what comes of it. */
  void play(Step step) {
    HeaderNode before = tip();
    if (step instanceof Step.AcceptedBlock accepted) {
      rehearse(accepted.block(), "");
      accepted(accepted.block());
    } else if (step instanceof Step.AcceptedBranch branch) {
      branch.blocks().forEach(this::accepted);
    } else if (step instanceof Step.ExpectedTip expected) {
      assertThat(tip().hash()).isEqualTo(expected.hash());
    } else if (step instanceof Step.ClockIs clock) {
      clock(clock.nowSeconds());
    } else {
      refusal(step);
      assertThat(tip()).isSameAs(before);
    }
  }

  private void refusal(Step step) {
    if (step instanceof Step.InvalidBlock invalid) {
      rehearse(invalid.block(), invalid.label());
      assertThat(label(accept(invalid.block()))).isEqualTo(invalid.label());
      condemned(invalid.block());
    } else if (step instanceof Step.SleepingBlock sleeping) {
      assertThat(accept(sleeping.block())).isEqualTo(Verdict.accepted());
      assertThat(chain.isInvalid(sleeping.block().hash())).isFalse();
    } else if (step instanceof Step.DoomedBlock doomed) {
      refused(doomed.block(), RejectReason.BAD_PREVBLK.label());
      condemned(doomed.block());
    } else if (step instanceof Step.RefusedBody refused) {
      rehearse(refused.block(), refused.label());
      twice(refused.block(), refused.label());
      assertThat(chain.isInvalid(refused.block().hash())).isFalse();
      assertThat(chain.hasBlock(refused.block().hash())).isFalse();
    } else if (step instanceof Step.RefusedHeader refused) {
      twice(refused.block(), refused.label());
      assertThat(chain.headers().find(refused.block().hash())).isEmpty();
    } else if (step instanceof Step.OrphanBlock orphan) {
      twice(orphan.block(), RejectReason.PREV_BLK_NOT_FOUND.label());
      assertThat(chain.headers().find(orphan.block().hash())).isEmpty();
    } else if (step instanceof Step.UndecodableBlock undecodable) {
      assertThatThrownBy(() -> Block.decode(Hex.decode(undecodable.hex())))
          .isInstanceOf(DecodeException.class);
    } else {
      throw new AssertionError(step);
    }
  }

  private void accepted(Block block) {
    assertThat(accept(block)).isEqualTo(Verdict.accepted());
    assertThat(chain.hasBlock(block.hash())).isTrue();
    assertThat(chain.isInvalid(block.hash())).isFalse();
  }

  private void refused(Block block, String label) {
    assertThat(label(accept(block))).isEqualTo(label);
  }

  private void twice(Block block, String label) {
    refused(block, label);
    refused(block, label);
  }

  /** A block for the tip is judged the same as a template, which changes nothing. */
  private void rehearse(Block block, String label) {
    if (block.header().previous().equals(tip().hash())) {
      HeaderNode before = tip();
      assertThat(label(chain.testBlock(block, nowSeconds))).as("as a template").isEqualTo(label);
      assertThat(tip()).isSameAs(before);
    }
  }

  /** The block is remembered as invalid, and so is whatever builds on it. */
  private void condemned(Block block) {
    assertThat(chain.isInvalid(block.hash())).isTrue();
    refused(block, RejectReason.DUPLICATE_INVALID.label());
    BlockHeader child = child(scenario.params(), block.header());
    assertThat(label(acceptHeader(child))).isEqualTo(RejectReason.BAD_PREVBLK.label());
    assertThat(chain.headers().find(child.hash())).isEmpty();
  }

  private static BlockHeader child(ConsensusParams params, BlockHeader parent) {
    BlockHeader child =
        new BlockHeader(
            parent.version(),
            parent.hash(),
            parent.merkleRoot(),
            parent.timeSeconds() + 1,
            parent.bits(),
            0);
    while (!ProofOfWork.isMet(child.hash(), child.bits(), params.difficulty())) {
      child = child.withNonce(child.nonce() + 1);
    }
    return child;
  }

  /** Whether all ended as it should: the tip is valid, and the coins are those that it leaves. */
  void assertEnd() {
    for (Step.Delivery delivery : scenario.deliveries()) {
      if (delivery instanceof Step.SleepingBlock sleeping) {
        assertThat(failures).containsEntry(sleeping.block().hash(), sleeping.label());
      }
    }
    Coins.assertConsistent(chain, scenario.allBlocks());
  }

  @Override
  public void close() {
    chain.close();
  }
}
