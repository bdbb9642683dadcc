package org.farthing.node.light;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterHeaderStore;
import org.farthing.consensus.index.IndexStore;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.PrivacyConfig;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.BanList;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerListener;
import org.farthing.node.peer.PeerSources;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.peer.Resolver;
import org.farthing.node.peer.Routes;
import org.farthing.node.time.Clock;
import org.farthing.node.transport.Transport;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.CFHeaders;
import org.farthing.node.wire.CFilter;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NotFound;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.Services;

/**
 * A client of BIP-0157: follows the headers of the peers that its owner named, agrees on the
 * headers of filters ({@link Agreement}), and fetches filters and blocks. A peer that is silent or
 * lies is named and dropped. Owned by the thread that the transport calls.
 */
public final class LightClient implements PeerListener, AutoCloseable {
  private final ConsensusParams params;
  private final Clock clock;
  private final ChainState chain;
  private final FilterHeaderStore filterHeaders;
  private final PeerTable peers;
  private final ConnectionPlanner planner;
  private final Sources sources;
  private final HeaderTalk headers;
  private final BlockTalk blocks;
  private final FilterTalk filters;
  private final Agreement agreement;
  private final Delivery delivery;
  private final Patience patience;
  private final int named;
  private final List<CompletableFuture<ChainSnapshot>> waiting = new ArrayList<>();
  private final long startedMillis;
  private long lastSourceMillis;
  private volatile ChainSnapshot agreed;
  private volatile List<Exposure> exposed = List.of();

  /**
   * What the owner chose.
   *
   * @param named hosts, with or without a port
   * @param encrypts whether the encrypted protocol (BIP-0324) is tried first
   */
  public record Settings(
      List<String> named,
      String userAgent,
      boolean encrypts,
      P2pConfig.Peers peers,
      PrivacyConfig privacy,
      Patience patience) {}

  /** The world around a client. */
  public record World(Clock clock, Transport transport, Resolver resolver, Random random) {}

  /**
   * @param chain has headers alone; closed with the client
   * @param store for {@link FilterHeaderStore#layout}; closed with the client
   */
  public LightClient(Settings settings, World world, ChainState chain, IndexStore store) {
    this.params = chain.params();
    this.clock = world.clock();
    this.chain = chain;
    this.patience = settings.patience();
    this.named = settings.named().size();
    this.startedMillis = clock.nowMillis();
    this.lastSourceMillis = startedMillis;
    BlockFilter genesis = BlockFilter.of(params.genesis(), new BlockUndo(List.of()));
    filterHeaders = new FilterHeaderStore(store, chain.snapshot().chain(), genesis);
    int defaultPort = params.network().ports().p2p();
    LocalIdentity identity =
        new LocalIdentity(
            settings.encrypts() ? Services.P2P_V2 : Services.NONE,
            settings.userAgent(),
            () -> chain.snapshot().bestHeader().height(),
            () -> false,
            clock);
    peers =
        new PeerTable(
            world.transport(),
            new Routes(world.resolver(), settings.privacy().reach(), defaultPort),
            identity,
            world.random(),
            settings.peers(),
            new BanList(clock, settings.peers().banSeconds()));
    planner =
        new ConnectionPlanner(
            new ConnectionPlanner.Plan(
                false,
                settings.named(),
                List.of(),
                PeerSources.NONE,
                defaultPort,
                settings.encrypts(),
                true),
            new AddressBook(world.random()),
            peers,
            address -> false,
            world.random());
    sources = new Sources(peers, peer -> planner.removeNode(peer.name()));
    headers = new HeaderTalk(chain, sources, world.random(), patience.answerMillis());
    blocks = new BlockTalk(chain, sources, patience);
    filters = new FilterTalk(filterHeaders, sources, patience);
    agreement = new Agreement(chain, filterHeaders, sources, blocks, patience.answerMillis());
    delivery = new Delivery(sources, world.random());
    peers.listen(this);
    publish();
  }

  // ---- for whoever wants to know; any thread

  /** The chain up to the last block whose filter all peers agree on; blocks are not in it. */
  public ChainSnapshot agreed() {
    return agreed;
  }

  /** Peers that were found out. */
  public List<Exposure> exposed() {
    return exposed;
  }

  // ---- on the owner's thread

  /**
   * Done when all peers that are there have shown all their headers, and filters are agreed on up
   * to the best of them. Fails where there is nobody to ask, or no agreement.
   */
  public CompletableFuture<ChainSnapshot> synchronised() {
    CompletableFuture<ChainSnapshot> result = new CompletableFuture<>();
    waiting.add(result);
    return result;
  }

  /** A block, held against its header. */
  public CompletableFuture<Block> block(HeaderNode node) {
    return blocks.ask(node, clock.nowMillis());
  }

  /**
   * Filters by their blocks, held against their headers.
   *
   * @param from the height of the first
   * @param end the block of the last, at most {@value FilterTalk#MAX_FILTERS} of them
   */
  public CompletableFuture<Map<BlockHash, BlockFilter>> filters(int from, HeaderNode end) {
    return filters.ask(from, end, clock.nowMillis());
  }

  /** Announces a transaction to all peers; done when the first has taken it. */
  public CompletableFuture<Boolean> announce(Transaction transaction) {
    return delivery.announce(transaction);
  }

  /** The transaction need not be announced any more. */
  public void forget(Txid txid) {
    delivery.forget(txid);
  }

