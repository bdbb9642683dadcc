package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.descriptor.ScriptOrigin;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.Valuation;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.TxPlan;
import org.farthing.wallet.store.WalletStore;

/**
 * A wallet: keys, addresses, coins and their history. All its methods belong to one thread, the
 * node's. The node tells it of the chain and of the mempool; after opening it calls {@link
 * #catchUp} until that returns true.
 *
 * <p>What a method has acknowledged survives a kill at any moment: an address is given away once
 * and never again, and a transaction is stored before anybody else sees it.
 */
public final class Wallet implements AutoCloseable {
  private static final SecureRandom SECURE_RANDOM = new SecureRandom();

  private final WalletContext context;
  private final WalletState state;
  private final History history;
  private final ChainFollower follower;
  private final Spending spending;
  private boolean mempoolSeen;

  private Wallet(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.history = state.history();
    this.follower = new ChainFollower(state, context.chain());
    this.spending = new Spending(context, state);
  }

  /** A new wallet and its recovery words, which are not kept: the owner must write them down. */
  public record Created(Wallet wallet, Mnemonic words) {}

  /**
   * Makes a wallet with new keys. It begins at the present tip: before it has no payments.
   *
   * @param wordCount 12, 15, 18, 21 or 24
   */
  public static Created create(
      WalletStore store, WalletContext context, Protection protection, int wordCount)
      throws WalletException {
    context.owner().check();
    Mnemonic words = Mnemonic.generate(wordCount, SECURE_RANDOM);
    int next = context.chain().snapshot().height() + 1;
    Recovery recovery = new Recovery(words, "", next, Keychains.DEFAULT_GAP_LIMIT);
    return new Created(restore(store, context, protection, recovery), words);
  }

  /** Makes a wallet with the keys of recovery words; it finds its payments by catching up. */
  public static Wallet restore(
      WalletStore store, WalletContext context, Protection protection, Recovery recovery)
      throws WalletException {
    context.owner().check();
    NewWallet newWallet = new NewWallet(context, SECURE_RANDOM);
    return new Wallet(
        context,
        WalletState.create(store, context.params(), newWallet.records(protection, recovery)));
  }

  /**
   * Opens a wallet that was stored.
   *
   * @throws WalletException UNREADABLE_WALLET
   */
  public static Wallet open(WalletStore store, WalletContext context) throws WalletException {
    context.owner().check();
    return new Wallet(context, WalletState.load(store, context.params()));
  }

  public Network network() {
    return context.params().network();
  }

  // ---- what the node tells

  /**
   * Takes in blocks that the wallet has not seen. The first time that the tip is reached, the
   * mempool is looked through, and the wallet's own waiting transactions are announced again.
   *
   * @param maxBlocks at most so many, so that the thread is not held up
   * @return whether the wallet is up to date
   */
  public boolean catchUp(int maxBlocks) {
    context.owner().check();
    boolean reached = follower.catchUp(maxBlocks);
    if (reached && !mempoolSeen) {
      mempoolSeen = true;
      long now = now();
      context.chain().mempool().forEach(waiting -> history.addedToMempool(waiting, now));
      state.save();
      announcePending();
    }
    state.save();
    return reached;
  }

  /** The chain has changed. An event that doesn't follow on what the wallet knows is ignored. */
  public void chainChanged(ChainEvent event) {
    context.owner().check();
    follower.apply(event);
    state.save();
  }

  /** The mempool has taken in a transaction. */
  public void addedToMempool(Transaction transaction) {
    context.owner().check();
    if (history.addedToMempool(transaction, now())) {
      state.save();
    }
  }

  /** The mempool has let a transaction go, also because a block has it. */
  public void removedFromMempool(Txid txid) {
    context.owner().check();
    history.removedFromMempool(txid);
  }

