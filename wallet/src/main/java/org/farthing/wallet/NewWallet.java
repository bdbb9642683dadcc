package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.DerivedKey;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.store.WalletRecord;

/**
 * The records that a wallet begins with: for each kind of address an account of its own, receiving
 * and change (BIP-0044, 49, 84, 86); or nothing yet.
 */
final class NewWallet {
  /** The coin type of all test networks (SLIP-0044). */
  private static final int COIN_TYPE = 1 | DerivationPath.HARDENED;

  private static final int ACCOUNT = DerivationPath.HARDENED;

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
        identity(Keychains.DEFAULT_GAP_LIMIT),
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

  private WalletRecord vault(Protection protection, Secrets secrets) throws WalletException {
    byte[] content = secrets.encode();
    try {
      return new WalletRecord.Vault(
          protection.seal(content, context.options().vaultCost(), random));
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
    Keychain.Details details = new Keychain.Details(createdSeconds, 0, 0, Set.of(0));
    for (Role role : Role.values()) {
      for (AddressType type : AddressType.values()) {
        Descriptor own = descriptor(type, role, master);
        Keychain keychain =
            new Keychain(
                all.unusedId(),
                role,
                own.withKeys(KeyExpression::normalized),
                own.withKeys(KeyExpression::withoutSecret),
                details);
        all.add(keychain, 0);
        all.activate(type, role, keychain);
      }
    }
    return KeychainRecords.of(all);
  }

  private Descriptor descriptor(AddressType type, Role role, ExtendedKey master) {
    int purpose =
        switch (type) {
          case LEGACY -> 44;
          case P2SH_SEGWIT -> 49;
          case BECH32 -> 84;
          case BECH32M -> 86;
        };
    DerivedKey key = key(purpose, role, master);
    return switch (type) {
      case LEGACY -> new ScriptExpression.Pkh(key);
      case P2SH_SEGWIT -> new ScriptExpression.Sh(new ScriptExpression.Wpkh(key));
      case BECH32 -> new ScriptExpression.Wpkh(key);
      case BECH32M -> new ScriptExpression.Tr(key, Optional.empty());
    };
  }

  private DerivedKey key(int purpose, Role role, ExtendedKey master) {
    Network network = context.params().network();
    int branch = role == Role.RECEIVE ? 0 : 1;
    return new DerivedKey(
        network,
        Optional.empty(),
        master,
        new DerivationPath(List.of(purpose | DerivationPath.HARDENED, COIN_TYPE, ACCOUNT, branch)),
        DerivedKey.Wildcard.PLAIN,
        DerivedKey.HardenedMarker.LETTER);
  }
}
