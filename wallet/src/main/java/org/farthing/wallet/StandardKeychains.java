package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.DerivedKey;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;

/**
 * The keychains that come from a root key: for each kind of address an account of its own,
 * receiving and change (BIP-0044, 49, 84, 86).
 */
final class StandardKeychains {
  /** The coin type of all test networks (SLIP-0044). */
  private static final int COIN_TYPE = 1 | DerivationPath.HARDENED;

  private static final int ACCOUNT = DerivationPath.HARDENED;

  private final Network network;
  private final ExtendedKey root;
  private final long createdSeconds;

  /**
   * @param root with its secret, or hardened steps could not be taken
   * @param createdSeconds no payment is older, in seconds since 1970
   */
  StandardKeychains(Network network, ExtendedKey root, long createdSeconds) {
    this.network = network;
    this.root = root;
    this.createdSeconds = createdSeconds;
  }

  /** What a keychain is for, and what its addresses look like. */
  record Purpose(AddressType type, Role role) {
    /** All of them, receiving first. */
    static List<Purpose> all() {
      List<Purpose> all = new ArrayList<>();
      for (Role role : Role.values()) {
        for (AddressType type : AddressType.values()) {
          all.add(new Purpose(type, role));
        }
      }
      return all;
    }
  }

  Keychain keychain(int id, Purpose purpose) {
    Descriptor own = descriptor(purpose);
    return new Keychain(
        id,
        purpose.role(),
        own.withKeys(KeyExpression::normalized),
        own.withKeys(KeyExpression::withoutSecret),
        new Keychain.Details(createdSeconds, 0, 0, Set.of(0)));
  }

  /** With the secret of the root key. */
  Descriptor descriptor(Purpose purpose) {
    DerivedKey key = key(purpose);
    return switch (purpose.type()) {
      case LEGACY -> new ScriptExpression.Pkh(key);
      case P2SH_SEGWIT -> new ScriptExpression.Sh(new ScriptExpression.Wpkh(key));
      case BECH32 -> new ScriptExpression.Wpkh(key);
      case BECH32M -> new ScriptExpression.Tr(key, Optional.empty());
    };
  }

  private DerivedKey key(Purpose purpose) {
    int number =
        switch (purpose.type()) {
          case LEGACY -> 44;
          case P2SH_SEGWIT -> 49;
          case BECH32 -> 84;
          case BECH32M -> 86;
        };
    int branch = purpose.role() == Role.RECEIVE ? 0 : 1;
    return new DerivedKey(
        network,
        Optional.empty(),
        root,
        new DerivationPath(List.of(number | DerivationPath.HARDENED, COIN_TYPE, ACCOUNT, branch)),
        DerivedKey.Wildcard.PLAIN,
        DerivedKey.HardenedMarker.LETTER);
  }
}
