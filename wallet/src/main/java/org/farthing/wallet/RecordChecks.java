package org.farthing.wallet;

import java.util.Collection;
import java.util.List;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.store.WalletRecord;

/** What no version of a wallet writes is refused when the wallet is opened, and not later. */
final class RecordChecks {
  private RecordChecks() {}

  /** A record by itself. */
  static void check(WalletRecord entry) throws WalletException {
    if (entry instanceof WalletRecord.Identity found) {
      expect(found.gapLimit() > 0 && found.gapLimit() <= Keychains.MOST_SCRIPTS, "gap limit");
    } else if (entry instanceof WalletRecord.KeychainProgress found) {
      expect(found.next() >= 0, "progress of a keychain");
    } else if (entry instanceof WalletRecord.KeysTaught found) {
      expect(found.index() >= 0, "index of public keys");
    } else if (entry instanceof WalletRecord.ScriptsDerived found) {
      expect(
          found.block() >= 0 && found.block() < Integer.MAX_VALUE / Keychain.BLOCK,
          "place of scripts");
    } else if (entry instanceof WalletRecord.TxAdded found) {
      check(found.transaction().state());
      expect(found.transaction().order() >= 0, "place of a transaction");
    } else if (entry instanceof WalletRecord.TxChanged found) {
      check(found.state());
    } else if (entry instanceof WalletRecord.Recovering found) {
      expect(found.fromHeight() >= -1, "height to search from");
    } else if (entry instanceof WalletRecord.Position found) {
      expect(!found.locator().isEmpty(), "position");
      expect(found.locator().stream().allMatch(at -> at.height() >= 0), "height");
    }
  }

  private static void check(TxState state) throws WalletException {
    int height = 0;
    if (state instanceof TxState.Confirmed confirmed) {
      height = confirmed.height();
    } else if (state instanceof TxState.Conflicted conflicted) {
      height = conflicted.height();
    }
    expect(height >= 0, "height of a transaction");
  }

  /** A keychain, and the first of its indexes that was not given away. */
  static void check(Keychain keychain, int next) throws WalletException {
    Keychain.Details details = keychain.details();
    long watched = Math.max(details.end(), next) - (long) details.first();
    expect(details.first() >= 0 && watched <= Keychains.MOST_SCRIPTS, "range of a keychain");
    Descriptor descriptor = keychain.descriptor();
    int keys = descriptor.leafKeys().size();
    expect(
        descriptor.hasScripts() == keychain.source().hasScripts()
            && keychain.source().leafKeys().size() == keys,
        "descriptor as its owner wrote it");
    expect(details.ownKeys().stream().allMatch(key -> key >= 0 && key < keys), "number of a key");
  }

  /** Public keys of a keychain, in the order of the text. */
  static void check(Keychain keychain, List<byte[]> publicKeys) throws WalletException {
    expect(
        publicKeys.size() == keychain.descriptor().leafKeys().size()
            && publicKeys.stream().allMatch(Secp256k1::isValidPublicKey),
        "list of public keys");
  }

  /** Transactions have places of their own. */
  static void check(Collection<WalletTx> transactions) throws WalletException {
    long places = transactions.stream().mapToLong(WalletTx::order).distinct().count();
    expect(places == transactions.size(), "order of transactions");
  }

  private static void expect(boolean right, String what) throws WalletException {
    if (!right) {
      throw new WalletException(
          WalletError.UNREADABLE_WALLET,
          "the wallet's file has a wrong " + what + ": restore it from a backup or its words");
    }
  }
}
