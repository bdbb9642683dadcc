package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.KnownChain;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** What a chain's own history permits or makes superfluous. */
class KnownChainTest {
  private static final int BIP34_HEIGHT = 5;
  private static final ConsensusParams LATE_BIP34 =
      ConsensusParams.regtest().withActivationHeight(Deployment.BIP34, BIP34_HEIGHT);

  /** A coinbase that says at height 3 what one at height 7 should say. */
  private static final Transaction AHEAD_OF_ITS_TIME = coinbase("570000");

  private static Transaction coinbase(String script) {
    return new Transaction(
        1,
        List.of(new TxIn(OutPoint.NULL, script(script), Sequence.FINAL)),
        List.of(new TxOut(1, BlockDraft.ANYONE)),
        0);
  }

  private static Script script(String hex) {
    return Script.of(Hex.constant(hex));
  }

  private static ConsensusParams with(ConsensusParams params, KnownChain known) {
    return new ConsensusParams(
        params.network(),
        params.genesis(),
        params.difficulty(),
        params.subsidy(),
        params.deployments(),
        known,
        params.blockChallenge());
  }

  private static KnownChain known(
      Set<BlockHash> repeated, KnownChain.HeightsInCoinbases heightsInCoinbases) {
    return new KnownChain(
        Map.of(),
        repeated,
        Optional.ofNullable(heightsInCoinbases),
        KnownChain.Trust.NOTHING,
        Optional.empty(),
        KnownChain.HeaderCommitments.SHORT_CHAIN);
  }

  private static Block with(ChainBuilder chain, Transaction coinbase) {
    return chain.draft().changeCoinbase(made -> coinbase).build();
  }

  private static void replay(List<Block> blocks, ChainBuilder chain) {
    blocks.forEach(chain::add);
  }

  @Test
  void aCoinbaseMustNotOverwriteAnother() {
    try (ChainBuilder chain = ChainBuilder.on(LATE_BIP34)) {
      chain.add(with(chain, coinbase("0000")));
      Block again = with(chain, coinbase("0000"));
      assertThat(chain.offer(again))
          .isEqualTo(
              Verdict.rejected(RejectReason.BAD_TXNS_BIP30, "tried to overwrite transaction"));
    }
  }

  @Test
  void twoBlocksOfHistoryOverwriteAllTheSame() {
    Transaction twice = coinbase("0000");
    Block first;
    Block second;
    try (ChainBuilder chain = ChainBuilder.on(LATE_BIP34)) {
      first = chain.add(with(chain, twice));
      second = with(chain, twice);
    }
    try (ChainBuilder chain =
        ChainBuilder.on(with(LATE_BIP34, known(Set.of(second.hash()), null)))) {
      replay(List.of(first, second), chain);
      assertThat(chain.coin(twice.outPoint(0)).orElseThrow().height()).isEqualTo(2);
      // Only those blocks may.
      assertThat(chain.offer(with(chain, twice)).isAccepted()).isFalse();
    }
  }

  /** On the known chain nobody looks, until heights come that old coinbases name. */
  @Test
  void heightsInCoinbasesSufficeForATime() {
    List<Block> blocks;
    Block repetition;
    try (ChainBuilder chain = ChainBuilder.on(LATE_BIP34)) {
      chain.mine(2);
      chain.add(with(chain, AHEAD_OF_ITS_TIME));
      chain.mine(3);
      blocks = chain.blocks();
      repetition = with(chain, AHEAD_OF_ITS_TIME);
      assertThat(chain.draft().height()).isEqualTo(7);
      assertThat(chain.offer(repetition).isAccepted()).isFalse();
    }
    BlockHash anchor = blocks.get(BIP34_HEIGHT - 1).hash();
    assertThat(acceptsSeventh(blocks, repetition, anchor, 8)).isTrue();
    assertThat(acceptsSeventh(blocks, repetition, anchor, 7)).isFalse();
    BlockHash other = blocks.get(BIP34_HEIGHT).hash();
    assertThat(acceptsSeventh(blocks, repetition, other, 8)).isFalse();
  }

  private static boolean acceptsSeventh(
      List<Block> blocks, Block seventh, BlockHash anchor, int sufficesBefore) {
    KnownChain known = known(Set.of(), new KnownChain.HeightsInCoinbases(anchor, sufficesBefore));
    try (ChainBuilder chain = ChainBuilder.on(with(LATE_BIP34, known))) {
      replay(blocks, chain);
      return chain.offer(seventh).isAccepted();
    }
  }

