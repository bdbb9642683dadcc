package org.farthing.node.sync;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.peer.Peer;

/**
 * Which blocks are awaited from whom. A whole block is awaited from one peer only, unless it is
 * late ({@link LateBlocks}); those that come in short form (BIP-0152) from up to {@value
 * #MAX_PER_BLOCK}, so that one peer cannot hold a new block back.
 */
final class BlockRequests {
  static final int MAX_PER_BLOCK = 3;

  /** One block, awaited from one peer. */
  static final class Request {
    private final HeaderNode block;
    private PartialBlock partial;

    private Request(HeaderNode block) {
      this.block = block;
    }

    HeaderNode block() {
      return block;
    }

    /** What is there of it already; empty where the whole block is awaited. */
    Optional<PartialBlock> partial() {
      return Optional.ofNullable(partial);
    }

    void has(PartialBlock begun) {
      partial = begun;
    }
  }

  private BiConsumer<Peer, HeaderNode> onAdded = (peer, block) -> {};
  private final Map<BlockHash, Map<Peer, Request>> byBlock = new LinkedHashMap<>();
  private final Map<Peer, Map<BlockHash, Request>> byPeer = new LinkedHashMap<>();

  /** Called when a block is awaited from a peer. */
  void onAdded(BiConsumer<Peer, HeaderNode> listener) {
    onAdded = listener;
  }

  /** Those who were asked for the block, the first to be asked first. */
  Set<Peer> askedFor(BlockHash hash) {
    return byBlock.getOrDefault(hash, Map.of()).keySet();
  }

  /** All that are awaited. */
  List<HeaderNode> blocks() {
    return byBlock.values().stream()
        .map(requests -> requests.values().iterator().next().block())
        .toList();
  }

  boolean isAsked(BlockHash hash) {
    return byBlock.containsKey(hash);
  }

  boolean isEmpty() {
    return byBlock.isEmpty();
  }

  /** Who was asked first, and has not sent it. */
  Optional<Peer> first(BlockHash hash) {
    return askedFor(hash).stream().findFirst();
  }

  /** No other block is awaited. */
  boolean isNoneBut(BlockHash hash) {
    return byBlock.isEmpty() || (byBlock.size() == 1 && byBlock.containsKey(hash));
  }

  Optional<Request> get(Peer peer, BlockHash hash) {
    return Optional.ofNullable(byPeer.getOrDefault(peer, Map.of()).get(hash));
  }

  /** The blocks that this peer was asked for and has not sent, the first to be asked for first. */
  List<HeaderNode> of(Peer peer) {
    return byPeer.getOrDefault(peer, Map.of()).values().stream().map(Request::block).toList();
  }

  int count(Peer peer) {
    return byPeer.getOrDefault(peer, Map.of()).size();
  }

  /** No block has been awaited from this peer for longer. */
  boolean isOldest(Peer peer, BlockHash hash) {
    Map<BlockHash, Request> blocks = byPeer.getOrDefault(peer, Map.of());
    return !blocks.isEmpty() && blocks.keySet().iterator().next().equals(hash);
  }

  /** From how many peers blocks are awaited. */
  int peers() {
    return byPeer.size();
  }

  /** The block is awaited from this peer from now on; if it was already, nothing changes. */
  Request add(Peer peer, HeaderNode block) {
    Map<Peer, Request> peers = byBlock.computeIfAbsent(block.hash(), key -> new LinkedHashMap<>());
    Request request = peers.computeIfAbsent(peer, key -> new Request(block));
    byPeer.computeIfAbsent(peer, key -> new LinkedHashMap<>()).put(block.hash(), request);
    onAdded.accept(peer, block);
    return request;
  }

  /** Of those from whom the block is awaited this peer counts as the first from now on. */
  void prefer(Peer peer, BlockHash hash) {
    Map<Peer, Request> peers = byBlock.get(hash);
    Map<Peer, Request> before = new LinkedHashMap<>(peers);
    peers.clear();
    peers.put(peer, before.get(peer));
    before.forEach(peers::putIfAbsent);
  }

  /** The block is not awaited from this peer any more; false if it was not before. */
  boolean remove(Peer peer, BlockHash hash) {
    Map<Peer, Request> peers = byBlock.get(hash);
    if (peers == null || peers.remove(peer) == null) {
      return false;
    }
    if (peers.isEmpty()) {
      byBlock.remove(hash);
    }
    Map<BlockHash, Request> blocks = byPeer.get(peer);
    blocks.remove(hash);
    if (blocks.isEmpty()) {
      byPeer.remove(peer);
    }
    return true;
  }

  /** Nothing is awaited from this peer any more. */
  void left(Peer peer) {
    of(peer).forEach(block -> remove(peer, block.hash()));
  }
}
