package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.PackedScripts;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.store.ChainPosition;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A wallet with one record more that fits no wallet is not opened. */
class RecordChecksTest {
  private static final PackedScripts NOTHING = PackedScripts.of(List.of());

  private final TestNode node = new TestNode(TestNode.regtest(1), 1);

  @AfterEach
  void close() {
    node.close();
  }

  private List<WalletRecord> wallet() throws WalletException {
    Wallet wallet = node.withoutKeys(false);
    String key = ExtendedKey.ofSeed(new byte[16]).toPublicString(wallet.network());
    wallet
        .descriptors()
        .add(
            new WalletDescriptors.Import(
                Descriptor.parse("wpkh(" + key + "/*)", wallet.network()),
                Role.RECEIVE,
                true,
                new Keychain.Details(0, 0, 3, Set.of()),
                0,
                ""));
    return wallet.records();
  }

  private static WalletRecord.TxAdded transaction(Transaction transaction, int height, long order) {
    return new WalletRecord.TxAdded(
        new WalletTx(
            transaction,
            new TxState.Confirmed(BlockHash.ZERO, height, 0, 0),
            WalletTx.Times.at(0),
            order,
            WalletTx.Notes.NONE));
  }

  @TestFactory
  Stream<DynamicTest> whatFitsNoWalletIsRefused() throws WalletException {
    List<WalletRecord> whole = wallet();
    WalletRecord.Identity identity = one(whole, WalletRecord.Identity.class);
    WalletRecord.KeychainDetails details = one(whole, WalletRecord.KeychainDetails.class);
    Transaction first = node.builder().params().genesis().transactions().get(0);
    Transaction second =
        new Transaction(
            2,
            ChainBuilder.on(node.builder().params()).mine(1).get(0).transactions().get(0).inputs(),
            first.outputs(),
            0);
    return Stream.of(
            List.of(identity.withGapLimit(0)),
            List.of(identity.withGapLimit(Integer.MAX_VALUE)),
            List.of(new WalletRecord.KeychainProgress(details.id(), -1)),
            List.of(new WalletRecord.KeychainProgress(details.id(), Integer.MAX_VALUE)),
            List.of(range(details, -1, 3, List.of())),
            List.of(range(details, 0, Integer.MAX_VALUE, List.of())),
            List.of(range(details, 0, 3, List.of(1))),
            List.of(range(details, 0, 3, List.of(-1))),
            List.of(new WalletRecord.KeysTaught(details.id(), -1, List.of())),
            List.of(new WalletRecord.KeysTaught(details.id(), 0, List.of())),
            List.of(new WalletRecord.KeysTaught(details.id(), 0, List.of("02" + "00".repeat(32)))),
            List.of(new WalletRecord.ScriptsDerived(details.id(), -1, NOTHING)),
            List.of(new WalletRecord.ScriptsDerived(details.id(), Integer.MAX_VALUE, NOTHING)),
            List.of(new WalletRecord.Recovering(-2)),
            List.of(new WalletRecord.Position(List.of())),
            List.of(new WalletRecord.Position(List.of(new ChainPosition(-1, BlockHash.ZERO)))),
            List.of(transaction(first, -1, 0)),
            List.of(transaction(first, 1, -1)),
            List.of(transaction(first, 1, 5), transaction(second, 1, 5)))
        .map(
            more ->
                DynamicTest.dynamicTest(
                    more.toString(),
                    () -> {
                      MemoryWalletStore store = new MemoryWalletStore();
                      List<WalletRecord> records = new ArrayList<>(whole);
                      records.addAll(more);
                      store.replaceAll(records);
                      assertThatThrownBy(() -> Wallet.open(store, node.context()))
                          .isInstanceOfSatisfying(
                              WalletException.class,
                              e -> assertThat(e.error()).isEqualTo(WalletError.UNREADABLE_WALLET))
                          .hasMessageContaining("the wallet's file has a wrong ");
                    }));
  }

  private static WalletRecord range(
      WalletRecord.KeychainDetails details, int first, int end, List<Integer> ownKeys) {
    return new WalletRecord.KeychainDetails(
        details.id(), details.source(), details.createdSeconds(), first, end, ownKeys);
  }

  private static <T> T one(List<WalletRecord> records, Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }
}