  /** All headers. */
  public ChainState chain() {
    return chain;
  }

  /** What is believed of filters, and what was wrongly believed before. */
  public FilterHeaderStore filterHeaders() {
    return filterHeaders;
  }

  /** How many peers are there. */
  public int peerCount() {
    return sources.all().size();
  }

  /** Lets time act; to be called several times a second. */
  public void tick() {
    long now = clock.nowMillis();
    peers.tick(now);
    planner.tick(now);
    headers.tick(now);
    blocks.tick(now);
    filters.tick(now);
    if (sources.all().stream().anyMatch(Source::hasFilters)) {
      lastSourceMillis = now;
    }
    if (isGathered(now)) {
      agreement.tick(now);
    }
    publish();
    if (!waiting.isEmpty()) {
      wake(now);
    }
  }

  /** All peers are there that are to be compared, as far as they come, and have shown their all. */
  private boolean isGathered(long nowMillis) {
    List<Source> all = sources.all();
    boolean isThere =
        all.size() + sources.exposed().size() >= named
            || nowMillis - startedMillis > patience.connectMillis();
    return isThere
        && all.stream().anyMatch(Source::hasFilters)
        && all.stream().allMatch(Source::isCaughtUp);
  }

  /**
   * Where filters are asked for anew because somebody contradicts, what was agreed on before is
   * kept until that is decided: nobody can make wallets go back by a lie.
   */
  private void publish() {
    HeaderNode best = chain.snapshot().bestHeader();
    HeaderNode end = filterHeaders.last();
    HeaderNode tip = end.isAncestorOf(best) ? end : end.forkWith(best);
    ChainSnapshot before = agreed;
    if (before != null && tip.isAncestorOf(before.tip()) && before.tip().isAncestorOf(best)) {
      tip = before.tip();
    }
    if (before == null || before.tip() != tip || before.bestHeader() != best) {
      agreed = new ChainSnapshot(tip, best, chain.snapshot().chain());
    }
    if (exposed.size() != sources.exposed().size()) {
      exposed = sources.exposed();
    }
  }

  private void wake(long nowMillis) {
    if (isGathered(nowMillis) && agreement.isComplete()) {
      List<CompletableFuture<ChainSnapshot>> done = List.copyOf(waiting);
      waiting.clear();
      done.forEach(each -> each.complete(agreed));
    } else if (agreement.failure().isPresent()) {
      fail(agreement.failure().get());
    } else if (nowMillis - lastSourceMillis > patience.noneMillis()) {
      fail(new LightException(whyNobody()));
    }
  }

  private String whyNobody() {
    if (peerCount() > 0) {
      return "no peer offers filters of blocks (farthing node --peer-block-filters does)";
    }
    return exposed.isEmpty()
        ? "no peer can be reached"
        : "no peer is left: "
            + String.join("; ", exposed.stream().map(Exposure::toString).toList());
  }

  private void fail(Throwable why) {
    List<CompletableFuture<ChainSnapshot>> failed = List.copyOf(waiting);
    waiting.clear();
    failed.forEach(each -> each.completeExceptionally(why));
  }

  @Override
  public void introduced(Peer peer) {
    planner.succeeded(peer.address(), peer.version().orElseThrow().services(), clock.nowMillis());
  }

  @Override
  public void ready(Peer peer) {
    Source source = sources.add(peer);
    headers.ready(source, clock.nowMillis());
    delivery.ready(source);
  }

  @Override
  public void left(Peer peer) {
    long now = clock.nowMillis();
    planner.left(peer, now);
    sources
        .remove(peer)
        .ifPresent(
            source -> {
              headers.left(source);
              agreement.left(source);
              blocks.left(source, now);
              filters.left(source, now);
            });
  }

  @Override
  public void writable(Peer peer) {}

  @Override
  public void received(Peer peer, Message message) {
    sources.of(peer).ifPresent(source -> received(source, message, clock.nowMillis()));
  }

  private void received(Source source, Message message, long now) {
    switch (message.type()) {
      case PING -> {
        if (message instanceof Ping ping) {
          sources.send(source, new Pong(ping.nonce()));
        }
      }
      case PONG -> {
        if (message instanceof Pong pong) {
          source.peer().ping().pong(pong.nonce(), now);
          delivery.pong(pong.nonce());
        }
      }
      case INV -> headers.announced(source, ((Inv) message).items(), now);
      case HEADERS -> headers.headers(source, ((Headers) message).headers(), now);
      case BLOCK -> blocks.block(source, ((BlockMessage) message).block(), now);
      case CFHEADERS -> agreement.headers(source, (CFHeaders) message, now);
      case CFILTER -> filter(source, ((CFilter) message).filter(), now);
      case GETDATA -> delivery.asked(source, (GetData) message);
      case NOTFOUND -> blocks.notFound(source, ((NotFound) message).items(), now);
      default -> {
        // A client serves nobody, and wants neither addresses nor transactions.
      }
    }
  }

  private void filter(Source source, BlockFilter filter, long now) {
    chain
        .headers()
        .find(filter.block())
        .ifPresent(
            block -> {
              agreement.filter(source, filter, block, now);
              filters.filter(source, filter, block, now);
            });
  }

  @Override
  public void close() {
    fail(new LightException("the light wallet is being closed"));
    filterHeaders.close();
    chain.close();
  }
}
