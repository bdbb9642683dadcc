package org.farthing.node.app;

import org.farthing.consensus.chain.ChainOptions;
import org.farthing.consensus.params.KnownChain;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.NodeConfig;

/** What the configuration says of the chain, over what the network is known for. */
final class ChainPolicy {
  private static final long BYTES_PER_MIB = 1 << 20;

  private ChainPolicy() {}

  static ChainOptions of(NodeConfig node) {
    ChainConfig wanted = node.chain();
    KnownChain.Trust usual = node.params().known().trust();
    return new ChainOptions(
        wanted.minimumChainWork().orElse(usual.minimumChainWork()),
        wanted.assumeValid().or(usual::assumeValid).filter(hash -> !hash.equals(BlockHash.ZERO)),
        node.limits().sigCacheMiB() * BYTES_PER_MIB / 2);
  }
}
