package org.farthing.node.simulation.adversary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.SendHeaders;
import org.farthing.node.wire.Version;

/** An adversary that knows the chain's headers as soon as anybody tells it. */
abstract class ChainFollower extends Adversary {
  private final Map<BlockHash, BlockHeader> headers = new LinkedHashMap<>();
  private final BlockHash genesis = ConsensusParams.regtest().genesis().hash();
  private BlockHash tip = genesis;

  ChainFollower(Means means) {
    super(means);
  }

  /** Somebody told of a block that nobody told us of before, and that follows our last one. */
  abstract void found(BlockHeader header, Connection teller);

  @Override
  void ready(Connection connection) {
    connection.send(new SendHeaders());
    ask(connection);
  }

  private void ask(Connection connection) {
    connection.send(new GetHeaders(Version.PROTOCOL, List.of(tip, genesis), BlockHash.ZERO));
  }

  @Override
  void heard(Connection connection, Message message) {
    if (message instanceof Headers told) {
      told.headers().forEach(header -> learn(header, connection));
    } else if (message instanceof CmpctBlock block) {
      learn(block.header(), connection);
    } else if (message instanceof Inv inv) {
      if (inv.items().stream().map(InvItem::type).anyMatch(type -> type.isBlock())) {
        ask(connection);
      }
    } else if (message instanceof GetHeaders) {
      connection.send(new Headers(all()));
    }
  }

  private void learn(BlockHeader header, Connection teller) {
    if (headers.containsKey(header.hash())) {
      return;
    }
    if (header.previous().equals(tip)) {
      headers.put(header.hash(), header);
      tip = header.hash();
      found(header, teller);
    } else if (headers.containsKey(header.previous()) || header.previous().equals(genesis)) {
      headers.put(header.hash(), header);
    }
  }

  /** The last block, as its header; null while only the genesis is known. */
  BlockHeader tip() {
    return headers.get(tip);
  }

  /** The header of this block, if it is known. */
  Optional<BlockHeader> header(Hash256 block) {
    return block instanceof BlockHash hash
        ? Optional.ofNullable(headers.get(hash))
        : Optional.empty();
  }

  /** The first ones that a message can hold. */
  List<BlockHeader> all() {
    List<BlockHeader> list = new ArrayList<>(headers.values());
    return list.subList(0, Math.min(list.size(), Headers.MAX_HEADERS));
  }
}
