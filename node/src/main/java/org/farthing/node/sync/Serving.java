package org.farthing.node.sync;

import java.util.List;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.FilterAdd;
import org.farthing.node.wire.FilterLoad;
import org.farthing.node.wire.GetBlockTxn;
import org.farthing.node.wire.GetBlocks;
import org.farthing.node.wire.GetCFCheckpt;
import org.farthing.node.wire.GetCFHeaders;
import org.farthing.node.wire.GetCFilters;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What peers ask of us: hands each question to the machine that answers it. */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private final PeerTable peers;
  private final Announcer announcer;
  private final StemRelay stems;
  private final BloomFilters bloomFilters;
  private final UploadTarget uploadTarget;
  private final ChainServer server;
  private final FilterServer filterServer;

  Serving(
      Gossip.Subject subject,
      BlockExchange blocks,
      Announcer announcer,
      StemRelay stems,
      PeerTable peers,
      Clock clock) {
    this.peers = peers;
    this.announcer = announcer;
    this.stems = stems;
    bloomFilters = new BloomFilters(Services.has(subject.services(), Services.BLOOM), peers);
    uploadTarget =
        new UploadTarget(subject.serving().dailyBytes(), () -> peers.traffic().sent(), clock);
    boolean isPruning = !Services.has(subject.services(), Services.NETWORK);
    BlockServer blockServer =
        new BlockServer(
            subject.chain(),
            blocks,
            peers,
            clock,
            new BlockServer.Offer(isPruning, bloomFilters, uploadTarget));
    server =
        new ChainServer(
            subject.chain(),
            new TxServer(subject.mempool(), announcer, blocks.recent(), peers),
            blocks,
            blockServer,
            peers);
    filterServer = new FilterServer(subject.chain(), blockServer::isAllowed, peers);
  }

  FilterServer filterServer() {
    return filterServer;
  }

  UploadTarget uploadTarget() {
    return uploadTarget;
  }

  /** Whether the peer may give us a filter of what it wants to hear (BIP-0037). */
  boolean offersFilters(Peer peer) {
    return bloomFilters.isOfferedTo(peer);
  }

  /** A question of a peer; others concern nobody here. */
  void received(Peer peer, Message message) {
    switch (message.type()) {
      case GETDATA -> data(peer, ((GetData) message).items());
      case GETBLOCKTXN -> server.getBlockTransactions(peer, (GetBlockTxn) message);
      case GETHEADERS -> server.getHeaders(peer, (GetHeaders) message);
      case GETBLOCKS -> server.getBlocks(peer, (GetBlocks) message);
      case GETCFILTERS -> filterServer.getFilters(peer, (GetCFilters) message);
      case GETCFHEADERS -> filterServer.getHeaders(peer, (GetCFHeaders) message);
      case GETCFCHECKPT -> filterServer.getCheckpoints(peer, (GetCFCheckpt) message);
      case MEMPOOL -> mempool(peer);
      case FILTERLOAD -> filter(peer, message, bloomFilters.load(peer, (FilterLoad) message));
      case FILTERADD -> bloomFilters.add(peer, (FilterAdd) message);
      case FILTERCLEAR -> filter(peer, message, bloomFilters.clear(peer));
      default -> {
        // Other published messages belong to features that we do not offer: nothing is owed.
      }
    }
  }

  private void data(Peer peer, List<InvItem> items) {
    LOG.debug("received getdata ({} invsz) {}", items.size(), peer);
    items.stream()
        .findFirst()
        .ifPresent(item -> LOG.debug("received getdata for: {} {}", item, peer));
    server.getData(peer, stems.visible(items));
  }

  /** The peer wants to hear of transactions, of all or of those that pass its filter. */
  private void filter(Peer peer, Message message, boolean wanted) {
    if (wanted) {
      peer.filter(message instanceof FilterLoad);
      if (!peers.wantsRelay(peer, message.command())) {
        return;
      }
      announcer.filter(peer, transaction -> bloomFilters.passes(peer, transaction));
    }
  }

  /** Only for those whom the operator lets, or for all where filters are offered (BIP-0035). */
  private void mempool(Peer peer) {
    boolean trusted = peer.may(NetPermission.MEMPOOL);
    if (trusted || (offersFilters(peer) && !uploadTarget.isReached())) {
      announcer.wantsAll(peer);
    } else if (!peer.may(NetPermission.NOBAN)) {
      String reason = offersFilters(peer) ? "bandwidth limit reached" : "bloom filters disabled";
      peers.disconnect(peer, "mempool request with " + reason + ", disconnecting " + peer);
    }
  }

  void tick() {
    uploadTarget.tick();
  }

  /** Goes on with what waits for this peer. */
  void writable(Peer peer) {
    server.serve(peer);
    filterServer.serve(peer);
  }

  void left(Peer peer) {
    server.left(peer);
    filterServer.left(peer);
    bloomFilters.left(peer);
  }
}
