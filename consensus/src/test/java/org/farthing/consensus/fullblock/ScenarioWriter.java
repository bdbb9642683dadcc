package org.farthing.consensus.fullblock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.testing.BlockDraft;

/**
 * Writes a scenario. It knows where each block stands, and nothing of the rules: what should come
 * of a block is said by whoever writes, and the chain under test has no part in it.
 */
final class ScenarioWriter {
  /** Blocks of the usual base: 31 coinbases can be spent in the block after it. */
  static final int BASE = 130;

  /** What the coinbases of the base are worth. */
  static final long COIN_SAT = 50 * Amount.COIN;

  private static final int MEDIAN_SPAN = 11;

  private final String name;
  private final ConsensusParams params;
  private final Map<BlockHash, BlockDraft.Parent> places = new HashMap<>();
  private final Map<BlockHash, BlockHeader> headers = new HashMap<>();
  private final Map<String, Block> blocks = new HashMap<>();
  private final Deque<OutPoint> coins = new ArrayDeque<>();
  private final List<Block> base = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private BlockHash last;
  private int tag;

  /** Begins at the genesis, without coins. */
  ScenarioWriter(String name, ConsensusParams params) {
    this.name = name;
    this.params = params;
    Block genesis = params.genesis();
    headers.put(genesis.hash(), genesis.header());
    long time = genesis.header().timeSeconds();
    places.put(genesis.hash(), new BlockDraft.Parent(0, genesis.hash(), time, time));
    last = genesis.hash();
  }

  /** Begins with {@link #BASE} blocks of Bitcoin's regtest, and their mature coins. */
  static ScenarioWriter regtest(String name) {
    return withBase(name, ConsensusParams.regtest(), BASE);
  }

  /** Begins with blocks that pay {@link #COIN_SAT} to anyone. */
  static ScenarioWriter withBase(String name, ConsensusParams params, int count) {
    ScenarioWriter writer = new ScenarioWriter(name, params);
    for (int i = 0; i < count; i++) {
      Block block = writer.next().build();
      writer.base.add(block);
      writer.place(block);
      writer.last = block.hash();
    }
    int mature = count + 1 - params.coinbaseMaturity();
    writer.base.stream()
        .limit(Math.max(0, mature))
        .forEach(block -> writer.coins.add(block.transactions().get(0).outPoint(0)));
    return writer;
  }

  Scenario done() {
    return new Scenario(name, params, base, steps);
  }

  ConsensusParams params() {
    return params;
  }

  /** The height of the block that follows the last accepted one. */
  int nextHeight() {
    return places.get(last).height() + 1;
  }

  /** The block of this name, whatever came of it; "base" is the last one of the base. */
  Block block(String blockName) {
    return blockName.equals("base") ? base.get(base.size() - 1) : blocks.get(blockName);
  }

  /** The coinbase's first output in a block of the base. */
  OutPoint coinbase(int height) {
    return base.get(height - 1).transactions().get(0).outPoint(0);
  }

  /** The place of a block of the base. */
  BlockDraft.Parent basePlace(int height) {
    return places.get(base.get(height - 1).hash());
  }

  /** The place of the last accepted block. */
  BlockDraft.Parent place() {
    return places.get(last);
  }

  /** A block after the one that was accepted last. */
  BlockDraft next() {
    return after(last);
  }

  /** A block after any other. */
  BlockDraft on(String parent) {
    return after(block(parent).hash());
  }

  private BlockDraft after(BlockHash parent) {
    return new BlockDraft(params, places.get(parent), params.difficulty().limitBits(), ++tag);
  }

  private void place(Block block) {
    BlockHeader header = block.header();
    headers.put(block.hash(), header);
    BlockDraft.Parent parent = places.get(header.previous());
    long[] times = new long[Math.min(MEDIAN_SPAN, parent.height() + 2)];
    BlockHeader at = header;
    for (int i = 0; i < times.length; i++) {
      times[i] = at.timeSeconds();
      at = headers.get(at.previous());
    }
    Arrays.sort(times);
    places.put(
        block.hash(),
        new BlockDraft.Parent(
            parent.height() + 1, block.hash(), header.timeSeconds(), times[times.length / 2]));
  }

  private Block named(String blockName, Block block) {
    if (blocks.put(blockName, block) != null) {
      throw new IllegalArgumentException("two blocks are called " + blockName);
    }
    if (places.containsKey(block.header().previous())) {
      place(block);
    }
    return block;
  }