  /** The first block under BIP-0034 is checked itself; those after it need not be. */
  @Test
  void whereRepetitionIsPossible() {
    try (ChainBuilder chain = ChainBuilder.on(LATE_BIP34)) {
      chain.mine(7);
      BlockHash anchor = chain.block(BIP34_HEIGHT).hash();
      ConsensusParams params =
          with(LATE_BIP34, known(Set.of(), new KnownChain.HeightsInCoinbases(anchor, 1_983_702)));
      HeaderNode tip = chain.tip();
      assertThat(Repetition.isPossibleIn(tip.ancestor(4), params)).isTrue();
      assertThat(Repetition.isPossibleIn(tip.ancestor(5), params)).isTrue();
      assertThat(Repetition.isPossibleIn(tip.ancestor(6), params)).isFalse();
      assertThat(Repetition.isPossibleIn(tip.ancestor(6), LATE_BIP34)).isTrue();
      assertThat(Repetition.isPossibleIn(tip.ancestor(6), ConsensusParams.regtest())).isFalse();
    }
  }

  @Test
  void theMainChainsHistory() {
    KnownChain known = ConsensusParams.mainnet().known();
    assertThat(known.repeatedCoinbases()).hasSize(2);
    assertThat(known.heightsInCoinbases().orElseThrow().sufficesBefore()).isEqualTo(1_983_702);
    assertThat(known.scriptFlagExceptions().values())
        .containsExactlyInAnyOrder(
            ScriptFlags.NONE, ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS));
  }

  /** The redeem script is false: BIP-0016 forbids the spend, and nothing else does. */
  @Test
  void aBlockMayBreakAScriptRuleIfHistorySaysSo() {
    Script redeem = new ScriptBuilder().op(Opcode.OP_0).build();
    Script payTo =
        new ScriptBuilder()
            .op(Opcode.OP_HASH160)
            .push(Hash160.hash(redeem.toByteArray()))
            .op(Opcode.OP_EQUAL)
            .build();
    List<Block> blocks;
    Block breaking;
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(1, payTo);
      chain.mine(100);
      Transaction spend =
          new Transaction(
              2,
              List.of(
                  new TxIn(
                      chain.coinbase(1),
                      new ScriptBuilder().push(redeem).build(),
                      Sequence.MAX_NON_FINAL)),
              List.of(new TxOut(1, BlockDraft.ANYONE)),
              0);
      blocks = chain.blocks();
      breaking = chain.draft().with(spend).build();
      assertThat(chain.offer(breaking).toString())
          .startsWith("block-script-verify-flag-failed (Script evaluated without error but");
    }
    KnownChain known =
        new KnownChain(
            Map.of(breaking.hash(), ScriptFlags.NONE),
            Set.of(),
            Optional.empty(),
            KnownChain.Trust.NOTHING,
            Optional.empty(),
            KnownChain.HeaderCommitments.SHORT_CHAIN);
    ConsensusParams params = with(ConsensusParams.regtest(), known);
    try (ChainBuilder chain = ChainBuilder.on(params)) {
      replay(blocks, chain);
      chain.add(breaking);
      // Deployments hold in the exception too; in the next block all is as usual.
      assertThat(ScriptRules.of(chain.tip(), params))
          .isEqualTo(
              ScriptFlags.of(
                  ScriptFlag.DERSIG,
                  ScriptFlag.CHECKLOCKTIMEVERIFY,
                  ScriptFlag.CHECKSEQUENCEVERIFY,
                  ScriptFlag.NULLDUMMY));
      assertThat(ScriptRules.of(chain.tip().parent(), params)).isEqualTo(ScriptFlags.MANDATORY);
    }
  }

  @Test
  void scriptRulesComeOneByOne() {
    ConsensusParams main = ConsensusParams.mainnet();
    ScriptFlags first = ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS, ScriptFlag.TAPROOT);
    assertThat(ScriptRules.at(363_724, main)).isEqualTo(first);
    ScriptFlags strict = first.with(ScriptFlag.DERSIG);
    assertThat(ScriptRules.at(363_725, main)).isEqualTo(strict);
    assertThat(ScriptRules.at(388_380, main)).isEqualTo(strict);
    ScriptFlags locked = strict.with(ScriptFlag.CHECKLOCKTIMEVERIFY);
    assertThat(ScriptRules.at(388_381, main)).isEqualTo(locked);
    assertThat(ScriptRules.at(419_327, main)).isEqualTo(locked);
    ScriptFlags relative = locked.with(ScriptFlag.CHECKSEQUENCEVERIFY);
    assertThat(ScriptRules.at(419_328, main)).isEqualTo(relative);
    assertThat(ScriptRules.at(481_823, main)).isEqualTo(relative);
    assertThat(ScriptRules.at(481_824, main)).isEqualTo(ScriptFlags.MANDATORY);
  }
}
