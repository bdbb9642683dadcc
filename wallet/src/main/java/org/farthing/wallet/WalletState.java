package org.farthing.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.Keyring;
import org.farthing.wallet.store.ChainPosition;
import org.farthing.wallet.store.WalletRecord;
import org.farthing.wallet.store.WalletStore;

/**
 * All that a wallet remembers, and the store that it is kept in: read from records once, then
 * written as the difference to what the store has.
 */
final class WalletState {
  /** Records beyond twice the living ones before the file is rewritten. */
  private static final int SLACK = 10_000;

  /** Blocks without anything of the wallet before the position is stored all the same. */
  private static final int POSITION_INTERVAL = 100;

  private final WalletStore store;
  private final WalletRecord.Identity identity;
  private final Keyring keyring;
  private final Keychains keychains;
  private final History history;
  private final Map<String, String> labels;
  private List<ChainPosition> locator;
  private int recoveringFrom;

  private final Set<Txid> storedTransactions = new HashSet<>();
  private final Map<Integer, Integer> storedProgress = new HashMap<>();
  private int storedHeight;
  private int storedRecords;

  private WalletState(WalletStore store, Fold fold) throws WalletException {
    this.store = store;
    this.identity = fold.identity;
    this.keyring = Keyring.of(fold.vault.vault());
    this.keychains = new Keychains(identity.gapLimit());
    this.labels = fold.labels;
    this.locator = fold.position.locator();
    this.recoveringFrom = fold.recoveringFrom;
    for (WalletRecord.KeychainAdded added : fold.keychains.values()) {
      int next = fold.progress.getOrDefault(added.id(), 0);
      ScriptExpression descriptor =
          ScriptExpression.parse(added.descriptor(), fold.params.network());
      keychains.add(new Keychain(added.id(), added.role(), descriptor), next);
      storedProgress.put(added.id(), next);
    }
    this.history = new History(keychains, locator.get(0).height());
    for (WalletTx transaction : fold.transactions.values()) {
      history.restore(transaction);
      storedTransactions.add(transaction.txid());
    }
    this.storedHeight = history.tipHeight();
    this.storedRecords = fold.count;
  }

  /** Writes a new wallet, whole or not at all. */
  static WalletState create(WalletStore store, ConsensusParams params, List<WalletRecord> records)
      throws WalletException {
    WalletState state = new WalletState(store, new Fold(params, records));
    store.replaceAll(records);
    return state;
  }

  /**
   * @throws WalletException UNREADABLE_WALLET, also for the wallet of another network
   */
  static WalletState load(WalletStore store, ConsensusParams params) throws WalletException {
    WalletState state = new WalletState(store, new Fold(params, store.load()));
    state.compactIfWorthwhile();
    return state;
  }

  WalletRecord.Identity identity() {
    return identity;
  }

  Keyring keyring() {
    return keyring;
  }

  Keychains keychains() {
    return keychains;
  }

  History history() {
    return history;
  }

  /** The last block seen, first, and some before it. */
  List<ChainPosition> locator() {
    return locator;
  }

  /** The last block before the search of a restored wallet; -1 if there is no search. */
  int recoveringFrom() {
    return recoveringFrom;
  }

  void endRecovery() {
    recoveringFrom = -1;
    append(List.of(new WalletRecord.Recovering(recoveringFrom)));
  }

  String label(String address) {
    return labels.getOrDefault(address, "");
  }

  Map<String, String> labels() {
    return Map.copyOf(labels);
  }

  void setLabel(String address, String label) {
    putLabel(labels, address, label);
    append(List.of(new WalletRecord.Label(address, label)));
  }

  private static void putLabel(Map<String, String> labels, String address, String label) {
    if (label.isEmpty()) {
      labels.remove(address);
    } else {
      labels.put(address, label);
    }
  }

  void moveTo(List<ChainPosition> newLocator) {
    locator = List.copyOf(newLocator);
  }

  /** Stores what changed since the last call. When it returns, that is safe. */
  void save() {
    List<WalletRecord> records = new ArrayList<>(progress());
    for (WalletTx transaction : history.drainChanges()) {
      boolean added = storedTransactions.add(transaction.txid());
      records.add(
          added
              ? new WalletRecord.TxAdded(transaction)
              : new WalletRecord.TxChanged(transaction.txid(), transaction.state()));
    }
    int height = locator.get(0).height();
    if (!records.isEmpty() || Math.abs(height - storedHeight) >= POSITION_INTERVAL) {
      savePosition(records);
    }
  }

