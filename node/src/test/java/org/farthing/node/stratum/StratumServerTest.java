package org.farthing.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mining.Payout;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StratumServerTest {
  private static final String WORKER = "rig";
  private static final String SECOND = "00000001";

  /** The difficulty of regtest's blocks: 0x00000000ffff… / 0x7fffff… . */
  private static final double REGTEST = 4.6565423739069247e-10;

  private StratumFixture fixture;
  private StratumFixture.Client miner;

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Every share is a block. */
  private String regtest() {
    ChainBuilder chain = ChainBuilder.regtest();
    chain.mine(110);
    return begin(chain, 1);
  }

  /** A block takes a million hashes, a share sixteen. */
  private String testnet() {
    return begin(ChainBuilder.on(ConsensusParams.testnet()), 16 / 4294967296.0);
  }

  private String begin(ChainBuilder chain, double difficulty) {
    fixture = new StratumFixture(chain, difficulty, 20);
    miner = fixture.connect();
    return miner.begin(WORKER);
  }

  private ScriptedMiner work(String extraNonce1) {
    return new ScriptedMiner(miner.last("mining.notify"), extraNonce1, SECOND);
  }

  private double difficulty() {
    return miner.last("mining.set_difficulty").get(0).asDouble();
  }

  private static String hex(int number) {
    return "%08x".formatted(number);
  }

  private Object[] share(ScriptedMiner work, int nonce) {
    return new Object[] {WORKER, work.job(), work.extraNonce2(), work.time(), hex(nonce)};
  }

  /** A nonce of a share that is no block. */
  private int shareOnly(ScriptedMiner work, int from) {
    return work.search(from, work.blockTarget(), ScriptedMiner.shareTarget(difficulty()));
  }

  @Test
  void whoSubscribesAndIsAuthorisedGetsDifficultyAndWork() {
    String extraNonce = regtest();
    assertThat(extraNonce).hasSize(8);
    // Never harder than a block.
    assertThat(difficulty()).isCloseTo(REGTEST, within(1e-20));
    JsonNode job = miner.last("mining.notify");
    assertThat(job).hasSize(9);
    assertThat(job.get(4)).isEmpty();
    assertThat(job.get(5).asText()).isEqualTo("20000000");
    assertThat(job.get(6).asText()).isEqualTo("207fffff");
    assertThat(job.get(8).asBoolean()).isTrue();
    assertThat(miner.told.indexOf(miner.told.stream().filter(this::isNotify).findFirst().get()))
        .isEqualTo(miner.told.size() - 1);
  }

  private boolean isNotify(JsonNode line) {
    return line.path("method").asText().equals("mining.notify");
  }

  @Test
  void aShareThatIsABlockIsTheNextTipWithTheWaitingTransactions() {
    ChainBuilder chain = ChainBuilder.regtest();
    chain.mine(110);
    fixture = new StratumFixture(chain, 1, 20);
    List<Transaction> payments = new ArrayList<>();
    for (int height = 1; height <= 4; height++) {
      TxOut payment = new TxOut(4_999_990_000L - height, TestKey.number(5).p2wpkh());
      Transaction paid = chain.spend(chain.coinbase(height), payment);
      assertThat(fixture.pool.accept(paid, fixture.time.nowMillis()).reason()).isEmpty();
      payments.add(paid);
    }
    miner = fixture.connect();
    String extraNonce = miner.begin(WORKER);
    ScriptedMiner work = work(extraNonce);
    assertThat(miner.last("mining.notify").get(4)).hasSize(3);

    int nonce = work.search(0, BigInteger.ONE.negate(), work.blockTarget());
    assertThat(miner.result("mining.submit", share(work, nonce)).asBoolean()).isTrue();
    assertThat(chain.tip().height()).isEqualTo(111);
    assertThat(chain.block(111).transactions()).containsAll(payments);
    assertThat(fixture.server.report().get(0).shares().blocks()).isEqualTo(1);

    int jobs = miner.all("mining.notify").size();
    fixture.time.runDue();
    assertThat(miner.all("mining.notify")).hasSize(jobs + 1);
    assertThat(miner.last("mining.notify").get(8).asBoolean()).isTrue();
    // The answer came before the next job.
    assertThat(miner.error("mining.submit", share(work, nonce)))
        .isEqualTo("21 Job not found (=stale)");
  }

  @Test
  void sharesBelowABlockAreCounted() {
    ScriptedMiner work = work(testnet());
    int first = shareOnly(work, 0);
    int second = shareOnly(work, first + 1);
    assertThat(miner.result("mining.submit", share(work, first)).asBoolean()).isTrue();
    assertThat(miner.result("mining.submit", share(work, second)).asBoolean()).isTrue();
    assertThat(fixture.submitted).isEmpty();
    StratumReport.Connection report = fixture.server.report().get(0);
    assertThat(report.shares().accepted()).isEqualTo(2);
    assertThat(report.shares().blocks()).isZero();
    assertThat(report.software()).isEqualTo("test/1");
    assertThat(report.workers()).containsExactly(WORKER);
    assertThat(report.hashesPerSecond()).isPositive();
  }

  @Test
  void whatIsWrongIsRefusedWithTheProtocolsErrors() {
    ScriptedMiner work = work(testnet());
    int good = shareOnly(work, 0);
    miner.result("mining.submit", share(work, good));
    assertThat(miner.error("mining.submit", share(work, good))).isEqualTo("22 Duplicate share");

    int bad =
        work.search(0, ScriptedMiner.shareTarget(difficulty()), BigInteger.ONE.shiftLeft(256));
    assertThat(miner.error("mining.submit", share(work, bad))).isEqualTo("23 Low difficulty share");

    Object[] share = share(work, good);
    share[0] = "stranger";
    assertThat(miner.error("mining.submit", share)).isEqualTo("24 Unauthorized worker");

    share = share(work, good);
    share[1] = "ffffffffff";
    assertThat(miner.error("mining.submit", share)).isEqualTo("21 Job not found (=stale)");

    StratumFixture.Client other = fixture.connect();
    assertThat(other.error("mining.submit", share(work, good))).isEqualTo("25 Not subscribed");
    other.result("mining.subscribe");
    assertThat(other.error("mining.submit", share(work, good))).startsWith("24 ");
    assertThat(other.all("mining.notify")).isEmpty();

    StratumReport.ShareCounts counts = fixture.server.report().get(0).shares();
    assertThat(counts.duplicate()).isEqualTo(1);
    assertThat(counts.lowDifficulty()).isEqualTo(1);
    assertThat(counts.stale()).isEqualTo(1);
    assertThat(counts.otherwiseRefused()).isEqualTo(1);
  }

  @Test
  void partsOfAShareThatCannotBeAreRefused() {
    ScriptedMiner work = work(testnet());
    String[][] wrong = {
      {"2", "01", "20 The extra nonce is to have 8 hexadecimal digits"},
      {"2", "0000000001", "20 The extra nonce is to have 8 hexadecimal digits"},
      {"2", "zzzzzzzz", "20 The extra nonce is to have 8 hexadecimal digits"},
      {"3", "00000000", "20 The time is out of range"},
      {"3", "ffffffff", "20 The time is out of range"},
      {"3", "1", "20 The time is to have eight hexadecimal digits"},
      {"4", "", "20 The nonce is to have eight hexadecimal digits"}
    };
    for (String[] each : wrong) {
      Object[] share = share(work, 0);
      share[Integer.parseInt(each[0])] = each[1];
      assertThat(miner.error("mining.submit", share)).isEqualTo(each[2]);
    }
    assertThat(miner.error("mining.submit", WORKER)).startsWith("20 The job");
    assertThat(miner.error("mining.submit")).startsWith("20 The worker's name");
    assertThat(miner.error("mining.nonsense")).isEqualTo("20 There is no method mining.nonsense");
    Object[] rolled = {WORKER, work.job(), SECOND, work.time(), hex(0), "00002000"};
    assertThat(miner.error("mining.submit", rolled)).startsWith("20 Version bits");
  }

  @Test
  void noTwoMinersSearchTheSame() {
    String first = testnet();
    List<String> all = new ArrayList<>(List.of(first));
    for (int i = 0; i < 100; i++) {
      all.add(fixture.connect().begin(WORKER));
    }
    assertThat(all).doesNotHaveDuplicates();
    // A share of one is none of another.
    ScriptedMiner work = work(first);
    int nonce = shareOnly(work, 0);
    StratumFixture.Client other = fixture.connect();
    other.begin(WORKER);
    assertThat(other.last("mining.notify").get(0)).isEqualTo(miner.last("mining.notify").get(0));
    assertThat(other.error("mining.submit", share(work, nonce))).startsWith("23 ");
  }

  @Test
  void versionBitsAreAFurtherNonce() {
    fixture = new StratumFixture(ChainBuilder.on(ConsensusParams.testnet()), 16 / 4294967296.0, 20);
    miner = fixture.connect();
    JsonNode agreed =
        miner.result(
            "mining.configure",
            List.of("version-rolling", "minimum-difficulty", "unheard-of"),
            Map.of(
                "version-rolling.mask",
                "ffffffff",
                "version-rolling.min-bit-count",
                2,
                "minimum-difficulty.value",
                32 / 4294967296.0));
    assertThat(agreed.get("version-rolling").asBoolean()).isTrue();
    assertThat(agreed.get("version-rolling.mask").asText()).isEqualTo("1fffe000");
    assertThat(agreed.get("minimum-difficulty").asBoolean()).isTrue();
    assertThat(agreed.get("unheard-of").asBoolean(true)).isFalse();

    String extraNonce = miner.begin(WORKER);
    assertThat(difficulty()).isEqualTo(32 / 4294967296.0);
    ScriptedMiner work = work(extraNonce);
    // The version of the template without bits of the mask, and with one.
    int version = Integer.parseUnsignedInt(miner.last("mining.notify").get(5).asText(), 16);
    String rolled = hex((version & ~0x1fffe000) | 0x00004000);
    int nonce = work.search(rolled, 0, work.blockTarget(), ScriptedMiner.shareTarget(difficulty()));
    Object[] share = {WORKER, work.job(), SECOND, work.time(), hex(nonce), "00004000"};
    assertThat(miner.result("mining.submit", share).asBoolean()).isTrue();
    Object[] outside = {WORKER, work.job(), SECOND, work.time(), hex(nonce), "20000000"};
    assertThat(miner.error("mining.submit", outside)).startsWith("20 Version bits");
  }

  @Test
  void aWorkersNameMaySayWhomToPay() {
    regtest();
    String address =
        Address.ofScript(TestKey.number(7).p2wpkh(), fixture.chain.params().network())
            .orElseThrow()
            .toString();
    miner = fixture.connect();
    String extraNonce = miner.begin(address + ".cellar");
    ScriptedMiner work = work(extraNonce);
    int nonce = work.search(0, BigInteger.ONE.negate(), work.blockTarget());
    Object[] share = share(work, nonce);
    share[0] = address + ".cellar";
    miner.result("mining.submit", share);
    assertThat(fixture.chain.block(111).transactions().get(0).outputs().get(0).scriptPubKey())
        .isEqualTo(TestKey.number(7).p2wpkh());

    assertThat(miner.result("mining.authorize", address, "").asBoolean()).isTrue();
    assertThat(miner.result("mining.authorize", "second", "").asBoolean()).isTrue();
    String other =
        Address.ofScript(TestKey.number(8).p2wpkh(), fixture.chain.params().network())
            .orElseThrow()
            .toString();
    assertThat(miner.error("mining.authorize", other, "")).startsWith("24 All workers");
    fixture.usual = Optional.empty();
    miner = fixture.connect();
    miner.result("mining.subscribe");
    assertThat(miner.error("mining.authorize", WORKER, "")).startsWith("24 The worker's name must");
    assertThat(miner.error("mining.authorize", "", "")).startsWith("24 ");
    assertThat(miner.result("mining.authorize", address, "").asBoolean()).isTrue();
  }

  @Test
  void thereIsNewWorkNowAndThenAndSoonAfterTheMempoolChanges() {
    regtest();
    assertThat(miner.all("mining.notify")).hasSize(1);
    fixture.time.runFor(29_000);
    assertThat(miner.all("mining.notify")).hasSize(1);
    fixture.time.runFor(1_000);
    assertThat(miner.all("mining.notify")).hasSize(2);
    assertThat(miner.last("mining.notify").get(8).asBoolean(true)).isFalse();

    TxOut payment = new TxOut(4_999_990_000L, TestKey.number(5).p2wpkh());
    Transaction paid = fixture.chain.spend(fixture.chain.coinbase(1), payment);
    assertThat(fixture.pool.accept(paid, fixture.time.nowMillis()).reason()).isEmpty();
    fixture.time.runFor(5_000);
    assertThat(miner.all("mining.notify")).hasSize(3);
    assertThat(miner.last("mining.notify").get(4)).hasSize(1);
  }

  @Test
  void workOfTheSameTipStaysGoodWhenThereIsMore() {
    ScriptedMiner work = work(testnet());
    int nonce = shareOnly(work, 0);
    fixture.time.runFor(20_000);
    miner.result("mining.submit", share(work, nonce));
    fixture.time.runFor(20_000);
    assertThat(work(SECOND).job()).isNotEqualTo(work.job());
    int next = shareOnly(work, nonce + 1);
    assertThat(miner.ask("mining.submit", share(work, next)).get("error").path(0).asInt())
        .isNotEqualTo(21);
  }

  @Test
  void aMinerMayWishForADifficulty() {
    testnet();
    double wish = 64 / 4294967296.0;
    miner.result("mining.suggest_difficulty", wish);
    assertThat(difficulty()).isEqualTo(wish);
    miner.result("mining.suggest_target", "0" + "f".repeat(63));
    assertThat(difficulty()).isCloseTo(16 / 4294967296.0, within(1e-13));
    // Not harder than a block, whatever the wish.
    miner.result("mining.suggest_difficulty", 1e6);
    assertThat(difficulty())
        .isCloseTo(ShareTarget.ofTarget(work(SECOND).blockTarget()), within(1e-12));
    for (Object none : new Object[] {0, -1, "1", List.of()}) {
      assertThat(miner.error("mining.suggest_difficulty", none)).startsWith("20 A difficulty");
    }
    assertThat(miner.error("mining.suggest_target", "00")).startsWith("20 A target");
    assertThat(miner.result("mining.extranonce.subscribe").asBoolean()).isTrue();
  }

  @Test
  void noWorkWhereBlocksMayNotBeMade() {
    fixture = new StratumFixture(ChainBuilder.regtest(), 1, 20);
    fixture.open = false;
    miner = fixture.connect();
    miner.begin(WORKER);
    fixture.time.runFor(10_000);
    assertThat(miner.all("mining.notify")).isEmpty();
    assertThat(miner.closed).isFalse();
    fixture.open = true;
    fixture.time.runFor(1_000);
    assertThat(miner.all("mining.notify")).hasSize(1);
  }

  @Test
  void whoIsNoMinerIsDisconnected() {
    regtest();
    for (String nonsense :
        new String[] {"", "GET / HTTP/1.1", "[]", "{", "5", "{\"id\":1}", "[".repeat(5000)}) {
      StratumFixture.Client client = fixture.connect();
      client.say(nonsense);
      assertThat(client.closed).as(nonsense).isTrue();
    }
    StratumFixture.Client silent = fixture.connect();
    fixture.time.runFor(59_000);
    assertThat(silent.closed).isFalse();
    fixture.time.runFor(1_000);
    assertThat(silent.closed).isTrue();
    assertThat(miner.closed).isFalse();
    assertThat(fixture.server.report()).hasSize(1);
  }

  @Test
  void eachBlockMayPayAnother() {
    fixture = new StratumFixture(ChainBuilder.regtest(), 1, 20);
    List<Integer> paid = new ArrayList<>();
    fixture.usual =
        Optional.of(
            new Payout() {
              @Override
              public Script script() {
                return TestKey.number(20 + paid.size()).p2wpkh();
              }

              @Override
              public void paid() {
                paid.add(1);
              }
            });
    miner = fixture.connect();
    String extraNonce = miner.begin(WORKER);
    for (int i = 0; i < 2; i++) {
      ScriptedMiner work = work(extraNonce);
      int nonce = work.search(0, BigInteger.ONE.negate(), work.blockTarget());
      miner.result("mining.submit", share(work, nonce));
      fixture.time.runDue();
      assertThat(fixture.chain.block(1 + i).transactions().get(0).outputs().get(0).scriptPubKey())
          .isEqualTo(TestKey.number(20 + i).p2wpkh());
    }
  }
}
