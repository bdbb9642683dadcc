package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.KeyVault;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.store.WalletRecord;

/** The records of a wallet that knows what another one knows, but for its secrets. */
final class WatchOnlyCopy {
  private WatchOnlyCopy() {}

  static List<WalletRecord> of(WalletState state) throws WalletException {
    if (state.keychains().all().isEmpty()) {
      throw new WalletException(
          WalletError.BACKUP_FAILED, "Error: Wallet has no descriptors to export");
    }
    List<WalletRecord> copy = new ArrayList<>();
    for (WalletRecord entry : state.presentRecords()) {
      copy.add(withoutSecrets(entry, state));
    }
    return copy;
  }

  private static WalletRecord withoutSecrets(WalletRecord entry, WalletState state) {
    if (entry instanceof WalletRecord.Kind kind) {
      return new WalletRecord.Kind(false, kind.blank(), kind.avoidReuse());
    }
    if (entry instanceof WalletRecord.Vault) {
      return new WalletRecord.Vault(KeyVault.unencrypted(Secrets.none().encode()));
    }
    if (entry instanceof WalletRecord.KeychainDetails details) {
      Keychain keychain = state.keychains().get(details.id()).orElseThrow();
      return new WalletRecord.KeychainDetails(
          details.id(),
          keychain.descriptor().text(),
          details.createdSeconds(),
          details.first(),
          Math.max(details.end(), keychain.derivedEnd()),
          List.of());
    }
    return entry;
  }
}