  /** Stores everything, the position included. */
  void saveAll() {
    save();
    if (locator.get(0).height() != storedHeight) {
      savePosition(new ArrayList<>());
    }
  }

  /** What the store has. */
  List<WalletRecord> records() throws WalletException {
    return store.load();
  }

  private void savePosition(List<WalletRecord> records) {
    records.add(new WalletRecord.Position(locator));
    storedHeight = locator.get(0).height();
    append(records);
  }

  private List<WalletRecord> progress() {
    List<WalletRecord> records = new ArrayList<>();
    for (Keychain keychain : keychains.all()) {
      Integer before = storedProgress.put(keychain.id(), keychain.next());
      if (before == null || before != keychain.next()) {
        records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
      }
    }
    return records;
  }

  private void append(List<WalletRecord> records) {
    store.append(records);
    storedRecords += records.size();
    compactIfWorthwhile();
  }

  private void compactIfWorthwhile() {
    if (storedRecords > 2 * (storedTransactions.size() + labels.size()) + SLACK) {
      rewrite();
    }
  }

  /** Puts the present state in the place of all records: nothing of an old vault stays. */
  void rewrite() {
    List<WalletRecord> records = new ArrayList<>();
    records.add(identity);
    records.add(new WalletRecord.Vault(keyring.vault()));
    records.add(new WalletRecord.Recovering(recoveringFrom));
    for (Keychain keychain : keychains.all()) {
      records.add(
          new WalletRecord.KeychainAdded(
              keychain.id(), keychain.role(), keychain.descriptor().text()));
      records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
    }
    labels.forEach((address, label) -> records.add(new WalletRecord.Label(address, label)));
    List<Txid> newestFirst = new ArrayList<>(history.newestFirst());
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      records.add(new WalletRecord.TxAdded(history.find(newestFirst.get(i)).orElseThrow()));
      storedTransactions.add(newestFirst.get(i));
    }
    records.add(new WalletRecord.Position(locator));
    store.replaceAll(records);
    history.drainChanges();
    storedHeight = locator.get(0).height();
    storedRecords = records.size();
  }

  void close() {
    store.close();
  }

  /** The records folded into the last one about each thing. */
  private static final class Fold {
    final ConsensusParams params;
    final int count;
    final Map<Integer, WalletRecord.KeychainAdded> keychains = new LinkedHashMap<>();
    final Map<Integer, Integer> progress = new HashMap<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    final Map<Txid, WalletTx> transactions = new LinkedHashMap<>();
    WalletRecord.Identity identity;
    WalletRecord.Vault vault;
    WalletRecord.Position position;
    int recoveringFrom = -1;

    Fold(ConsensusParams params, List<WalletRecord> records) throws WalletException {
      this.params = params;
      this.count = records.size();
      for (WalletRecord entry : records) {
        apply(entry);
      }
      if (identity == null || vault == null || position == null || keychains.isEmpty()) {
        throw unreadable("the wallet's file is incomplete: restore it from a backup or its words");
      }
      if (!identity.genesis().equals(params.genesis().hash())) {
        throw unreadable(
            "the wallet belongs to the network '"
                + identity.network()
                + "', this node is on '"
                + params.network().name()
                + "'");
      }
    }

    private void apply(WalletRecord entry) throws WalletException {
      if (entry instanceof WalletRecord.Identity found) {
        identity = found;
      } else if (entry instanceof WalletRecord.Vault found) {
        vault = found;
      } else if (entry instanceof WalletRecord.KeychainAdded added) {
        keychains.put(added.id(), added);
      } else if (entry instanceof WalletRecord.KeychainProgress found) {
        progress.merge(found.id(), found.next(), Math::max);
      } else if (entry instanceof WalletRecord.Recovering found) {
        recoveringFrom = found.fromHeight();
      } else if (entry instanceof WalletRecord.Label found) {
        putLabel(labels, found.address(), found.label());
      } else if (entry instanceof WalletRecord.TxAdded added) {
        transactions.put(added.transaction().txid(), added.transaction());
      } else if (entry instanceof WalletRecord.TxChanged changed) {
        WalletTx known = transactions.get(changed.txid());
        if (known == null) {
          throw unreadable("the wallet's file changes a transaction that it doesn't have");
        }
        transactions.put(changed.txid(), known.withState(changed.state()));
      } else if (entry instanceof WalletRecord.Position found) {
        if (found.locator().isEmpty()) {
          throw unreadable("the wallet's file has a position without a block");
        }
        position = found;
      }
    }

    private static WalletException unreadable(String message) {
      return new WalletException(WalletError.UNREADABLE_WALLET, message);
    }
  }
}
