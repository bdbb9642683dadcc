package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.Decoding;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletRecord;

/**
 * Backups whose records can be read, and are those of no wallet, or of one that a later version
 * wrote: they are refused, or make a wallet that works and is stored as it was opened.
 */
class WalletFileFuzzTest {
  /** Further scripts take time, and tell nothing. */
  private static final int MOST_SCRIPTS = 200;

  private static final long MAX_BYTES = 64 << 20;

  private final TestNode node = new TestNode(TestNode.regtest(1), 1);

  /** The input stands behind a wallet with a key, or alone (first byte odd), as one frame. */
  @FuzzTest
  void backup(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    Path file = Files.createTempFile("farthing-backup-", ".dat");
    try {
      FileWalletStore.writeBackup(file, (input[0] & 1) == 0 ? before() : List.of());
      ByteWriter whole = new ByteWriter().bytes(Files.readAllBytes(file));
      CRC32C checksum = new CRC32C();
      checksum.update(input, 1, input.length - 1);
      whole.int32(input.length - 1).int32((int) checksum.getValue());
      whole.bytes(Arrays.copyOfRange(input, 1, input.length));
      Files.write(file, whole.toByteArray());
      Decoding.bounded(Decoding.watched(MAX_BYTES), () -> open(file));
    } finally {
      Files.delete(file);
    }
  }

  private List<WalletRecord> before() throws WalletException {
    Wallet wallet = node.withoutKeys(false);
    String key = Hex.encode(TestKey.number(1).publicKey());
    wallet
        .descriptors()
        .add(
            new WalletDescriptors.Import(
                Descriptor.parse("wpkh(" + key + ")", wallet.network()),
                Role.RECEIVE,
                false,
                new Keychain.Details(0, 0, 1, Set.of()),
                0,
                "mine"));
    return wallet.records();
  }

  private Optional<Wallet> open(Path file) {
    MemoryWalletStore store = new MemoryWalletStore();
    Wallet wallet;
    try {
      List<WalletRecord> records = FileWalletStore.readBackup(file);
      if (records.stream().anyMatch(WalletFileFuzzTest::hasMany)) {
        return Optional.empty();
      }
      store.replaceAll(records);
      wallet = Wallet.open(store, node.context());
    } catch (WalletException e) {
      assertThat(e).hasMessageNotContaining("null");
      return Optional.empty();
    }
    use(wallet);
    Wallet again;
    try {
      again = Wallet.open(store, node.context());
    } catch (WalletException e) {
      throw new AssertionError("what was stored cannot be opened", e);
    }
    use(again);
    assertThat(again.balance()).isEqualTo(wallet.balance());
    assertThat(again.info().height()).isEqualTo(wallet.info().height());
    return Optional.of(again);
  }

  private static void use(Wallet wallet) {
    wallet.catchUp(1);
    wallet.balance();
    for (AddressType type : AddressType.values()) {
      try {
        wallet.addresses().newReceive("", type);
        wallet.addresses().newChange(type);
      } catch (WalletException e) {
        // Most have no such keys.
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static boolean hasMany(WalletRecord entry) {
    return (entry instanceof WalletRecord.Identity found && found.gapLimit() > MOST_SCRIPTS)
        || (entry instanceof WalletRecord.KeychainDetails details && details.end() > MOST_SCRIPTS)
        || (entry instanceof WalletRecord.KeychainProgress next && next.next() > MOST_SCRIPTS);
  }
}
