package org.farthing.wallet.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.PackedScripts;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.KeyVault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalletStoreTest {
  private static final BlockHash GENESIS = ConsensusParams.regtest().genesis().hash();
  private static final Transaction COINBASE =
      ConsensusParams.regtest().genesis().transactions().get(0);

  private static final WalletTx.Notes NOTES =
      new WalletTx.Notes(
          "note", "payee", Optional.of(COINBASE.txid()), Optional.of(COINBASE.txid()));

  @TempDir Path folder;

  private static List<WalletRecord> everyKind() {
    TxState confirmed = new TxState.Confirmed(GENESIS, 7, 3, 1_700_000_000L);
    return List.of(
        new WalletRecord.Identity("regtest", GENESIS, 1_600_000_000L, 20),
        new WalletRecord.KeychainAdded(1, Role.CHANGE, "wpkh(…)"),
        new WalletRecord.KeychainDetails(1, "wpkh(…)", 1_650_000_000L, 3, 9, List.of(0, 2)),
        new WalletRecord.KeysTaught(1, 7, List.of("02ab", "03cd")),
        new WalletRecord.Activated(AddressType.BECH32M, Role.CHANGE, 1),
        new WalletRecord.ScriptsDerived(
            1, 2, PackedScripts.of(List.of(Script.of(new byte[] {0x51}), Script.EMPTY))),
        new WalletRecord.Kind(false, true, true),
        new WalletRecord.CoinLock(new OutPoint(COINBASE.txid(), 3), true),
        new WalletRecord.TxForgotten(COINBASE.txid()),
        new WalletRecord.KeychainProgress(1, 5),
        new WalletRecord.Recovering(-1),
        new WalletRecord.OpenedBy(310_000),
        new WalletRecord.Label("address", "name ñ"),
        new WalletRecord.TxAdded(
            new WalletTx(
                COINBASE, confirmed, new WalletTx.Times(5, 4), 6, NOTES, List.of(COINBASE))),
        new WalletRecord.TxChanged(COINBASE.txid(), TxState.Pending.INSTANCE),
        new WalletRecord.TxChanged(COINBASE.txid(), TxState.Abandoned.INSTANCE),
        new WalletRecord.TxChanged(COINBASE.txid(), new TxState.Conflicted(GENESIS, 9)),
        new WalletRecord.Position(List.of(new ChainPosition(0, GENESIS))));
  }

  private static WalletRecord label(int number) {
    return new WalletRecord.Label("address " + number, "label");
  }

  private List<WalletRecord> reopened() throws WalletException {
    try (FileWalletStore store = FileWalletStore.open(folder)) {
      return store.load();
    }
  }

  @Test
  void recordsOfEveryKindComeBack() throws WalletException {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      assertThat(store.load()).isEmpty();
      store.replaceAll(everyKind().subList(0, 2));
      store.append(everyKind().subList(2, everyKind().size()));
    }
    assertThat(reopened()).isEqualTo(everyKind());
  }

  @Test
  void aVaultComesBack() throws WalletException {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(new WalletRecord.Vault(KeyVault.unencrypted(new byte[] {1, 2}))));
    }
    assertThat(reopened())
        .singleElement()
        .isInstanceOfSatisfying(
            WalletRecord.Vault.class,
            vault -> assertThat(vault.vault()).hasToString("unencrypted vault"));
  }

  @Test
  void afterAKillAtAnyByteWhatWasAcknowledgedIsThere() throws Exception {
    List<Integer> ends = new ArrayList<>();
    Path file = folder.resolve(FileWalletStore.FILE_NAME);
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.replaceAll(List.of(label(0)));
      ends.add((int) Files.size(file));
      for (int i = 1; i < 5; i++) {
        store.append(List.of(label(i)));
        ends.add((int) Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = ends.get(0); length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int frames = framesWithin(ends, length);
      try (FileWalletStore store = FileWalletStore.open(folder)) {
        assertThat(store.load()).as("cut at %s", length).hasSize(frames);
        store.append(List.of(label(99)));
      }
      assertThat(reopened()).as("cut at %s", length).hasSize(frames + 1).endsWith(label(99));
    }
  }

  private static int framesWithin(List<Integer> ends, int length) {
    return (int) ends.stream().filter(end -> end <= length).count();
  }

  /** A disk may have made the last frame longer before it wrote what is in it. */
  @Test
  void aLastFrameOfZerosIsLeftOut() throws Exception {
    Path file = folder.resolve(FileWalletStore.FILE_NAME);
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(0)));
      store.append(List.of(label(1)));
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] frame = Journal.frame(List.of(label(1)));
    for (int written = 0; written < frame.length; written++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, whole.length - frame.length + written, whole.length, (byte) 0);
      Files.write(file, torn);
      assertThat(reopened()).as("%s bytes written", written).containsExactly(label(0));
    }
  }

  @Test
  void damageInTheMiddleIsRefusedAndNothingIsChanged() throws Exception {
    Path file = folder.resolve(FileWalletStore.FILE_NAME);
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(0)));
      store.append(List.of(label(1)));
      store.append(List.of(label(2)));
    }
    byte[] whole = Files.readAllBytes(file);
    int lastFrame = Journal.frame(List.of(label(2))).length;
    for (int at = 0; at < whole.length - lastFrame; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertUnreadable("byte " + at);
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  private void assertUnreadable(String what) {
    assertThatThrownBy(this::reopened)
        .as(what)
        .isInstanceOfSatisfying(
            WalletException.class,
            e ->
                assertThat(e.error())
                    .isIn(WalletError.UNREADABLE_WALLET, WalletError.UNKNOWN_FORMAT));
  }

  @Test
  void aLaterVersionIsRefused() throws IOException, WalletException {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(0)));
    }
    Path file = folder.resolve(FileWalletStore.FILE_NAME);
    byte[] bytes = Files.readAllBytes(file);
    bytes[16] = 2;
    Files.write(file, bytes);
    assertThatThrownBy(this::reopened).hasMessageContaining("another version of Farthing");
  }

  /** As it was stored before it had more than one time and one note: record 6. */
  @Test
  void aTransactionInTheFormerFormIsRead() throws DecodeException {
    ByteWriter bytes = new ByteWriter(512);
    bytes.uint8(6);
    COINBASE.writeTo(bytes);
    bytes.int64(5).int64(6).varBytes("note".getBytes(UTF_8)).uint8(2);
    assertThat(RecordCodec.read(new ByteReader(bytes.toByteArray())))
        .isEqualTo(
            new WalletRecord.TxAdded(
                new WalletTx(
                    COINBASE,
                    TxState.Pending.INSTANCE,
                    new WalletTx.Times(5, 5),
                    6,
                    new WalletTx.Notes("note", "", Optional.empty(), Optional.empty()))));
  }

  @Test
  void aWalletOfTheFormerNameOpensUnderItsPresentOne() throws Exception {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(3)));
    }
    Path file = folder.resolve(FileWalletStore.FILE_NAME);
    Files.move(file, folder.resolve(FileWalletStore.FORMER_NAME));
    assertThat(FileWalletStore.exists(folder)).isTrue();
    assertThat(reopened()).containsExactly(label(3));
    assertThat(file).exists();
    assertThat(folder.resolve(FileWalletStore.FORMER_NAME)).doesNotExist();
  }

  @Test
  void aWalletIsDeletedWithoutWhatStandsBesideIt() throws Exception {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(3)));
    }
    Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
    FileWalletStore.delete(folder);
    assertThat(folder).isDirectoryContaining(path -> path.equals(other));
    assertThat(folder.resolve(FileWalletStore.FILE_NAME)).doesNotExist();
  }

  @Test
  void oneWalletIsOpenOnce() throws WalletException {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(0)));
      assertThatThrownBy(() -> FileWalletStore.open(folder))
          .isInstanceOfSatisfying(
              WalletException.class,
              e -> assertThat(e.error()).isEqualTo(WalletError.WALLET_IN_USE));
    }
    assertThatThrownBy(() -> FileWalletStore.create(folder))
        .hasMessageContaining("already: choose another name");
    assertThatThrownBy(() -> FileWalletStore.open(folder.resolve("none")))
        .hasMessageContaining("there is no wallet named 'none'");
  }

  @Test
  void whatIsReplacedIsGone() throws Exception {
    try (FileWalletStore store = FileWalletStore.create(folder)) {
      store.append(List.of(label(4711)));
      store.replaceAll(List.of(label(1)));
      store.append(List.of(label(2)));
    }
    assertThat(reopened()).containsExactly(label(1), label(2));
    assertThat(Files.readString(folder.resolve(FileWalletStore.FILE_NAME), ISO_8859_1))
        .doesNotContain("4711");
  }
}
