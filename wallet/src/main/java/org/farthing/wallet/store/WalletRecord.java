package org.farthing.wallet.store;

import java.util.List;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.KeyVault;

/**
 * A fact about a wallet, as its journal holds it. A later record about the same thing takes the
 * place of an earlier one.
 */
public sealed interface WalletRecord {
  /**
   * The first record: what the wallet belongs to.
   *
   * @param network the name
   * @param genesis the first block of its chain
   * @param createdSeconds seconds since 1970
   */
  record Identity(String network, BlockHash genesis, long createdSeconds, int gapLimit)
      implements WalletRecord {}

  /** The secret, encrypted or not. */
  record Vault(KeyVault vault) implements WalletRecord {}

  /** A set of scripts, by its descriptor with checksum. */
  record KeychainAdded(int id, Role role, String descriptor) implements WalletRecord {}

  /** How many scripts of a keychain were given away or seen in use. */
  record KeychainProgress(int id, int next) implements WalletRecord {}

  /**
   * The chain is being searched for the payments to a restored wallet.
   *
   * @param fromHeight the last block before the search; -1 when it has ended
   */
  record Recovering(int fromHeight) implements WalletRecord {}

  /** The owner's name for an address; empty to forget it. */
  record Label(String address, String label) implements WalletRecord {}

  /** A transaction with its state. */
  record TxAdded(WalletTx transaction) implements WalletRecord {}

  /** Another state of a transaction that was added before. */
  record TxChanged(Txid txid, TxState state) implements WalletRecord {}

  /**
   * The last block that the wallet has seen, first, and some before it, to find the fork if the
   * chain has left it.
   */
  record Position(List<ChainPosition> locator) implements WalletRecord {
    public Position {
      locator = List.copyOf(locator);
    }
  }
}
