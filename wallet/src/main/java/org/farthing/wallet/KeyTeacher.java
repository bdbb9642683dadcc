package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.store.WalletRecord;

/**
 * Tells keychains the public keys that only secrets can tell, ahead of their use and while the
 * secrets are at hand.
 */
final class KeyTeacher {
  private final WalletContext context;
  private final WalletState state;

  KeyTeacher(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
  }

  /** Where the wallet is locked, or does not have the secrets, nothing happens. */
  void teachAhead(Keychain keychain) throws WalletException {
    long now = context.nowSeconds().getAsLong();
    if (!keychain.needsTeaching()
        || keychain.derivedEnd() >= state.keychains().wantedEnd(keychain)
        || state.keyring().isLocked(now)) {
      return;
    }
    List<WalletRecord> records =
        state
            .keyring()
            .use(
                now,
                secrets ->
                    keychain.canBeTaught(secrets, state.network())
                        ? teach(keychain, secrets)
                        : List.of());
    state.append(records);
    state.keychains().deriveAhead(keychain);
  }

  /** The same for all keychains: some may be less far ahead than they were. */
  void teachAll() {
    for (Keychain keychain : state.keychains().taught()) {
      try {
        teachAhead(keychain);
      } catch (WalletException e) {
        // The wallet has just been locked; when it is unlocked the keychain is taught.
      }
    }
  }

  /**
   * Teaches without storing.
   *
   * @return what is to be stored
   */
  List<WalletRecord> teach(Keychain keychain, Secrets secrets) {
    List<WalletRecord> records = new ArrayList<>();
    int end = state.keychains().wantedEnd(keychain);
    for (int index = keychain.derivedEnd(); keychain.needsTeaching() && index < end; index++) {
      List<byte[]> keys = keychain.publicKeys(index, secrets, state.network());
      keychain.teach(index, keys);
      records.add(KeychainRecords.taught(keychain, index, keys));
    }
    return records;
  }
}
