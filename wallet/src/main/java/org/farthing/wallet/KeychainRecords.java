package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.descriptor.PackedScripts;
import org.farthing.wallet.store.WalletRecord;

/** Keychains as they are stored. */
final class KeychainRecords {
  private KeychainRecords() {}

  /** All of them, how far they were used, and which are active. */
  static List<WalletRecord> of(Keychains keychains) {
    List<WalletRecord> records = new ArrayList<>();
    for (Keychain keychain : keychains.all()) {
      records.addAll(of(keychain));
      records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
    }
    keychains
        .active()
        .forEach(
            (kind, keychain) ->
                records.add(new WalletRecord.Activated(kind.type(), kind.role(), keychain.id())));
    return records;
  }

  /** One without its progress. */
  static List<WalletRecord> of(Keychain keychain) {
    List<WalletRecord> records = new ArrayList<>();
    records.add(added(keychain));
    records.add(details(keychain));
    keychain.taught().forEach((index, keys) -> records.add(taught(keychain, index, keys)));
    records.addAll(scripts(keychain, keychain.stored()));
    return records;
  }

  /** What it is for, and its scripts. */
  static WalletRecord added(Keychain keychain) {
    return new WalletRecord.KeychainAdded(
        keychain.id(), keychain.role(), keychain.descriptor().text());
  }

  static WalletRecord details(Keychain keychain) {
    Keychain.Details details = keychain.details();
    return new WalletRecord.KeychainDetails(
        keychain.id(),
        keychain.source().text(),
        details.createdSeconds(),
        details.first(),
        details.end(),
        details.ownKeys().stream().sorted().toList());
  }

  static List<WalletRecord> scripts(Keychain keychain, Map<Integer, PackedScripts> blocks) {
    List<WalletRecord> records = new ArrayList<>();
    blocks.forEach(
        (number, scripts) ->
            records.add(new WalletRecord.ScriptsDerived(keychain.id(), number, scripts)));
    return records;
  }

  static WalletRecord taught(Keychain keychain, int index, List<byte[]> publicKeys) {
    return new WalletRecord.KeysTaught(
        keychain.id(), index, publicKeys.stream().map(Hex::encode).toList());
  }
}
