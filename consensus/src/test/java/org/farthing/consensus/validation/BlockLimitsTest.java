package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

/** The limits of a body, each at its edge and one beyond. */
class BlockLimitsTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final int HEIGHT = 1000;
  private static final int OVERHEAD = 80 + 1;

  private static Transaction coinbase(Script script, Witness witness, List<TxOut> outputs) {
    TxIn input = new TxIn(OutPoint.NULL, script, Sequence.FINAL, witness);
    return new Transaction(2, List.of(input), outputs, 0);
  }

  private static Transaction coinbase() {
    return coinbase(
        CoinbaseHeight.push(HEIGHT), Witness.EMPTY, List.of(new TxOut(0, Script.EMPTY)));
  }

  private static Transaction spend(Script output) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL);
    return new Transaction(2, List.of(input), List.of(new TxOut(0, output)), 0);
  }

  private static Block block(Transaction... transactions) {
    List<Transaction> all = List.of(transactions);
    BlockHeader header =
        new BlockHeader(4, PARAMS.genesis().hash(), MerkleTree.ofTxids(all).root(), 2_000, 0, 0);
    return new Block(header, all);
  }

  private static String reason(Verdict verdict) {
    return verdict instanceof Verdict.Rejected rejected ? rejected.label() : "";
  }

  private static String inIsolation(Transaction... transactions) {
    return reason(BlockChecks.inIsolation(block(transactions)));
  }

  private static String inContext(Block block) {
    HeaderContext context = new HeaderContext(HEIGHT, 1_000, 1_000, 0);
    return reason(BlockChecks.inHeaderContext(block, context, PARAMS));
  }

  private static Script filled(int size, int opcode) {
    byte[] script = new byte[size];
    Arrays.fill(script, (byte) opcode);
    return Script.of(script);
  }

  /** 80,000 in cost, of which an instruction outside the witness costs four. */
  @Test
  void signatureChecks() {
    Transaction most = spend(filled(20_000, Opcode.OP_CHECKSIG));
    assertThat(inIsolation(coinbase(), most)).isEmpty();
    Transaction more = spend(filled(20_001, Opcode.OP_CHECKSIG));
    assertThat(inIsolation(coinbase(), more)).isEqualTo("bad-blk-sigops");
    assertThat(inIsolation(coinbase(), most, spend(filled(1, Opcode.OP_CHECKSIG))))
        .isEqualTo("bad-blk-sigops");
  }

  /** A million bytes without witnesses, of a transaction as of a block. */
  @Test
  void sizes() {
    int rest = spend(filled(70_000, 0)).baseSize() - 70_000;
    assertThat(reason(TxChecks.inIsolation(spend(filled(1_000_000 - rest, 0))))).isEmpty();
    assertThat(reason(TxChecks.inIsolation(spend(filled(1_000_001 - rest, 0)))))
        .isEqualTo("bad-txns-oversize");
    int room = 1_000_000 - OVERHEAD - coinbase().baseSize() - rest;
    assertThat(inIsolation(coinbase(), spend(filled(room, 0)))).isEmpty();
    assertThat(inIsolation(coinbase(), spend(filled(room + 1, 0)))).isEqualTo("bad-blk-length");
    assertThat(inIsolation()).isEqualTo("bad-blk-length");
  }

  /** No body holds so many transactions; only their number keeps it from being measured. */
  @Test
  void numberOfTransactions() {
    Transaction empty = new Transaction(1, List.of(), List.of(), 0);
    for (int count : new int[] {100_000, 100_001, 1_000_001}) {
      List<Transaction> all = new ArrayList<>(Collections.nCopies(count, empty));
      all.set(0, coinbase());
      Block block = new Block(block(coinbase()).header(), all);
      assertThat(BlockChecks.inIsolation(block).isAccepted()).isFalse();
    }
  }

  /** Four million: each byte outside the witness weighs four. */
  @Test
  void weight() {
    assertThat(inContext(weighing(4_000_000))).isEmpty();
    assertThat(inContext(weighing(4_000_001))).isEqualTo("bad-blk-weight");
  }

  private static Block weighing(int weight) {
    Block small = withWitness(1_000_000);
    return withWitness(1_000_000 + weight - small.weight());
  }

  private static Block withWitness(int size) {
    TxIn input =
        new TxIn(
            new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL, Witness.of(new byte[size]));
    Transaction heavy = new Transaction(2, List.of(input), List.of(new TxOut(0, Script.EMPTY)), 0);
    Script commitment = WitnessCommitment.script(List.of(coinbase(), heavy));
    Transaction first =
        coinbase(
            CoinbaseHeight.push(HEIGHT),
            WitnessCommitment.RESERVED,
            List.of(new TxOut(0, commitment)));
    return block(first, heavy);
  }

  /** The first fault counts, whatever stands behind it. */
  @Test
  void aBadTransactionCondemnsTheBlockWhereverItStands() {
    Transaction good = spend(Script.EMPTY);
    Transaction bad = new Transaction(2, good.inputs(), List.of(new TxOut(-1, Script.EMPTY)), 0);
    assertThat(inIsolation(coinbase(), bad, good)).isEqualTo("bad-txns-vout-negative");
    assertThat(inIsolation(coinbase(), good, bad)).isEqualTo("bad-txns-vout-negative");
    assertThat(inIsolation(good, coinbase())).isEqualTo("bad-cb-missing");
    assertThat(inIsolation(coinbase(), good, coinbase())).isEqualTo("bad-cb-multiple");
  }

  /** From 2 to 100 bytes. */
  @Test
  void coinbaseScripts() {
    for (int size : new int[] {0, 1, 2, 100, 101}) {
      Transaction tx =
          coinbase(filled(size, 0), Witness.EMPTY, List.of(new TxOut(0, Script.EMPTY)));
      assertThat(reason(TxChecks.inIsolation(tx)))
          .isEqualTo(size < 2 || size > 100 ? "bad-cb-length" : "");
    }
  }

  @Test
  void heightsInCoinbases() {
    Script right = CoinbaseHeight.push(HEIGHT);
    assertThat(CoinbaseHeight.isAtStartOf(right, HEIGHT)).isTrue();
    assertThat(CoinbaseHeight.isAtStartOf(right, HEIGHT + 1)).isFalse();
    assertThat(CoinbaseHeight.isAtStartOf(Script.of(right.slice(0, 2)), HEIGHT)).isFalse();
    assertThat(CoinbaseHeight.isAtStartOf(Script.EMPTY, HEIGHT)).isFalse();
    assertThat(CoinbaseHeight.isAtStartOf(filled(100, Opcode.OP_1), 1)).isTrue();
    Transaction short2 =
        coinbase(Script.of(right.slice(0, 2)), Witness.EMPTY, List.of(new TxOut(0, Script.EMPTY)));
    assertThat(inContext(block(short2))).isEqualTo("bad-cb-height");
  }

  /** Two hours ahead of the clock at most, and later than the median of the last eleven. */
  @Test
  void times() {
    HeaderContext context = new HeaderContext(HEIGHT, 1_000, 1_000, 0);
    long now = 100_000;
    assertThat(header(4, 1_000, context, PARAMS, now)).isEqualTo("time-too-old");
    assertThat(header(4, 1_001, context, PARAMS, now)).isEmpty();
    assertThat(header(4, now + 7_200, context, PARAMS, now)).isEmpty();
    assertThat(header(4, now + 7_201, context, PARAMS, now)).isEqualTo("time-too-new");
  }

  /** The first block of a period is at most ten minutes older than its parent (BIP-0094). */
  @Test
  void timesAtTheBeginningOfAPeriod() {
    ConsensusParams bip94 = PARAMS.withBip94();
    int period = ((Difficulty.Periodic) bip94.difficulty()).period();
    HeaderContext first = new HeaderContext(period, 10_000, 1_000, 0);
    assertThat(header(4, 9_400, first, bip94, 10_000)).isEmpty();
    assertThat(header(4, 9_399, first, bip94, 10_000)).isEqualTo("time-timewarp-attack");
    assertThat(header(4, 9_399, first, PARAMS, 10_000)).isEmpty();
    HeaderContext later = new HeaderContext(period + 1, 10_000, 1_000, 0);
    assertThat(header(4, 9_399, later, bip94, 10_000)).isEmpty();
  }

  private static String header(
      int version, long time, HeaderContext context, ConsensusParams params, long now) {
    BlockHeader header =
        new BlockHeader(
            version, BlockHash.of(new byte[32]), block().header().merkleRoot(), time, 0, 0);
    return reason(HeaderChecks.inHeaderContext(header, context, params, now));
  }

  /** BIP-0034, 66 and 65 made 2, 3 and 4 the least version, each from its height on. */
  @Test
  void versions() {
    ConsensusParams params =
        PARAMS
            .withActivationHeight(Deployment.BIP34, 10)
            .withActivationHeight(Deployment.BIP66, 20)
            .withActivationHeight(Deployment.BIP65, 30);
    int[][] leastAt = {{9, Integer.MIN_VALUE}, {10, 2}, {19, 2}, {20, 3}, {29, 3}, {30, 4}};
    for (int[] at : leastAt) {
      HeaderContext context = new HeaderContext(at[0], 0, 0, 0);
      assertThat(header(at[1], 1, context, params, 1)).as("height %d", at[0]).isEmpty();
      if (at[1] > 0) {
        assertThat(header(at[1] - 1, 1, context, params, 1))
            .isEqualTo("bad-version(0x0000000%d)".formatted(at[1] - 1));
      }
    }
    assertThat(header(-1, 1, new HeaderContext(9, 0, 0, 0), params, 1)).isEmpty();
    assertThat(header(-1, 1, new HeaderContext(10, 0, 0, 0), params, 1))
        .isEqualTo("bad-version(0xffffffff)");
  }

  /** The last output that begins so counts, and what stands behind 38 bytes does not. */
  @Test
  void commitments() {
    TestKey key = TestKey.number(1);
    TxIn input =
        new TxIn(
            new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL, Witness.of(key.publicKey()));
    Transaction spend = new Transaction(2, List.of(input), List.of(new TxOut(0, key.p2pkh())), 0);
    byte[] right = WitnessCommitment.script(List.of(coinbase(), spend)).toByteArray();
    byte[] wrong = right.clone();
    wrong[37] ^= 1;
    byte[] noPrefix = right.clone();
    noPrefix[5] ^= 1;
    assertThat(committed(spend, right)).isEmpty();
    assertThat(committed(spend, Arrays.copyOf(right, 60))).isEmpty();
    assertThat(committed(spend, wrong, right)).isEmpty();
    assertThat(committed(spend, right, noPrefix)).isEmpty();
    assertThat(committed(spend, right, Arrays.copyOf(right, 37), new byte[0])).isEmpty();
    assertThat(committed(spend, right, wrong)).isEqualTo("bad-witness-merkle-match");
    assertThat(committed(spend, noPrefix)).isEqualTo("unexpected-witness");
    assertThat(committed(spend, Arrays.copyOf(right, 37))).isEqualTo("unexpected-witness");
  }

  /** The commitment of every block without transactions, as Bitcoin's miners write it. */
  @Test
  void theCommitmentToNothing() {
    assertThat(WitnessCommitment.script(List.of(coinbase())).toHex())
        .isEqualTo("6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9");
  }

  private static String committed(Transaction spend, byte[]... outputs) {
    List<TxOut> all =
        Arrays.stream(outputs).map(output -> new TxOut(0, Script.of(output))).toList();
    Transaction first = coinbase(CoinbaseHeight.push(HEIGHT), WitnessCommitment.RESERVED, all);
    return inContext(block(first, spend));
  }
}
