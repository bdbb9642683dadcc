package org.farthing.node.light;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.ChainAccess;
import org.farthing.wallet.TxPublisher;

/**
 * What wallets see of a light client: the chain as far as its filters are agreed on. The wallets'
 * thread waits for filters and blocks, which the client's thread fetches.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what follows is done where it is asked for
public final class LightAccess implements ChainAccess, TxPublisher {
  private final LightClient client;
  private final Executor owner;
  private final long deliveryMillis;
  private final Map<BlockHash, BlockFilter> filters = new HashMap<>();
  private final Map<Txid, Transaction> announced = new LinkedHashMap<>();
  private Consumer<Transaction> onPublished = transaction -> {};
  private boolean waits;

  /**
   * @param owner the client's thread
   * @param deliveryMillis how long is waited for a peer to take a transaction
   */
  public LightAccess(LightClient client, Executor owner, long deliveryMillis) {
    this.client = client;
    this.owner = owner;
    this.deliveryMillis = deliveryMillis;
  }

  /** Who is told of transactions that peers have taken, as if a mempool had them. */
  public void onPublished(Consumer<Transaction> told) {
    onPublished = told;
  }

  /**
   * From now on who publishes a transaction waits until a peer has it, and learns if none takes it.
   * Before, while wallets are opened and tell of what still waits, peers may have it long since.
   */
  public void waitForDelivery() {
    waits = true;
  }

  @Override
  public ChainSnapshot snapshot() {
    ChainSnapshot agreed = client.agreed();
    return new ChainSnapshot(
        agreed.tip(),
        agreed.bestHeader(),
        new LightReader(agreed.chain(), node -> await(() -> client.block(node))));
  }

  @Override
  public Optional<BlockFilter> filter(HeaderNode block) {
    BlockFilter known = filters.get(block.hash());
    if (known == null) {
      HeaderNode tip = client.agreed().tip();
      int last = Math.min(tip.height(), block.height() + FilterTalk.MAX_FILTERS - 1);
      HeaderNode end = block.isAncestorOf(tip) ? tip.ancestor(last) : block;
      filters.clear();
      filters.putAll(await(() -> client.filters(block.height(), end)));
      known = filters.get(block.hash());
    }
    return Optional.ofNullable(known);
  }

  /** What this client has announced; nobody tells it of others' transactions. */
  @Override
  public Collection<Transaction> mempool() {
    return new ArrayList<>(announced.values());
  }

  @Override
  public Optional<String> publish(Transaction transaction) {
    CompletableFuture<Boolean> delivered = new CompletableFuture<>();
    owner.execute(() -> client.announce(transaction).thenAccept(delivered::complete));
    if (waits && !announced.containsKey(transaction.txid())) {
      try {
        delivered.get(deliveryMillis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        owner.execute(() -> client.forget(transaction.txid()));
        return Optional.of("no peer asked for the transaction");
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    announced.put(transaction.txid(), transaction);
    onPublished.accept(transaction);
    return Optional.empty();
  }

  /** A block has it. */
  public void confirmed(Txid txid) {
    if (announced.remove(txid) != null) {
      owner.execute(() -> client.forget(txid));
    }
  }

  private <T> T await(Supplier<CompletableFuture<T>> question) {
    try {
      return CompletableFuture.supplyAsync(question, owner).thenCompose(Function.identity()).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LightException known) {
        throw known;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static LightException interrupted() {
    Thread.currentThread().interrupt();
    return new LightException("interrupted while waiting for peers");
  }

  /** Names of peers that were found out, and what they did. */
  public List<Exposure> exposed() {
    return client.exposed();
  }
}
