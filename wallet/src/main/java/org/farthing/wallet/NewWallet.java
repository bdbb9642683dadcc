package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.descriptor.DerivedKey;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.store.WalletRecord;

/** The records that a wallet begins with: one account of BIP-0084, receiving and change. */
final class NewWallet {
  private static final int PURPOSE = 84 | DerivationPath.HARDENED;

  /** The coin type of all test networks (SLIP-0044). */
  private static final int COIN_TYPE = 1 | DerivationPath.HARDENED;

  private static final int ACCOUNT = DerivationPath.HARDENED;

  private final WalletContext context;
  private final SecureRandom random;

  NewWallet(WalletContext context, SecureRandom random) {
    this.context = context;
    this.random = random;
  }

  List<WalletRecord> records(Protection protection, Recovery recovery) throws WalletException {
    List<WalletRecord> records = new ArrayList<>();
    records.add(
        new WalletRecord.Identity(
            context.params().network().name(),
            context.params().genesis().hash(),
            context.nowSeconds().getAsLong(),
            recovery.gapLimit()));
    byte[] seed = recovery.words().toSeed(recovery.wordsPassphrase());
    ExtendedKey master = ExtendedKey.ofSeed(seed);
    try {
      records.add(new WalletRecord.Vault(protection.seal(seed, context.vaultCost(), random)));
      records.add(keychain(0, Role.RECEIVE, master));
      records.add(keychain(1, Role.CHANGE, master));
    } finally {
      Arrays.fill(seed, (byte) 0);
      master.wipe();
    }
    HeaderNode start = before(recovery.fromHeight());
    records.add(new WalletRecord.Recovering(start.height()));
    records.add(new WalletRecord.Position(ChainFollower.locator(start)));
    return records;
  }

  /** The block before the first that is to be searched. */
  private HeaderNode before(int height) {
    HeaderNode tip = context.chain().snapshot().tip();
    return tip.ancestor(Math.max(0, Math.min(height - 1, tip.height())));
  }

  private WalletRecord keychain(int id, Role role, ExtendedKey master) {
    Network network = context.params().network();
    DerivationPath path = new DerivationPath(List.of(PURPOSE, COIN_TYPE, ACCOUNT));
    ExtendedKey account = master.derive(path);
    DerivedKey key =
        new DerivedKey(
            network,
            Optional.of(new KeyOrigin(master.fingerprint(), path)),
            account.toPublic(),
            new DerivationPath(List.of(role == Role.RECEIVE ? 0 : 1)),
            DerivedKey.Wildcard.PLAIN,
            DerivedKey.HardenedMarker.LETTER);
    account.wipe();
    return new WalletRecord.KeychainAdded(id, role, new ScriptExpression.Wpkh(key).text());
  }
}
