package org.farthing.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychains;
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
  private static final int POSITION_INTERVAL = 1_000;

  private final WalletStore store;
  private final Network network;
  private final WalletRecord.Identity identity;
  private final Keyring keyring;
  private final Keychains keychains;
  private final History history;
  private final Map<String, String> labels;
  private final Map<OutPoint, Boolean> lockedCoins = new LinkedHashMap<>();
  private WalletRecord.Kind kind;
  private List<ChainPosition> locator;
  private int searchFrom;
  private int lastClient;

  private final Map<Txid, WalletTx> storedTransactions = new HashMap<>();
  private final Map<Integer, Integer> storedProgress = new HashMap<>();
  private Consumer<WalletTx> listener = transaction -> {};
  private int storedHeight;
  private int storedRecords;

  private WalletState(
      WalletStore store, Network network, StoredWallet stored, WalletOptions options)
      throws WalletException {
    this.store = store;
    this.network = network;
    this.identity = stored.identity().withGapLimit(lookahead(stored.identity(), options));
    this.kind = stored.kind();
    this.keyring = Keyring.of(stored.vault().vault());
    this.keychains = stored.keychains(identity.gapLimit());
    this.labels = stored.labels();
    stored.lockedCoins().forEach(coin -> lockedCoins.put(coin, true));
    this.locator = stored.position().locator();
    this.searchFrom = stored.searchFrom();
    this.lastClient = stored.lastClient();
    keychains.all().forEach(k -> storedProgress.put(k.id(), stored.progress(k)));
    this.history = new History(keychains, locator.get(0).height());
    for (WalletTx transaction : stored.transactions()) {
      history.restore(transaction);
      storedTransactions.put(transaction.txid(), transaction);
    }
    this.storedHeight = history.tipHeight();
    this.storedRecords = stored.count();
  }

  /**
   * How many scripts are watched for ahead: never fewer than before, so that a copy of the wallet
   * finds what was paid to addresses that the original gave away.
   */
  private static int lookahead(WalletRecord.Identity identity, WalletOptions options) {
    return Math.max(identity.gapLimit(), options.keypool().orElse(Keychains.DEFAULT_GAP_LIMIT));
  }

  private void saveLookahead(WalletRecord.Identity before) {
    if (!identity.equals(before)) {
      append(List.of(identity));
    }
  }

  /** Stores the scripts that had to be derived, so that it is not done again the next time. */
  private void saveDerived() {
    List<WalletRecord> records = new ArrayList<>();
    keychains.all().forEach(k -> records.addAll(KeychainRecords.scripts(k, k.newBlocks())));
    append(records);
  }

  /** Writes a new wallet, whole or not at all. */
  static WalletState create(
      WalletStore store, ConsensusParams params, WalletOptions options, List<WalletRecord> records)
      throws WalletException {
    StoredWallet stored = new StoredWallet(params, records);
    WalletState state = new WalletState(store, params.network(), stored, options);
    store.replaceAll(records);
    state.saveLookahead(stored.identity());
    return state;
  }

  /**
   * @throws WalletException UNREADABLE_WALLET, OTHER_CHAIN
   */
  static WalletState load(WalletStore store, ConsensusParams params, WalletOptions options)
      throws WalletException {
    StoredWallet stored = new StoredWallet(params, store.load());
    WalletState state = new WalletState(store, params.network(), stored, options);
    state.saveLookahead(stored.identity());
    state.saveDerived();
    state.compactIfWorthwhile();
    return state;
  }

  Network network() {
    return network;
  }

  WalletRecord.Identity identity() {
    return identity;
  }

  WalletRecord.Kind kind() {
    return kind;
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

  /** The last block before those that are to be searched; -1 if there is no search. */
  int searchFrom() {
    return searchFrom;
  }

  /** Remembers that blocks after this height are to be searched; -1 for none. */
  void searchFrom(int height) {
    searchFrom = height;
    append(List.of(new WalletRecord.Recovering(height)));
  }

  /** Notes which version of a node opens the wallet; returns which one did before. */
  int openedBy(int client) {
    int before = lastClient == 0 ? client : lastClient;
    if (client != lastClient) {
      lastClient = client;
      append(List.of(new WalletRecord.OpenedBy(client)));
    }
    return before;
  }

  String label(String address) {
    return labels.getOrDefault(address, "");
  }

  Map<String, String> labels() {
    return Map.copyOf(labels);
  }

  void setLabel(String address, String label) {
    append(List.of(labelRecord(address, label)));
  }

  /** Sets a label, and returns what is to be stored of that. */
  WalletRecord labelRecord(String address, String label) {
    StoredWallet.putLabel(labels, address, label);
    return new WalletRecord.Label(address, label);
  }

  /** From now on all indexes of a keychain below this one are watched for, if they ever can be. */
  void extend(Keychain keychain, int wantedEnd) {
    int end = Math.min(wantedEnd, keychains.mostEnd(keychain));
    Keychain.Details details = keychain.details();
    if (end <= details.end()) {
      return;
    }
    keychains.change(
        keychain,
        new Keychain.Details(details.createdSeconds(), details.first(), end, details.ownKeys()),
        keychain.next());
    List<WalletRecord> records = new ArrayList<>(List.of(KeychainRecords.details(keychain)));
    records.addAll(KeychainRecords.scripts(keychain, keychain.newBlocks()));
    append(records);
  }

  /** Forgets a transaction of the history; false if there is none. */
  boolean forget(Txid txid) {
    save();
    boolean known = history.forget(txid);
    if (known) {
      storedTransactions.remove(txid);
      append(List.of(new WalletRecord.TxForgotten(txid)));
    }
    return known;
  }

  /** Coins that the owner keeps back, in the order of their locking; true for lasting ones. */
  Map<OutPoint, Boolean> lockedCoins() {
    return lockedCoins;
  }

  boolean isCoinLocked(OutPoint coin) {
    return lockedCoins.containsKey(coin);
  }

  /**
   * @param lasting beyond the next start
   */
  void lockCoins(Collection<OutPoint> coins, boolean lasting) {
    List<WalletRecord> records = new ArrayList<>();
    for (OutPoint coin : coins) {
      lockedCoins.merge(coin, lasting, Boolean::logicalOr);
      if (lasting) {
        records.add(new WalletRecord.CoinLock(coin, true));
      }
    }
    append(records);
  }

  void unlockCoins(Collection<OutPoint> coins) {
    List<WalletRecord> records = new ArrayList<>();
    coins.forEach(coin -> unlock(coin, records));
    append(records);
  }

  private void unlock(OutPoint coin, List<WalletRecord> records) {
    if (Boolean.TRUE.equals(lockedCoins.remove(coin))) {
      records.add(new WalletRecord.CoinLock(coin, false));
    }
  }

  void moveTo(List<ChainPosition> newLocator) {
    locator = List.copyOf(newLocator);
  }

  void setKind(WalletRecord.Kind replacement) {
    kind = replacement;
    append(List.of(kind));
  }

  /** Who is told of the wallet's transactions when they are stored. */
  void listen(Consumer<WalletTx> told) {
    listener = told;
  }

  /** Stores what changed since the last call. When it returns, that is safe. */
  void save() {
    store();
    history.drainTouched().forEach(listener);
  }

  private void store() {
    List<WalletRecord> records = new ArrayList<>(progress());
    for (WalletTx transaction : history.drainChanges()) {
      unlockSpent(transaction, records);
      WalletTx before = storedTransactions.put(transaction.txid(), transaction);
      records.add(
          before == null || !before.equalsButForState(transaction)
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

  /** A coin that is spent need not be kept back. */
  private void unlockSpent(WalletTx spender, List<WalletRecord> records) {
    if (lockedCoins.isEmpty() || storedTransactions.containsKey(spender.txid())) {
      return;
    }
    for (TxIn input : spender.transaction().inputs()) {
      unlock(input.outPoint(), records);
    }
  }

  private List<WalletRecord> progress() {
    List<WalletRecord> records = new ArrayList<>();
    for (Keychain keychain : keychains.all()) {
      Integer before = storedProgress.put(keychain.id(), keychain.next());
      if (before == null || before != keychain.next()) {
        records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
        records.addAll(KeychainRecords.scripts(keychain, keychain.newBlocks()));
      }
    }
    return records;
  }

  /** Stores records about what has changed already. When it returns, they are safe. */
  void append(List<? extends WalletRecord> records) {
    store.append(List.copyOf(records));
    storedRecords += records.size();
    compactIfWorthwhile();
  }

  private void compactIfWorthwhile() {
    int living = storedTransactions.size() + labels.size();
    for (Keychain keychain : keychains.all()) {
      living += 1 + keychain.storedCount();
    }
    if (storedRecords > 2 * living + SLACK) {
      rewrite();
    }
  }

  /** Puts the present state in the place of all records: nothing of an old vault stays. */
  void rewrite() {
    List<WalletRecord> records = presentRecords();
    store.replaceAll(records);
    history.drainChanges();
    for (Txid txid : history.newestFirst()) {
      storedTransactions.put(txid, history.find(txid).orElseThrow());
    }
    keychains.all().forEach(keychain -> storedProgress.put(keychain.id(), keychain.next()));
    storedHeight = locator.get(0).height();
    storedRecords = records.size();
  }

  /** The present state, each thing once. */
  List<WalletRecord> presentRecords() {
    List<WalletRecord> records = new ArrayList<>();
    records.add(identity);
    records.add(kind);
    records.add(new WalletRecord.Vault(keyring.vault()));
    records.add(new WalletRecord.Recovering(searchFrom));
    if (lastClient != 0) {
      records.add(new WalletRecord.OpenedBy(lastClient));
    }
    records.addAll(KeychainRecords.of(keychains));
    labels.forEach((address, label) -> records.add(new WalletRecord.Label(address, label)));
    lockedCoins.forEach(
        (coin, lasting) -> {
          if (lasting) {
            records.add(new WalletRecord.CoinLock(coin, true));
          }
        });
    List<Txid> newestFirst = new ArrayList<>(history.newestFirst());
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      records.add(new WalletRecord.TxAdded(history.find(newestFirst.get(i)).orElseThrow()));
    }
    records.add(new WalletRecord.Position(locator));
    return records;
  }

  void close() {
    store.close();
  }
}
