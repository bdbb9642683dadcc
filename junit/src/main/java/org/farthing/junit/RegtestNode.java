package org.farthing.junit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.app.Node;
import org.farthing.node.app.NodeInside;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.peer.Peer;
import org.farthing.wallet.Protection;
import org.farthing.wallet.error.WalletException;

/**
 * A validating Bitcoin node on regtest, inside this JVM: no process, no Docker, no file. It checks
 * every rule, has a wallet with coins, and mines when it is told to.
 *
 * <pre>{@code
 * try (RegtestNode node = RegtestNode.start()) {
 *   String address = shop.newInvoice();      // your own code
 *   node.send(address, 150_000);
 *   node.mine(6);
 *   assertThat(shop.isPaid()).isTrue();
 * }
 * }</pre>
 *
 * Other software reaches it as it would reach {@code bitcoind}: by JSON-RPC at {@link #rpcUri}, as
 * a peer at {@link #p2pAddress}. Ports are opened when they are asked for. Amounts are satoshis.
 *
 * <p>Every method can be called on any thread, and returns when what it does is done. All threads,
 * ports and native memory are given back by {@link #close}. After that, or where the node has
 * failed, methods throw {@link IllegalStateException}.
 */
public final class RegtestNode implements AutoCloseable {
  /** The name of the wallet that every node has, unless it was told not to. */
  public static final String WALLET = "wallet";

  /** A few blocks at a time, so that peers and callers are not kept waiting. */
  private static final int BLOCKS_AT_ONCE = 25;

  private static final int RECOVERY_WORDS = 12;

  private final String name;
  private final Node node;
  private final NodeInside inside;
  private final RegtestBuilder.Login login;
  private final BlocksFor blocks;
  private final Map<String, RegtestWallet> wallets = new ConcurrentHashMap<>();
  private volatile boolean closed;

  RegtestNode(String name, Node node, RegtestBuilder.Login login) {
    this.name = name;
    this.node = node;
    this.inside = node.inside();
    this.login = login;
    this.blocks = new BlocksFor(inside);
  }

  /** Starts a node with a funded wallet. */
  public static RegtestNode start() {
    return builder().start();
  }

  /** For a node that is different. */
  public static RegtestBuilder builder() {
    return new RegtestBuilder();
  }

  /** Makes the wallet and its coins, where they are not there from an earlier run. */
  void prepare(boolean wallet, int coins) {
    if (!wallet) {
      return;
    }
    if (!stored().contains(WALLET)) {
      createWallet(WALLET);
    } else {
      loadWallet();
    }
    if (height() == 0 && coins > 0) {
      mineTo(newAddress(), coins);
      mineMaturity();
    }
  }

  /** Lets the coins that have been mined so far be spent. */
  void mineMaturity() {
    mine(inside.core().chain().params().coinbaseMaturity());
  }

  private List<String> stored() {
    return inside.call(() -> inside.wallets().stored());
  }

  private void loadWallet() {
    try {
      inside.call(
          () -> inside.wallets().find(WALLET).isPresent() ? null : inside.wallets().load(WALLET));
    } catch (WalletException e) {
      throw new IllegalStateException("cannot load the wallet: " + e.getMessage(), e);
    }
  }

  NodeInside inside() {
    return inside;
  }

  // ---- blocks

  /**
   * Mines blocks with what waits in the mempool. The reward goes to nobody, so that balances change
   * only by what the test does.
   *
   * @return their hashes, the lowest first
   */
  public List<BlockHash> mine(int count) {
    return mine(count, BlocksFor.nobody());
  }

  /** Mines blocks whose rewards go to an address; they can be spent 100 blocks later. */
  public List<BlockHash> mineTo(String address, int count) {
    return mine(count, blocks.payout(address));
  }

  private List<BlockHash> mine(int count, Script payout) {
    List<BlockHash> hashes = new ArrayList<>(count);
    while (hashes.size() < count) {
      int some = Math.min(BLOCKS_AT_ONCE, count - hashes.size());
      hashes.addAll(inside.call(() -> blocks.mine(some, payout)));
    }
    return hashes;
  }

  /**
   * Replaces the last blocks of the chain by one more, which are empty: a reorganisation as the
   * network makes it, when it agrees on another branch. Transactions of the blocks that go wait in
   * the mempool again, unless they spend rewards of those blocks.
   *
   * @param depth how many blocks are replaced, at least 1
   */
  public Reorganisation reorg(int depth) {
    return inside.call(() -> blocks.reorganise(depth));
  }

  /**
   * Takes in a block, as if a peer had sent it.
   *
   * @throws IllegalArgumentException if it breaks a rule, with Bitcoin Core's reason
   */
  public void submit(Block block) {
    Verdict verdict = inside.call(() -> inside.core().intake().accept(block));
    if (!verdict.isAccepted()) {
      throw new IllegalArgumentException("block " + block.hash() + " is refused: " + verdict);
    }
  }

  /** The height of the last block. */
  public int height() {
    return chain().height();
  }

  /** The last block. */
  public BlockHash tip() {
    return chain().tip().hash();
  }

  /** The block of the active chain at a height. */
  public Block block(int height) {
    ChainSnapshot chain = chain();
    return block(chain.tip().ancestor(height).hash());
  }

  /**
   * Any block that the node has.
   *
   * @throws IllegalArgumentException if it has no such block
   */
  public Block block(BlockHash hash) {
    return chain()
        .chain()
        .block(hash)
        .orElseThrow(() -> new IllegalArgumentException("no block " + hash));
  }

  /** The chain as of now: headers, blocks, coins. */
  public ChainSnapshot chain() {
    return inside.chain();
  }

