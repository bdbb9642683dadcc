package org.farthing.node.app;

import java.util.List;
import org.farthing.consensus.chain.ChainVerification;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.node.config.AddressConfig;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.PeerSources;
import org.farthing.node.sync.InitialDownload;
import org.farthing.node.time.Clock;

/** Opens the core of a node, as its configuration wants it. On the node's thread. */
final class CoreStart {
  private CoreStart() {}

  static NodeCore open(NodeConfig config, Environment world) {
    P2pConfig p2p = config.p2p();
    return new NodeCore(
        new NodeCore.Settings(
            new NodeCore.ChainSettings(
                config.params(),
                ChainPolicy.of(config),
                config.chain().maxTipAgeSeconds().orElse(InitialDownload.MAX_TIP_AGE_SECONDS),
                config.chain().pruning()),
            MempoolPolicy.of(config),
            config.policy().relay(),
            plan(p2p, config.params().network().ports().p2p()),
            UserAgent.of(config.identity().userAgentComments()),
            p2p.peers(),
            p2p.privacy(),
            p2p.addresses()),
        world,
        LedgerStart.open(config));
  }

  private static ConnectionPlanner.Plan plan(P2pConfig p2p, int defaultPort) {
    P2pConfig.Outgoing outgoing = p2p.outgoing();
    AddressConfig.Finding finding = p2p.addresses().finding();
    return new ConnectionPlanner.Plan(
        outgoing.automatic(),
        outgoing.connect(),
        outgoing.addNodes(),
        new PeerSources(
            finding.seedNodes(),
            new PeerSources.Names(
                finding.names(), outgoing.seeds(), finding.dnsSeeds(), finding.forced()),
            new PeerSources.Fixed(List.of(), finding.fixedSeeds())),
        defaultPort,
        p2p.encrypted(),
        p2p.addresses().shares());
  }

  /**
   * @throws StartException if the chain is not one that a node can go on with
   */
  static NodeCore checkLastBlocks(NodeConfig config, NodeCore core, Clock clock)
      throws StartException {
    long tipSeconds = core.chain().snapshot().tip().header().timeSeconds();
    if (tipSeconds > clock.nowSeconds() + HeaderChecks.MAX_FUTURE_SECONDS) {
      throw StartException.rebuildable(
          "The block database contains a block which appears to be from the future. This may be due"
              + " to your computer's date and time being set incorrectly. Only rebuild the block"
              + " database if you are sure that your computer's date and time are correct");
    }
    ChainConfig.StartCheck wanted = config.chain().startCheck();
    ChainVerification found =
        ChainLog.verify(
            core.chain(),
            wanted.level().orElse(ChainVerification.DEFAULT_LEVEL),
            wanted.blocks().orElse(ChainVerification.DEFAULT_BLOCKS));
    if (found.outcome() == ChainVerification.Outcome.CORRUPT) {
      throw StartException.rebuildable("Corrupted block database detected");
    }
    return core;
  }
}
