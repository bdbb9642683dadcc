package org.farthing.junit;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.app.NodeInside;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

/** Makes the blocks that a test asks for. */
final class BlocksFor {
  private static final int OP_0 = 0;
  private static final int KEY_HASH_SIZE = 20;

  private final NodeInside inside;

  BlocksFor(NodeInside inside) {
    this.inside = inside;
  }

  /** Where rewards go that nobody is to have: to the hash of a key that nobody knows. */
  static Script nobody() {
    byte[] hash = new byte[KEY_HASH_SIZE];
    return Script.of(new ByteWriter().uint8(OP_0).uint8(KEY_HASH_SIZE).bytes(hash).toByteArray());
  }

  /**
   * @throws IllegalArgumentException if it is no address of regtest
   */
  Script payout(String address) {
    Network network = inside.core().chain().params().network();
    try {
      return Address.parse(address, network).toScript();
    } catch (WalletException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** On the node's thread. */
  List<BlockHash> mine(int count, Script payout) {
    List<BlockHash> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(inside.mine(payout).hash());
    }
    return hashes;
  }

  /** On the node's thread. */
  Reorganisation reorganise(int depth) {
    HeaderNode tip = inside.chain().tip();
    if (depth < 1 || depth > tip.height()) {
      throw new IllegalArgumentException(
          "a reorganisation of " + depth + " blocks in a chain of " + tip.height());
    }
    List<BlockHash> disconnected = new ArrayList<>();
    HeaderNode fork = tip;
    for (int i = 0; i < depth; i++) {
      disconnected.add(fork.hash());
      fork = fork.parent();
    }
    List<BlockHash> connected = new ArrayList<>();
    HeaderNode parent = fork;
    for (int i = 0; i <= depth; i++) {
      Block block = inside.mineEmpty(parent, nobody());
      parent = inside.core().chain().headers().find(block.hash()).orElseThrow();
      connected.add(block.hash());
    }
    return new Reorganisation(disconnected, connected);
  }
}
