package org.farthing.node.wallets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.VaultKey;
import org.farthing.wallet.spend.SendRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletRegistryTest {
  private static final int WORDS = 12;
  private static final long HOUR_MILLIS = 3_600_000L;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool mempool =
      new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  private final VirtualTime time = new VirtualTime(chain.nowSeconds() * 1000);
  private final List<Transaction> published = new ArrayList<>();
  private final WalletHome home = WalletHome.inMemory();
  private final WalletRegistry registry = open();

  private WalletRegistry open() {
    NodeAccess access =
        new NodeAccess(chain.chain()::snapshot, mempool::snapshot, this::publish, Optional.empty());
    WalletRegistry opened =
        new WalletRegistry(
            home,
            new WalletContext(
                chain.params(),
                access,
                access,
                time::nowSeconds,
                new Random(1),
                WalletOptions.of(new Scrypt.Cost(4, 1, 1)),
                Owner.UNCHECKED),
            time.newScheduler());
    chain.chain().addListener(opened.loaded()::chainChanged);
    mempool.addListener(opened.loaded()::mempoolChanged);
    return opened;
  }

  private MempoolResult publish(Transaction transaction) {
    published.add(transaction);
    return mempool.accept(transaction, time.nowMillis());
  }

  @AfterEach
  void close() {
    registry.close();
    chain.close();
  }

  private Wallet create(String name) throws WalletException {
    Wallet wallet = registry.create(name, Protection.none(), WORDS).wallet();
    time.runDue();
    return wallet;
  }

  private static void assertFails(WalletError error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WalletException.class, failure -> assertThat(failure.error()).isEqualTo(error));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a/", "/", "a//b", ".", "..", "a/../b", "../a", "a/.", "a\0b", "a/ /b"})
  void aNameThatLeadsElsewhereIsRefused(String name) {
    assertFails(WalletError.INVALID_REQUEST, () -> create(name));
    assertFails(WalletError.INVALID_REQUEST, () -> registry.load(name));
    assertThat(registry.stored()).isEmpty();
  }

  @Test
  void aNameIsAsLongAsFileSystemsAllow() throws WalletException {
    create("a".repeat(255));
    create("b/" + "a".repeat(255));
    assertFails(WalletError.INVALID_REQUEST, () -> create("a".repeat(256)));
    // In bytes: each of these letters has two.
    create("é".repeat(127));
    assertFails(WalletError.INVALID_REQUEST, () -> create("é".repeat(128)));
  }

  @Test
  void aWalletIsMadeAndLoadedOnce() throws WalletException {
    Wallet wallet = create("w");
    assertThat(registry.find("w")).containsSame(wallet);
    assertFails(WalletError.WALLET_EXISTS, () -> create("w"));
    assertFails(WalletError.WALLET_IN_USE, () -> registry.load("w"));
    registry.unload("w");
    assertThat(registry.names()).isEmpty();
    assertThat(registry.stored()).containsExactly("w");
    assertFails(WalletError.WALLET_NOT_FOUND, () -> registry.unload("w"));
    assertFails(WalletError.WALLET_NOT_FOUND, () -> registry.load("v"));
    assertThat(registry.load("w").addresses().given()).isEqualTo(wallet.addresses().given());
  }

  @Test
  void walletsOfTheLastTimeAreLoadedAtTheStart() throws WalletException {
    for (String name : List.of("kept", "named", "left")) {
      create(name);
      registry.unload(name);
    }
    registry.remember("kept", true);
    registry.remember("gone", true);
    registry.start(List.of("named", "kept"));
    assertThat(registry.names()).containsExactly("kept", "named");
    registry.remember("kept", false);
    registry.close();
    try (WalletRegistry later = open()) {
      later.start(List.of());
      assertThat(later.names()).isEmpty();
    }
  }

  @Test
  void aWalletIsReadAgainByOneAtATime() throws WalletException {
    chain.mine(120);
    Wallet wallet = create("w");
    Rescans rescans = registry.loaded().rescans();
    assertThat(rescans.of(wallet)).isEmpty();
    Rescan first = rescans.begin(wallet);
    assertThat(rescans.of(wallet)).containsSame(first);
    assertThat(first.startedSeconds()).isEqualTo(time.nowSeconds());
    assertFails(WalletError.RESCANNING, () -> rescans.begin(wallet));
    assertFails(WalletError.RESCANNING, () -> registry.unload("w"));
    rescans.end(first, Rescan.Outcome.ABORTED);
    assertThat(first.end()).isCompletedWithValue(Rescan.Outcome.ABORTED);
    Rescan second = rescans.begin(wallet);
    assertThat(wallet.descriptors().searchBlocks(0, 120)).isTrue();
    CompletableFuture<Rescan.Outcome> end = second.end();
    rescans.run(second);
    assertThat(end).isNotDone();
    time.runDue();
    assertThat(end).isCompletedWithValue(Rescan.Outcome.DONE);
    registry.unload("w");
  }

  @Test
  void aWalletThatWasAwayReadsWhatItHasMissed() throws WalletException {
    Wallet before = create("w");
    var payTo = before.addresses().newReceive("").toScript();
    registry.unload("w");
    chain.mine(1, payTo);
    chain.mine(119);
    assertThat(registry.loaded().lastRead()).isEqualTo(Integer.MAX_VALUE);
    Wallet wallet = registry.load("w");
    // The first blocks are read at once, the others in between what else there is to do.
    assertThat(registry.loaded().lastRead()).isLessThan(120);
    time.runDue();
    assertThat(registry.loaded().lastRead()).isEqualTo(120);
    assertThat(wallet.history().balance().trustedSat()).isEqualTo(50_0000_0000L);
  }

  @Test
  void aPassphraseHoldsForATime() throws WalletException {
    char[] passphrase = "secret".toCharArray();
    VaultKey fresh = VaultKey.fresh(passphrase, registry.vaultCost(), new SecureRandom());
    Wallet wallet = registry.create("w", Protection.of(fresh), WORDS).wallet();
    assertThat(wallet.locking().isLocked()).isTrue();
    VaultKey key = wallet.locking().vault().key(passphrase);
    registry.unlock("w", key, 60);
    time.runFor(59_000);
    assertThat(wallet.locking().isLocked()).isFalse();
    time.runFor(2_000);
    assertThat(wallet.locking().isLocked()).isTrue();
    registry.unlock("w", key, 60);
    registry.unload("w");
    time.runFor(2 * 61_000);
  }

  /** After twelve to thirty-six hours, and only what the last block could have had. */
  @Test
  void whatWaitsIsOfferedAgain() throws WalletException {
    Wallet wallet = create("w");
    chain.mine(1, wallet.addresses().newReceive("").toScript());
    chain.mine(100);
    registry.start(List.of());
    Transaction payment =
        wallet
            .payments()
            .send(SendRequest.of(wallet.addresses().newReceive(""), 1_0000_0000L, 10_000));
    assertThat(published).containsExactly(payment);
    time.runFor(40 * HOUR_MILLIS);
    // No block came since it was made.
    assertThat(published).containsExactly(payment);
    chain.add(chain.draft().build());
    time.runFor(11 * HOUR_MILLIS);
    published.clear();
    time.runFor(26 * HOUR_MILLIS);
    assertThat(published).containsOnly(payment).hasSizeBetween(1, 3);
    registry.unload("w");
    published.clear();
    time.runFor(100 * HOUR_MILLIS);
    assertThat(published).isEmpty();
  }

  @Test
  void whoWaitsForAWalletThatGoesBackHearsOfIt() throws WalletException {
    chain.mine(120);
    Wallet wallet = create("w");
    WalletsMark mark = registry.mark();
    Rescans rescans = registry.loaded().rescans();
    Rescan reading = rescans.begin(wallet);
    registry.revert(mark);
    assertThat(reading.end()).isCompletedWithValue(Rescan.Outcome.ABORTED);
    assertThat(rescans.of(wallet)).isEmpty();
    assertThat(registry.find("w")).isPresent();
  }

  @Test
  void walletsGoBackToAMark() throws WalletException {
    create("kept");
    registry.remember("kept", true);
    create("asleep");
    registry.unload("asleep");
    WalletsMark mark = registry.mark();
    int before = registry.find("kept").orElseThrow().addresses().given().size();
    registry.find("kept").orElseThrow().addresses().newReceive("new");
    registry.load("asleep");
    create("later");
    registry.remember("later", true);
    registry.remember("kept", false);
    registry.revert(mark);
    assertThat(registry.names()).containsExactly("kept");
    assertThat(registry.stored()).containsExactly("asleep", "kept");
    assertThat(home.loadedAtStart()).containsExactly("kept");
    assertThat(registry.find("kept").orElseThrow().addresses().given()).hasSize(before);
  }
}