  /**
   * Offers the wallet's own waiting transactions that the mempool doesn't have to the network
   * again, in the order in which they were made. To be called now and then.
   */
  public void announcePending() {
    context.owner().check();
    List<WalletTx> waiting = new ArrayList<>();
    Valuation valuation = valuation();
    for (Txid txid : history.newestFirst()) {
      WalletTx entry = history.find(txid).orElseThrow();
      if (entry.state() instanceof TxState.Pending
          && !history.isInMempool(txid)
          && valuation.debitSat(entry.transaction()) > 0) {
        waiting.add(0, entry);
      }
    }
    waiting.forEach(entry -> context.publisher().publish(entry.transaction()));
  }

  // ---- addresses

  /**
   * An address that was never given away.
   *
   * @param label the owner's name for it; may be empty
   */
  public Address newReceiveAddress(String label) {
    context.owner().check();
    Address address = newAddress(Role.RECEIVE);
    if (!label.isEmpty()) {
      state.setLabel(address.toString(), label);
    }
    return address;
  }

  /** An address for change that was never used. */
  public Address newChangeAddress() {
    context.owner().check();
    return newAddress(Role.CHANGE);
  }

  private Address newAddress(Role role) {
    Keychain keychain = state.keychains().active(role).orElseThrow();
    ScriptOrigin origin = state.keychains().issue(keychain);
    state.save();
    return addressOf(origin.script()).orElseThrow();
  }

  /** The address of a script on the wallet's network, if it has one. */
  public Optional<Address> addressOf(Script script) {
    return Address.ofScript(script, network());
  }

  /** Which of the wallet's keys an address belongs to. */
  public Optional<ScriptOrigin> originOf(Address address) {
    return state.keychains().find(address.toScript());
  }

  /** The addresses given to others, the oldest first. */
  public List<Address> receiveAddresses() {
    context.owner().check();
    Keychain keychain = state.keychains().active(Role.RECEIVE).orElseThrow();
    return Stream.iterate(0, index -> index < keychain.next(), index -> index + 1)
        .map(index -> addressOf(keychain.script(index)).orElseThrow())
        .toList();
  }

  /** The owner's name for an address; empty if it has none. */
  public String label(Address address) {
    return state.label(address.toString());
  }

  /** All addresses that have a label, with it. */
  public Map<String, String> labels() {
    return state.labels();
  }

  /**
   * @param label may be empty, to forget it
   */
  public void setLabel(Address address, String label) {
    context.owner().check();
    state.setLabel(address.toString(), label);
  }

  /** The descriptors of the wallet's scripts. */
  public List<Keychain> keychains() {
    return state.keychains().all();
  }

  // ---- coins and history

  public Balance balance() {
    return balance(0);
  }

  /**
   * @param minConfirmations coins with fewer don't count as trusted
   */
  public Balance balance(int minConfirmations) {
    context.owner().check();
    return valuation().balance(minConfirmations);
  }

  /** All unspent coins of active transactions, also those that are pending or immature. */
  public List<UnspentCoin> listUnspent() {
    context.owner().check();
    return spending.listUnspent();
  }

  /**
   * @throws WalletException NOT_FOUND
   */
  public TransactionDetails transaction(Txid txid) throws WalletException {
    context.owner().check();
    return history
        .find(txid)
        .map(entry -> details(entry, valuation()))
        .orElseThrow(
            () ->
                new WalletException(
                    WalletError.NOT_FOUND, "the wallet has no transaction " + txid));
  }

  /** All transactions, the latest first, looked at one by one as the stream is read. */
  public Stream<TransactionDetails> transactions() {
    context.owner().check();
    Valuation valuation = valuation();
    return history.newestFirst().stream()
        .map(txid -> details(history.find(txid).orElseThrow(), valuation));
  }

  /** The other transactions of the wallet that spend an output that this one spends. */
  public Collection<Txid> conflictsOf(WalletTx entry) {
    Set<Txid> conflicts = new LinkedHashSet<>();
    for (TxIn input : entry.transaction().inputs()) {
      conflicts.addAll(history.spenders(input.outPoint()));
    }
    conflicts.remove(entry.txid());
    return conflicts;
  }

  private TransactionDetails details(WalletTx entry, Valuation valuation) {
    Transaction transaction = entry.transaction();
    OptionalLong fee = valuation.feeSat(transaction);
    return new TransactionDetails(
        entry,
        valuation.confirmations(entry),
        valuation.isTrusted(entry),
        history.isInMempool(entry.txid()),
        valuation.creditSat(transaction) - valuation.debitSat(transaction) + fee.orElse(0),
        fee,
        valuation.movements(entry));
  }