  // ---- transactions

  /** The mempool as of now. */
  public MempoolSnapshot mempool() {
    return inside.waiting();
  }

  /** Whether a transaction waits for a block. */
  public boolean isWaiting(Txid txid) {
    return mempool().contains(txid);
  }

  /**
   * Takes a transaction into the mempool, and tells peers of it.
   *
   * @throws IllegalArgumentException if it is refused, with Bitcoin Core's reason
   */
  public Txid broadcast(Transaction transaction) {
    MempoolResult result = inside.call(() -> inside.mempool().submit(transaction));
    if (!result.isAccepted()) {
      throw new IllegalArgumentException(transaction.txid() + " is refused: " + result);
    }
    return transaction.txid();
  }

  /** The same for one that other software has made, in the form in which it travels. */
  public Txid broadcast(byte[] transaction) {
    try {
      return broadcast(Transaction.decode(transaction));
    } catch (DecodeException e) {
      throw new IllegalArgumentException("no transaction: " + e.getMessage(), e);
    }
  }

  /** Waits until a transaction, which a peer may send, waits in the mempool. */
  public void awaitTransaction(Txid txid) {
    Wait.until(() -> isWaiting(txid), Wait.LIMIT, () -> txid + " has not come to " + name);
  }

  /** Waits until the chain is so high. */
  public void awaitHeight(int height) {
    awaitHeight(height, Wait.LIMIT);
  }

  /**
   * The same with another limit.
   *
   * @throws AssertionError if it takes longer
   */
  public void awaitHeight(int height, Duration limit) {
    Wait.until(
        () -> height() >= height, limit, () -> name + " is at " + height() + ", not " + height);
  }

  /**
   * Waits until so many peers are connected and have shaken hands. Only from then on a peer is told
   * of new transactions, whatever it thinks of the connection itself.
   */
  public void awaitPeers(int count) {
    Wait.until(() -> peers() >= count, Wait.LIMIT, () -> name + " has " + peers() + " peers");
  }

  private long peers() {
    return inside.call(() -> inside.core().peers().all().stream().filter(Peer::isReady).count());
  }

  // ---- money

  /** Pays from the node's wallet, for a low fee. The payment waits in the mempool. */
  public Txid send(String address, long amountSat) {
    return wallet().send(address, amountSat);
  }

  /** A fresh address of the node's wallet. */
  public String newAddress() {
    return wallet().newAddress();
  }

  /** The wallet that the node began with. */
  public RegtestWallet wallet() {
    return wallet(WALLET);
  }

  /**
   * A wallet by its name.
   *
   * @throws IllegalArgumentException when it is used, if no such wallet is loaded
   */
  public RegtestWallet wallet(String walletName) {
    return wallets.computeIfAbsent(walletName, key -> new RegtestWallet(inside, key));
  }

  /** One more wallet, with keys of its own and without coins. */
  public RegtestWallet createWallet(String walletName) {
    try {
      inside.call(() -> inside.wallets().create(walletName, Protection.none(), RECOVERY_WORDS));
    } catch (WalletException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return wallet(walletName);
  }

  // ---- time

  /** What time it is to the node. */
  public Instant time() {
    return Instant.ofEpochMilli(inside.clock().nowMillis());
  }

  /** Puts the clock forward, and lets everything happen that is due by then. */
  public void advanceTime(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time goes forward only; see revert: " + duration);
    }
    inside.call(
        () -> {
          inside.advance(duration);
          return null;
        });
    // Timers that are due now have come before this, and the protocol has looked at the clock.
    inside.call(
        () -> {
          inside.core().gossip().tick();
          inside.core().mempool().expire(inside.clock().nowMillis());
          return null;
        });
  }

  // ---- other software

  /** Where JSON-RPC is answered. */
  public URI rpcUri() {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    return URI.create("http://" + host + ":" + node.rpcPort() + "/");
  }

  public String rpcUser() {
    return login.user();
  }

  public String rpcPassword() {
    return login.password();
  }

  /**
   * Where peers connect to.
   *
   * @throws IllegalStateException if the node does not listen
   */
  public InetSocketAddress p2pAddress() {
    return node.listening()
        .flatMap(address -> address.toSocketAddress())
        .orElseThrow(() -> new IllegalStateException(name + " does not listen for peers"));
  }

  // ---- back in time

  /** Marks chain, mempool, wallets and clock as they are now. */
  public NodeSnapshot snapshot() {
    try {
      return new NodeSnapshot(this, inside.call(inside::mark));
    } catch (WalletException e) {
      throw new IllegalStateException("cannot read the wallets: " + e.getMessage(), e);
    }
  }

  /**
   * Makes chain, mempool, wallets and clock what they were at the snapshot. It stays, and can be
   * gone back to again; later ones end. Peers are disconnected, and encrypted wallets locked. Takes
   * as long as what was done since, however long the chain is.
   *
   * @throws IllegalArgumentException if the snapshot has ended, or is another node's
   */
  public void revert(NodeSnapshot snapshot) {
    try {
      inside.call(
          () -> {
            inside.revert(snapshot.markOf(this));
            return null;
          });
    } catch (WalletException e) {
      throw new IllegalStateException("cannot restore the wallets: " + e.getMessage(), e);
    }
  }

  /** Lets go of a snapshot that is not needed any more; the node stays as it is. */
  public void release(NodeSnapshot snapshot) {
    inside.call(
        () -> {
          inside.end(snapshot.markOf(this));
          return null;
        });
  }

  /** What the node is called. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  boolean isClosed() {
    return closed;
  }

  /** Stops the node; nothing of it is left. */
  @Override
  public void close() {
    closed = true;
    node.close();
  }
}
