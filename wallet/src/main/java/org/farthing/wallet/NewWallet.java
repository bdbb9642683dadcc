package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.wallet.StandardKeychains.Purpose;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.store.WalletRecord;

/**
 * The records that a wallet begins with: for each kind of address an account of its own, receiving
 * and change (BIP-0044, 49, 84, 86); or nothing yet.
 */
final class NewWallet {
  private final WalletContext context;
  private final SecureRandom random;

  NewWallet(WalletContext context, SecureRandom random) {
    this.context = context;
    this.random = random;
  }

  /** Of a wallet whose keys come from recovery words. */
  List<WalletRecord> records(Protection protection, Recovery recovery, WalletRecord.Kind kind)
      throws WalletException {
    HeaderNode start = before(recovery.fromHeight());
    List<WalletRecord> records = new ArrayList<>();
    records.add(identity(recovery.gapLimit()));
    records.add(kind);
    byte[] seed = recovery.words().toSeed(recovery.wordsPassphrase());
    Secrets secrets = Secrets.ofSeed(seed);
    try {
      records.add(vault(protection, secrets));
      long createdSeconds =
          Math.min(start.header().timeSeconds(), context.nowSeconds().getAsLong());
      records.addAll(keychains(secrets.master().orElseThrow(), createdSeconds));
    } finally {
      Arrays.fill(seed, (byte) 0);
      secrets.wipe();
    }
    records.add(new WalletRecord.Recovering(start.height()));
    records.add(new WalletRecord.Position(ChainFollower.locator(start)));
    return records;
  }

  /**
   * Of a wallet without keys.
   *
   * @param kind whether it may get some
   */
  List<WalletRecord> withoutKeys(Protection protection, WalletRecord.Kind kind)
      throws WalletException {
    HeaderNode tip = context.chain().snapshot().tip();
    return List.of(
        identity(context.options().keypool().orElse(Keychains.DEFAULT_GAP_LIMIT)),
        kind,
        vault(protection, Secrets.none()),
        new WalletRecord.Position(ChainFollower.locator(tip)));
  }

  private WalletRecord identity(int gapLimit) {
    return new WalletRecord.Identity(
        context.params().network().name(),
        context.params().genesis().hash(),
        context.nowSeconds().getAsLong(),
        gapLimit);
  }

  private WalletRecord vault(Protection protection, Secrets secrets) {
    byte[] content = secrets.encode();
    try {
      return new WalletRecord.Vault(protection.seal(content, random));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** The block before the first that is to be searched. */
  private HeaderNode before(int height) {
    HeaderNode tip = context.chain().snapshot().tip();
    return tip.ancestor(Math.max(0, Math.min(height - 1, tip.height())));
  }

  private List<WalletRecord> keychains(ExtendedKey master, long createdSeconds) {
    Keychains all = new Keychains(1);
    StandardKeychains standard =
        new StandardKeychains(context.params().network(), master, createdSeconds);
    for (Purpose purpose : Purpose.all()) {
      Keychain keychain = standard.keychain(all.unusedId(), purpose);
      all.add(keychain, 0);
      all.activate(purpose.type(), purpose.role(), keychain);
    }
    return KeychainRecords.of(all);
  }
}
