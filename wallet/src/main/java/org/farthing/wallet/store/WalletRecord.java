package org.farthing.wallet.store;

import java.util.List;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.PackedScripts;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.KeyVault;

/**
 * A fact about a wallet, as its journal holds it. A later record about the same thing takes the
 * place of an earlier one.
 */
public sealed interface WalletRecord {
  /** What is to be known of the wallet's scripts. */
  sealed interface OfKeychain extends WalletRecord {}

  /**
   * The first record: what the wallet belongs to.
   *
   * @param network the name
   * @param genesis the first block of its chain
   * @param createdSeconds seconds since 1970
   * @param gapLimit how many scripts are watched for ahead of the last one in use
   */
  record Identity(String network, BlockHash genesis, long createdSeconds, int gapLimit)
      implements WalletRecord {
    public Identity withGapLimit(int replacement) {
      return new Identity(network, genesis, createdSeconds, replacement);
    }
  }

  /** The secret, encrypted or not. */
  record Vault(KeyVault vault) implements WalletRecord {}

  /** A set of scripts, by its descriptor with checksum. */
  record KeychainAdded(int id, Role role, String descriptor) implements OfKeychain {}

  /**
   * What more there is to say of a keychain. Where it is missing, the descriptor is as its owner
   * wrote it, all of its keys come from the wallet's words, and it is as old as the wallet.
   *
   * @param source the descriptor as its owner wrote it, without secrets and with checksum
   * @param createdSeconds no payment is older, in seconds since 1970
   * @param first the least index that is watched for
   * @param end all indexes below it are watched for
   * @param ownKeys positions of the keys whose secrets the wallet has, in ascending order
   */
  record KeychainDetails(
      int id, String source, long createdSeconds, int first, int end, List<Integer> ownKeys)
      implements OfKeychain {
    public KeychainDetails {
      ownKeys = List.copyOf(ownKeys);
    }
  }

  /** The public keys of an index that only secrets could tell, in hex, in the order of the text. */
  record KeysTaught(int id, int index, List<String> publicKeys) implements OfKeychain {
    public KeysTaught {
      publicKeys = List.copyOf(publicKeys);
    }
  }

  /**
   * Scripts of a keychain, so that they need not be derived when the wallet is opened.
   *
   * @param block which {@link org.farthing.wallet.descriptor.Keychain#BLOCK} indexes, counted from
   *     0
   */
  record ScriptsDerived(int id, int block, PackedScripts scripts) implements OfKeychain {}

  /**
   * Which keychain new scripts of a kind come from. Where there is no such record, it is the first
   * keychain of each role.
   *
   * @param id -1 for none
   */
  record Activated(AddressType type, Role role, int id) implements OfKeychain {}

  /**
   * What the owner wanted when the wallet was made.
   *
   * @param privateKeys false for a wallet that only watches
   * @param blank it was made without keys of its own
   * @param avoidReuse coins of addresses that were spent from before are not to be mixed with
   *     others
   */
  record Kind(boolean privateKeys, boolean blank, boolean avoidReuse) implements WalletRecord {
    /** With keys of its own. */
    public static final Kind USUAL = new Kind(true, false, false);

    public Kind withBlank(boolean wanted) {
      return new Kind(privateKeys, wanted, avoidReuse);
    }

    public Kind withAvoidReuse(boolean wanted) {
      return new Kind(privateKeys, blank, wanted);
    }
  }

  /**
   * By whom the wallet was last opened.
   *
   * @param client the version of the node, as it tells others
   */
  record OpenedBy(int client) implements WalletRecord {}

  /** The first index of a keychain that is to be given away. */
  record KeychainProgress(int id, int next) implements OfKeychain {}

  /**
   * The chain is being searched for payments to scripts that were not known before.
   *
   * @param fromHeight the last block before the search; -1 when it has ended
   */
  record Recovering(int fromHeight) implements WalletRecord {}

  /** The owner's name for an address; empty to forget it. */
  record Label(String address, String label) implements WalletRecord {}

  /** A coin that the owner keeps back, or not any more. */
  record CoinLock(OutPoint coin, boolean locked) implements WalletRecord {}

  /** A transaction with its state. */
  record TxAdded(WalletTx transaction) implements WalletRecord {}

  /** Another state of a transaction that was added before. */
  record TxChanged(Txid txid, TxState state) implements WalletRecord {}

  /** A transaction that the owner wanted to be forgotten. */
  record TxForgotten(Txid txid) implements WalletRecord {}

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
