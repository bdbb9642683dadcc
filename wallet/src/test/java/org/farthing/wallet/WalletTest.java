package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.PackedScripts;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.history.Movement;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletTest {
  private static final int MATURITY = 3;
  private static final long SUBSIDY = 50 * Amount.COIN;
  private static final Script OTHER = ChainBuilder.MINER.p2wpkh();

  private final TestNode node = new TestNode(TestNode.regtest(MATURITY), 1);

  @AfterEach
  void close() {
    node.close();
  }

  private Wallet wallet() throws WalletException {
    return wallet(new MemoryWalletStore());
  }

  private Wallet wallet(WalletStore store) throws WalletException {
    Wallet wallet = Wallet.create(store, node.context(), Protection.none(), 12).wallet();
    node.add(wallet);
    return wallet;
  }

  /** A wallet with one mature coinbase. */
  private Wallet richWallet() throws WalletException {
    Wallet wallet = wallet();
    fill(wallet);
    return wallet;
  }

  private void fill(Wallet wallet) throws WalletException {
    node.mine(wallet.newReceiveAddress("").toScript());
    mineElsewhere(MATURITY);
  }

  private void mineElsewhere(int blocks) {
    for (int i = 0; i < blocks; i++) {
      node.mine(OTHER);
    }
  }

  private Address other() {
    return Address.ofScript(OTHER, node.context().params().network()).orElseThrow();
  }

  @Test
  void minedCoinsMatureAndPayAnotherWallet() throws WalletException {
    Wallet alice = wallet();
    Wallet bob = wallet();
    node.mine(alice.newReceiveAddress("mining").toScript());
    assertThat(alice.balance()).isEqualTo(new Balance(0, 0, SUBSIDY));
    mineElsewhere(MATURITY);
    assertThat(alice.balance()).isEqualTo(new Balance(SUBSIDY, 0, 0));

    Transaction sent =
        alice.send(SendRequest.of(bob.newReceiveAddress("rent"), 7 * Amount.COIN, 1000));
    long fee = alice.history().transaction(sent.txid()).feeSat().orElseThrow();
    assertThat(fee).isBetween(sent.virtualSize() * 1L, sent.virtualSize() + 1L);
    assertThat(bob.balance()).isEqualTo(new Balance(0, 7 * Amount.COIN, 0));
    assertThat(alice.balance()).isEqualTo(new Balance(SUBSIDY - 7 * Amount.COIN - fee, 0, 0));

    node.mine(OTHER);
    assertThat(bob.balance()).isEqualTo(new Balance(7 * Amount.COIN, 0, 0));
    assertThat(bob.history().transaction(sent.txid()).confirmations()).isEqualTo(1);
    assertThat(alice.history().transaction(sent.txid()).amountSat()).isEqualTo(-7 * Amount.COIN);
    assertThat(alice.history().transaction(sent.txid()).movements())
        .singleElement()
        .extracting(Movement::category)
        .isEqualTo(Movement.Category.SEND);
    assertThat(bob.history().transactions()).hasSize(1);
  }

  @Test
  void ownChangeCanBeSpentAtOnce() throws WalletException {
    Wallet alice = richWallet();
    for (int i = 0; i < 5; i++) {
      alice.send(SendRequest.of(other(), Amount.COIN, 1000));
    }
    assertThat(alice.balance().pendingSat()).isZero();
    node.mine(OTHER);
    assertThat(alice.history().unspent())
        .singleElement()
        .satisfies(coin -> assertThat(coin.confirmations()).isEqualTo(1));
  }

  @Test
  void whoTrustsNothingUnconfirmedWaitsForABlock() throws WalletException {
    WalletContext usual = node.context();
    WalletOptions options = usual.options();
    WalletOptions.Spending spending = WalletOptions.Spending.USUAL;
    WalletContext strict =
        new WalletContext(
            usual.params(),
            usual.chain(),
            usual.publisher(),
            usual.nowSeconds(),
            usual.random(),
            new WalletOptions(
                options.vaultCost(),
                options.addressType(),
                options.changeType(),
                options.keypool(),
                options.fees(),
                new WalletOptions.Spending(
                    false,
                    spending.grouped(),
                    spending.rejectLongChains(),
                    spending.replaceable(),
                    spending.broadcast())),
            usual.owner());
    MemoryWalletStore store = new MemoryWalletStore();
    Wallet alice = Wallet.create(store, strict, Protection.none(), 12).wallet();
    node.add(alice);
    fill(alice);
    Transaction sent = alice.send(SendRequest.of(other(), Amount.COIN, 1000));
    long left =
        SUBSIDY - Amount.COIN - alice.history().transaction(sent.txid()).feeSat().orElseThrow();
    assertThat(alice.balance()).isEqualTo(new Balance(0, left, 0));
    assertFails(alice, SendRequest.of(other(), 1_000, 1000), WalletError.INSUFFICIENT_FUNDS);
    node.mine(OTHER);
    assertThat(alice.balance()).isEqualTo(new Balance(left, 0, 0));
    alice.send(SendRequest.of(other(), 1_000, 1000));
  }

  @Test
  void lockTimesAreAtOrBelowTheTipAndSayNothingOfAnOldOne() throws WalletException {
    Wallet alice = richWallet();
    mineElsewhere(150);
    int earlier = 0;
    for (int i = 0; i < 20; i++) {
      int lockTime =
          alice.payments().plan(SendRequest.of(other(), 1_000, 1000)).unsigned().lockTime();
      assertThat(lockTime).isBetween(node.snapshot().height() - 99, node.snapshot().height());
      earlier += lockTime < node.snapshot().height() ? 1 : 0;
    }
    assertThat(earlier).isLessThan(10);
    node.later(9 * 60 * 60);
    assertThat(alice.payments().plan(SendRequest.of(other(), 1_000, 1000)).unsigned().lockTime())
        .isZero();
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() throws WalletException {
    Wallet alice = richWallet();
    assertFails(alice, SendRequest.of(other(), 0, 1000), WalletError.INVALID_AMOUNT);
    assertFails(alice, SendRequest.of(other(), -1, 1000), WalletError.INVALID_AMOUNT);
    assertFails(alice, SendRequest.of(other(), 293, 1000), WalletError.INVALID_AMOUNT);
    assertFails(
        alice, SendRequest.of(other(), Amount.MAX_MONEY + 1, 1000), WalletError.INVALID_AMOUNT);
    assertFails(alice, SendRequest.of(other(), SUBSIDY, 1000), WalletError.INSUFFICIENT_FUNDS);
    assertFails(
        alice, SendRequest.of(other(), 60 * Amount.COIN, 1000), WalletError.INSUFFICIENT_FUNDS);
    assertFails(alice, SendRequest.of(other(), Amount.COIN, 100_000_000), WalletError.FEE_TOO_HIGH);
    assertFails(alice, SendRequest.of(other(), Amount.COIN, -1), WalletError.INVALID_AMOUNT);
    assertFails(alice, SendRequest.of(List.of(), 1000), WalletError.INVALID_REQUEST);
    assertThatThrownBy(() -> alice.payments().plan(SendRequest.of(other(), 60 * Amount.COIN, 1000)))
        .hasMessage("Insufficient funds: 50.00000000 can be spent now, the payment is 60.00000000");
    assertThat(alice.balance()).isEqualTo(new Balance(SUBSIDY, 0, 0));
  }

  private static void assertFails(Wallet wallet, SendRequest request, WalletError error) {
    assertThatThrownBy(() -> wallet.send(request))
        .isInstanceOfSatisfying(WalletException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  @Test
  void theFeeCanBeTakenFromTheAmount() throws WalletException {
    Wallet alice = richWallet();
    Transaction sent = alice.send(SendRequest.of(List.of(Payment.lessFee(other(), SUBSIDY)), 2000));
    assertThat(sent.outputs()).hasSize(1);
    assertThat(alice.balance()).isEqualTo(Balance.ZERO);
    assertThat(sent.outputs().get(0).valueSat())
        .isEqualTo(SUBSIDY - alice.history().transaction(sent.txid()).feeSat().orElseThrow());
  }

  @Test
  void aRefusedPaymentLeavesTheCoinsAlone() throws WalletException {
    Wallet alice = richWallet();
    var plan = alice.payments().plan(SendRequest.of(other(), Amount.COIN, 1000));
    node.remove(alice);
    Transaction spend =
        alice
            .payments()
            .execute(alice.payments().plan(SendRequest.of(other(), Amount.COIN, 1000)), "");
    assertThatThrownBy(() -> alice.payments().execute(plan, ""))
        .hasMessageContaining("has been spent since it was planned");
    assertThat(alice.history().transaction(spend.txid()).entry().state())
        .isEqualTo(TxState.Pending.INSTANCE);
  }

  @Test
  void anEncryptedWalletPaysOnlyWhileItIsUnlocked(@TempDir Path folder) throws Exception {
    String passphrase = "open sesame";
    Path place = folder.resolve("w");
    Wallet alice =
        Wallet.create(
                FileWalletStore.create(place),
                node.context(),
                Passphrases.protection(passphrase),
                24)
            .wallet();
    node.add(alice);
    fill(alice);
    SendRequest request = SendRequest.of(other(), Amount.COIN, 1000);
    assertFails(alice, request, WalletError.LOCKED);
    assertThatThrownBy(() -> Passphrases.unlock(alice, "wrong"))
        .hasMessageContaining("the passphrase is wrong");
    Passphrases.unlock(alice, passphrase, node.builder().nowSeconds() + 10);
    alice.send(request);
    alice.locking().lock();
    assertFails(alice, request, WalletError.LOCKED);
    Passphrases.change(alice, passphrase, "other");
    assertThatThrownBy(() -> Passphrases.unlock(alice, passphrase))
        .isInstanceOf(WalletException.class);
    node.remove(alice);
    alice.close();

    Wallet again = Wallet.open(FileWalletStore.open(place), node.context());
    node.add(again);
    Passphrases.unlock(again, "other");
    again.send(request);
    again.close();
  }

  @Test
  void encryptingLeavesNothingOfTheSecretOnDisk(@TempDir Path folder) throws Exception {
    Path place = folder.resolve("w");
    var created =
        Wallet.create(FileWalletStore.create(place), node.context(), Protection.none(), 12);
    byte[] seed = created.words().toSeed("");
    Path file = place.resolve(FileWalletStore.FILE_NAME);
    assertThat(contains(Files.readAllBytes(file), seed)).isTrue();
    created.wallet().locking().encrypt(Passphrases.fresh("secret"));
    assertThat(contains(Files.readAllBytes(file), seed)).isFalse();
    assertThat(place.toFile().list()).hasSize(2);
    created.wallet().close();
  }

  private static boolean contains(byte[] data, byte[] part) {
    for (int i = 0; i + part.length <= data.length; i++) {
      if (Arrays.equals(data, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theWordsFindEveryCoinAlsoBeyondTheGap() throws WalletException {
    var created = Wallet.create(new MemoryWalletStore(), node.context(), Protection.none(), 12);
    Wallet alice = created.wallet();
    node.add(alice);
    // Two payments 19 addresses apart in one block, the later address first.
    for (int i = 0; i < 19; i++) {
      alice.newReceiveAddress("");
    }
    Address near = alice.newReceiveAddress("");
    for (int i = 0; i < 19; i++) {
      alice.newReceiveAddress("");
    }
    Address far = alice.newReceiveAddress("");
    fill(alice);
    alice.send(SendRequest.of(far, Amount.COIN, 1000));
    alice.send(SendRequest.of(near, 2 * Amount.COIN, 1000));
    node.mine(OTHER);
    alice.send(SendRequest.of(other(), 3 * Amount.COIN, 1000));
    mineElsewhere(2);

    Wallet restored =
        Wallet.restore(
            new MemoryWalletStore(),
            node.context(),
            Protection.none(),
            Recovery.of(Mnemonic.parse(String.join(" ", created.words().words()))));
    node.add(restored);
    assertThat(restored.balance()).isEqualTo(alice.balance());
    assertThat(restored.history().unspent()).hasSameSizeAs(alice.history().unspent());
    assertThat(restored.newReceiveAddress("")).isEqualTo(alice.newReceiveAddress(""));
    assertThat(restored.addresses().newChange()).isEqualTo(alice.addresses().newChange());
  }

  @Test
  void afterAKillTheSameWalletCatchesUp(@TempDir Path folder) throws Exception {
    Path place = folder.resolve("w");
    Wallet alice = wallet(FileWalletStore.create(place));
    fill(alice);
    Address given = alice.newReceiveAddress("mine");
    Transaction sent = alice.send(SendRequest.of(other(), Amount.COIN, 1000).withNote("tea"));
    node.remove(alice);
    // Killed: what it wrote is copied away while it is still open.
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy);
    Files.copy(place.resolve(FileWalletStore.FILE_NAME), copy.resolve(FileWalletStore.FILE_NAME));
    node.mine(OTHER);
    mineElsewhere(2);

    Wallet again = Wallet.open(FileWalletStore.open(copy), node.context());
    node.add(again);
    assertThat(again.history().transaction(sent.txid()).confirmations()).isEqualTo(3);
    assertThat(again.history().transaction(sent.txid()).entry().notes().comment()).isEqualTo("tea");
    assertThat(again.addresses().label(given)).isEqualTo("mine");
    assertThat(again.newReceiveAddress("")).isNotEqualTo(given);
    assertThat(again.addresses().given()).contains(given).doesNotHaveDuplicates();
    again.close();
  }

  @Test
  void allBlocksAreReadAtOnceForWhoeverWantsIt() throws WalletException {
    MemoryWalletStore store = new MemoryWalletStore();
    Wallet alice = wallet(store);
    Script paid = alice.newReceiveAddress("").toScript();
    node.remove(alice);
    alice.close();
    node.mine(paid);
    mineElsewhere(MATURITY);
    Wallet again = Wallet.open(store, node.context());
    assertThat(again.catchUp(Integer.MAX_VALUE)).isTrue();
    assertThat(again.balance().trustedSat()).isEqualTo(SUBSIDY);
    again.descriptors().search(0);
    assertThat(again.info().synchronised()).isFalse();
    assertThat(again.catchUp(Integer.MAX_VALUE)).isTrue();
    assertThat(again.info().synchronised()).isTrue();
  }

  @Test
  void aWaitingPaymentIsAnnouncedAgainAfterARestart() throws WalletException {
    MemoryWalletStore store = new MemoryWalletStore();
    Wallet alice = wallet(store);
    fill(alice);
    AtomicReference<Transaction> lost = new AtomicReference<>();
    WalletContext normal = node.context();
    node.remove(alice);
    alice.close();
    WalletContext deaf =
        new WalletContext(
            normal.params(),
            normal.chain(),
            transaction -> {
              lost.set(transaction);
              return Optional.empty();
            },
            normal.nowSeconds(),
            normal.random(),
            normal.options(),
            normal.owner());
    Wallet unheard = Wallet.open(store, deaf);
    node.add(unheard);
    unheard.send(SendRequest.of(other(), Amount.COIN, 1000));
    node.remove(unheard);
    assertThat(node.mempool()).isEmpty();

    node.add(Wallet.open(store, normal));
    assertThat(node.mempool()).containsExactly(lost.get());
  }

  @Test
  void aWalletOfAnotherNetworkIsRefused() throws WalletException {
    MemoryWalletStore store = new MemoryWalletStore();
    wallet(store);
    try (TestNode other = new TestNode(ConsensusParams.testnet(), 2)) {
      assertThatThrownBy(() -> Wallet.open(store, other.context()))
          .hasMessage(
              "Wallet file verification failed. The wallet belongs to the network 'regtest', this"
                  + " node is on 'testnet'");
    }
  }

  /** With many addresses their scripts are stored; wrong ones are not believed. */
  @Test
  void scriptsOfManyAddressesAreKeptAndChecked(@TempDir Path folder) throws Exception {
    Path many = folder.resolve("many");
    try (Wallet wallet =
        Wallet.create(FileWalletStore.create(many), node.context(), Protection.none(), 12)
            .wallet()) {
      wallet.addresses().deriveAhead(Keychain.BLOCK + 5);
    }
    List<Script> expected = new ArrayList<>();
    try (Wallet wallet = Wallet.open(FileWalletStore.open(many), node.context())) {
      for (Keychain keychain : wallet.addresses().keychains()) {
        assertThat(keychain.stored()).containsOnlyKeys(0);
        assertThat(keychain.derivedEnd()).isGreaterThan(Keychain.BLOCK);
        for (int index : new int[] {0, 1, 200, Keychain.BLOCK - 1, Keychain.BLOCK}) {
          assertThat(keychain.scripts(index)).isEqualTo(keychain.descriptor().scriptsAt(index));
        }
        expected.addAll(keychain.scripts(7));
        PackedScripts stored = keychain.stored().get(0);
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
          scripts.add(stored.get(i));
        }
        scripts.set(scripts.size() - 1, Script.of(new byte[] {0x51}));
        PackedScripts wrong = PackedScripts.of(scripts);
        assertThat(keychain.remember(1, wrong)).isFalse();
        assertThat(keychain.remember(0, wrong)).isFalse();
      }
    }
    assertThat(expected).doesNotHaveDuplicates();
  }
}
