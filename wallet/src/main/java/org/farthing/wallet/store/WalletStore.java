package org.farthing.wallet.store;

import java.util.List;
import org.farthing.consensus.chain.StoreException;
import org.farthing.wallet.error.WalletException;

/** Where one wallet keeps its records. Owned by one thread. A disk that fails is fatal. */
public interface WalletStore extends AutoCloseable {
  /**
   * All records in their order; none for a new wallet.
   *
   * @throws WalletException UNREADABLE_WALLET for damage, and for records of a later version
   */
  List<WalletRecord> load() throws WalletException;

  /**
   * Adds records, all of them or none. When it returns they survive a loss of power.
   *
   * @throws StoreException if the disk fails
   */
  void append(List<WalletRecord> records);

  /**
   * Puts these records in the place of all before; what they leave out is gone from the disk as far
   * as a file system lets it go.
   *
   * @throws StoreException if the disk fails
   */
  void replaceAll(List<WalletRecord> records);

  /** Lets go of the store; it can be opened again. */
  @Override
  void close();
}