  /** A mature coin of the base that was not handed out yet: {@link #COIN_SAT} for anyone. */
  OutPoint coin() {
    return coins.remove();
  }

  /** Spends {@link #coin} to these outputs; what they leave is fee. */
  Transaction pay(TxOut... outputs) {
    return Tx.spending(coin()).outputs(outputs).build();
  }

  /** A block that pays {@link Tx#SAT} to each of these scripts, in this order. */
  Transaction fund(Script... scripts) {
    TxOut[] outputs =
        Arrays.stream(scripts).map(script -> new TxOut(Tx.SAT, script)).toArray(TxOut[]::new);
    Transaction funding = pay(outputs);
    accept("funds " + steps.size(), next().with(funding));
    return funding;
  }

  Block accept(String blockName, BlockDraft draft) {
    return accept(blockName, draft.build());
  }

  /** Comes to be the parent of {@link #next}. */
  Block accept(String blockName, Block block) {
    named(blockName, block);
    last = block.hash();
    steps.add(new Step.AcceptedBlock(blockName, block));
    return block;
  }

  /** Empty blocks after {@code parent}; the last one gets the branch's name. */
  void branch(String branchName, String parent, int count) {
    branch(branchName, block(parent).hash(), count);
  }

  /** Empty blocks after the last accepted one. */
  void mine(int count) {
    branch(count + " more after step " + steps.size(), last, count);
  }

  private void branch(String branchName, BlockHash parent, int count) {
    List<Block> branch = new ArrayList<>();
    BlockHash at = parent;
    for (int i = 0; i < count; i++) {
      Block block = after(at).build();
      branch.add(block);
      place(block);
      at = block.hash();
    }
    branch(branchName, branch);
  }

  /** Blocks that were {@link #prepared}; the last one gets the branch's name. */
  void branch(String branchName, List<Block> branch) {
    Block end = named(branchName, branch.get(branch.size() - 1));
    last = end.hash();
    steps.add(new Step.AcceptedBranch(branchName, branch));
  }

  /** Writes a block down as known, without delivering it: for branches made block by block. */
  Block prepared(BlockDraft draft) {
    Block block = draft.build();
    place(block);
    last = block.hash();
    return block;
  }

  Block invalid(String blockName, RejectReason reason, BlockDraft draft) {
    return invalid(blockName, reason.label(), draft);
  }

  Block invalid(String blockName, ScriptError error, BlockDraft draft) {
    return invalid(blockName, label(error), draft);
  }

  private Block invalid(String blockName, String label, BlockDraft draft) {
    Block block = named(blockName, draft.build());
    steps.add(new Step.InvalidBlock(blockName, block, label));
    return block;
  }

  private static String label(ScriptError error) {
    return RejectReason.BLOCK_SCRIPT_VERIFY_FLAG_FAILED.label() + " (" + error.text() + ")";
  }

  void sleeping(String blockName, RejectReason reason, BlockDraft draft) {
    Block block = named(blockName, draft.build());
    steps.add(new Step.SleepingBlock(blockName, block, reason.label()));
  }

  void doomed(String blockName, BlockDraft draft) {
    steps.add(new Step.DoomedBlock(blockName, named(blockName, draft.build())));
  }

  void refuseBody(String blockName, RejectReason reason, BlockDraft draft) {
    refuseBody(blockName, reason, draft.build());
  }

  void refuseBody(String blockName, RejectReason reason, Block block) {
    named(blockName, block);
    steps.add(new Step.RefusedBody(blockName, block, reason.label()));
  }

  Block refuseHeader(String blockName, RejectReason reason, BlockDraft draft) {
    return refuseHeader(blockName, reason.label(), draft.build());
  }

  Block refuseHeader(String blockName, String label, Block block) {
    named(blockName, block);
    steps.add(new Step.RefusedHeader(blockName, block, label));
    return block;
  }

  void orphan(String stepName, Block block) {
    steps.add(new Step.OrphanBlock(stepName, block));
  }

  void undecodable(String stepName, String hex) {
    steps.add(new Step.UndecodableBlock(stepName, hex));
  }

  void clock(long nowSeconds) {
    steps.add(new Step.ClockIs("the clock shows " + nowSeconds, nowSeconds));
  }

  void tip(String blockName) {
    steps.add(new Step.ExpectedTip("tip: " + blockName, block(blockName).hash()));
  }
}