  private Valuation valuation() {
    return new Valuation(history, context.params().coinbaseMaturity());
  }

  // ---- paying

  /**
   * What a payment would look like. Nothing is kept: a plan can be shown to the owner, and dropped.
   *
   * @throws WalletException INVALID_AMOUNT, INVALID_REQUEST, INSUFFICIENT_FUNDS, FEE_TOO_HIGH,
   *     SYNCHRONISING
   */
  public TxPlan plan(SendRequest request) throws WalletException {
    context.owner().check();
    if (!follower.isSynchronised()) {
      throw new WalletException(
          WalletError.SYNCHRONISING,
          "the wallet is still reading the chain (block "
              + follower.position().height()
              + " of "
              + context.chain().snapshot().height()
              + "): try again when it is done");
    }
    return spending.plan(request);
  }

  /**
   * Signs a plan, stores the transaction, and publishes it.
   *
   * @param note kept with the transaction; may be empty
   * @throws WalletException LOCKED, REJECTED, or INVALID_REQUEST where a coin of the plan has been
   *     spent since
   */
  public Transaction execute(TxPlan plan, String note) throws WalletException {
    context.owner().check();
    return spending.execute(plan, note);
  }

  /** Plans and pays in one go. */
  public Transaction send(SendRequest request) throws WalletException {
    return execute(plan(request), request.note());
  }

  /**
   * Gives up a waiting transaction that no mempool has any more: its coins can be spent again.
   *
   * @throws WalletException NOT_FOUND, or INVALID_REQUEST for one that is confirmed or waiting
   */
  public void abandon(Txid txid) throws WalletException {
    context.owner().check();
    if (history.find(txid).isEmpty()) {
      throw new WalletException(WalletError.NOT_FOUND, "the wallet has no transaction " + txid);
    }
    if (!history.abandon(txid)) {
      throw new WalletException(
          WalletError.INVALID_REQUEST, "the transaction is confirmed, or waits in the mempool");
    }
    state.save();
  }

  // ---- locking

  /**
   * @param passphrase wiped by the caller
   * @param untilSeconds seconds since 1970 from which on the wallet is locked again
   * @throws WalletException WRONG_PASSPHRASE, WRONG_ENCRYPTION_STATE
   */
  public void unlock(char[] passphrase, long untilSeconds) throws WalletException {
    context.owner().check();
    state.keyring().unlock(passphrase, untilSeconds);
  }

  /** Wipes the secret from memory. */
  public void lock() {
    context.owner().check();
    state.keyring().lock();
  }

  /** Locks the wallet if its time has come; to be called at that time. */
  public void lockIfDue() {
    context.owner().check();
    state.keyring().lockIfDue(now());
  }

  /** Encrypts a wallet that was in clear; it is locked afterwards. */
  public void encrypt(char[] passphrase) throws WalletException {
    context.owner().check();
    state.keyring().encrypt(passphrase, context.vaultCost(), SECURE_RANDOM);
    state.rewrite();
  }

  /** Encrypts with another passphrase; the wallet is locked afterwards. */
  public void changePassphrase(char[] current, char[] replacement) throws WalletException {
    context.owner().check();
    state.keyring().changePassphrase(current, replacement, context.vaultCost(), SECURE_RANDOM);
    state.rewrite();
  }

  public WalletInfo info() {
    context.owner().check();
    return new WalletInfo(
        state.keyring().isEncrypted(),
        state.keyring().lockAtSeconds(now()),
        history.size(),
        follower.position().height(),
        follower.position().hash(),
        follower.isSynchronised(),
        state.identity().createdSeconds());
  }

  private long now() {
    return context.nowSeconds().getAsLong();
  }

  /** Stores what is left to store, wipes the secret, and lets go of the store. */
  @Override
  public void close() {
    context.owner().check();
    state.keyring().lock();
    try {
      state.saveAll();
    } finally {
      state.close();
    }
  }
}
