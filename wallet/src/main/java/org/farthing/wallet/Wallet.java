package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.store.WalletRecord;
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
  private final WalletAddresses addresses;
  private final WalletHistory coins;
  private final WalletPayments payments;
  private final WalletReplacements replacements;
  private final WalletSweep sweep;
  private final WalletCoinLocks coinLocks;
  private final WalletLocking locking;
  private final WalletSigning signing;
  private final WalletDescriptors descriptors;
  private final WalletHdKeys hdKeys;
  private boolean mempoolSeen;

  private Wallet(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.history = state.history();
    this.follower = new ChainFollower(state, context);
    this.addresses = new WalletAddresses(context, state);
    this.coins = new WalletHistory(context, state);
    this.signing = new WalletSigning(context, state, SECURE_RANDOM);
    this.payments = new WalletPayments(context, state, follower, signing);
    this.replacements = new WalletReplacements(context, state, payments);
    this.sweep = new WalletSweep(context, state, payments);
    this.coinLocks = new WalletCoinLocks(context, state);
    this.descriptors =
        new WalletDescriptors(context, state, follower, SECURE_RANDOM, () -> mempoolSeen = false);
    this.hdKeys = new WalletHdKeys(context, state, descriptors, SECURE_RANDOM);
    this.locking = new WalletLocking(context, state, SECURE_RANDOM, hdKeys);
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
    return create(store, context, protection, wordCount, WalletRecord.Kind.USUAL);
  }

  /** The same, of a kind with keys. */
  public static Created create(
      WalletStore store,
      WalletContext context,
      Protection protection,
      int wordCount,
      WalletRecord.Kind kind)
      throws WalletException {
    context.owner().check();
    Mnemonic words = Mnemonic.generate(wordCount, SECURE_RANDOM);
    int next = context.chain().snapshot().height() + 1;
    int ahead = context.options().keypool().orElse(Keychains.DEFAULT_GAP_LIMIT);
    Recovery recovery = new Recovery(words, "", next, ahead);
    return new Created(restore(store, context, protection, recovery, kind), words);
  }

  /** Makes a wallet with the keys of recovery words; it finds its payments by catching up. */
  public static Wallet restore(
      WalletStore store, WalletContext context, Protection protection, Recovery recovery)
      throws WalletException {
    return restore(store, context, protection, recovery, WalletRecord.Kind.USUAL);
  }

  private static Wallet restore(
      WalletStore store,
      WalletContext context,
      Protection protection,
      Recovery recovery,
      WalletRecord.Kind kind)
      throws WalletException {
    context.owner().check();
    NewWallet newWallet = new NewWallet(context, SECURE_RANDOM);
    return new Wallet(
        context,
        WalletState.create(
            store,
            context.params(),
            context.options(),
            newWallet.records(protection, recovery, kind)));
  }

  /**
   * Makes a wallet that has no keys of its own, to which descriptors can be added.
   *
   * @param protection not of a wallet that only watches: it has nothing to be protected
   * @param kind whether the descriptors may have private keys; if not, it only watches
   */
  public static Wallet createWithoutKeys(
      WalletStore store, WalletContext context, Protection protection, WalletRecord.Kind kind)
      throws WalletException {
    context.owner().check();
    NewWallet newWallet = new NewWallet(context, SECURE_RANDOM);
    return new Wallet(
        context,
        WalletState.create(
            store, context.params(), context.options(), newWallet.withoutKeys(protection, kind)));
  }

  /**
   * Opens a wallet that was stored.
   *
   * @throws WalletException UNREADABLE_WALLET, OTHER_CHAIN
   */
  public static Wallet open(WalletStore store, WalletContext context) throws WalletException {
    context.owner().check();
    return new Wallet(context, WalletState.load(store, context.params(), context.options()));
  }

  public Network network() {
    return context.params().network();
  }

  // ---- what the node tells

  /**
   * Takes in blocks that the wallet has not seen, and those that it has to look at again. When that
   * is done, the first time and after each search, the mempool is looked through, and the wallet's
   * own waiting transactions are announced again.
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
      payments.offerWaiting();
    }
    state.save();
    return reached;
  }

  /**
   * Takes note of the mempool, and announces nothing: for a wallet that is put back into an earlier
   * state. Afterwards {@link #catchUp} as ever.
   */
  public void resume() {
    context.owner().check();
    mempoolSeen = true;
    long now = now();
    context.chain().mempool().forEach(waiting -> history.addedToMempool(waiting, now));
    state.save();
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

  /** The mempool has let a transaction go because a block has another spend of the same coin. */
  public void lostToBlock(Txid txid) {
    context.owner().check();
    history.lostToBlock(txid);
    state.save();
  }

  /**
   * Who is told of each transaction of the wallet that chain, mempool or owner bring, once more
   * where they bring it again; it has been stored then.
   */
  public void listen(Consumer<WalletTx> told) {
    context.owner().check();
    state.listen(told);
  }

  /**
   * Notes which version of a node has opened the wallet.
   *
   * @param client as the node tells others
   * @return which one had opened it before; the same if nobody knows
   */
  public int openedBy(int client) {
    context.owner().check();
    return state.openedBy(client);
  }

  /** Who is told how the wallet reads blocks that it has not read as they came. */
  public void listenToReading(ReadingListener told) {
    context.owner().check();
    follower.listen(told);
  }

  // ---- what the owner asks for

  /** The addresses of the wallet, and their labels. */
  public WalletAddresses addresses() {
    return addresses;
  }

  /** What the wallet has, and how it came to it. */
  public WalletHistory history() {
    return coins;
  }

  /** The wallet's own transactions: made, signed, published, given up. */
  public WalletPayments payments() {
    return payments;
  }

  /** Transactions in the place of waiting ones. */
  public WalletReplacements replacements() {
    return replacements;
  }

  /** Payments of all that there is. */
  public WalletSweep sweep() {
    return sweep;
  }

  /** Coins that the owner keeps back. */
  public WalletCoinLocks coinLocks() {
    return coinLocks;
  }

  /** The passphrase, if there is one. */
  public WalletLocking locking() {
    return locking;
  }

  /** Lends the private keys to who signs. */
  public WalletSigning signing() {
    return signing;
  }

  /** What the wallet consists of. */
  public WalletDescriptors descriptors() {
    return descriptors;
  }

  /** The extended keys that its descriptors are made of. */
  public WalletHdKeys hdKeys() {
    return hdKeys;
  }

  /** Whether coins of addresses that were spent from before are kept apart from others. */
  public void setAvoidReuse(boolean wanted) {
    context.owner().check();
    state.setKind(state.kind().withAvoidReuse(wanted));
  }

  /** See {@link WalletAddresses#newReceive(String)}. */
  public Address newReceiveAddress(String label) throws WalletException {
    return addresses.newReceive(label);
  }

  public Balance balance() {
    return coins.balance();
  }

  /**
   * Plans and pays in one go; see {@link WalletPayments#plan} and {@link WalletPayments#execute}.
   */
  public Transaction send(SendRequest request) throws WalletException {
    return payments.send(request);
  }

  public WalletInfo info() {
    context.owner().check();
    HeaderNode position = follower.position();
    return new WalletInfo(
        new WalletInfo.Kind(
            state.kind().privateKeys(),
            state.kind().blank(),
            state.kind().avoidReuse(),
            state.keyring().isEncrypted(),
            state.identity().createdSeconds()),
        state.keyring().lockAtSeconds(now()),
        history.size(),
        new WalletInfo.Reading(
            position.height(),
            position.hash(),
            follower.isSynchronised(),
            follower.search().readUpTo(position),
            follower.progress()));
  }

  /** All that is stored of the wallet, as of now. */
  public List<WalletRecord> records() throws WalletException {
    context.owner().check();
    state.saveAll();
    return state.records();
  }

  /**
   * All that is stored of the wallet but its secrets, as of now: of these records a wallet is made
   * that watches the same scripts.
   *
   * @throws WalletException INVALID_REQUEST if there are no descriptors
   */
  public List<WalletRecord> watchOnlyRecords() throws WalletException {
    context.owner().check();
    state.keychains().all().forEach(state.keychains()::deriveAhead);
    state.saveAll();
    return WatchOnlyCopy.of(state);
  }

  private long now() {
    return context.nowSeconds().getAsLong();
  }

  /** Stores what is left to store, wipes the secret, and lets go of the store. */
  @Override
  public void close() {
    context.owner().check();
    state.keyring().lock();
    signing.forgetNonces();
    try {
      state.saveAll();
    } finally {
      state.close();
    }
  }
}
