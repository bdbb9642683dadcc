package org.farthing.node.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.config.MiningConfig;
import org.farthing.node.config.StratumConfig;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.Payout;
import org.farthing.node.stratum.StratumOptions;
import org.farthing.node.stratum.StratumReport;
import org.farthing.node.stratum.StratumServer;
import org.farthing.node.stratum.StratumSession;
import org.farthing.node.stratum.WorkSource;
import org.farthing.node.transport.LineServer;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves miners of other programs over Stratum. Node thread, but for its sockets. */
final class StratumService implements WorkSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StratumService.class);

  private static final int USUAL_PORT = 3333;
  private static final int MAX_LINE_BYTES = 16 * 1024;

  /** A miner that finds so few shares says nothing for a while. */
  private static final int IDLE_SECONDS = 600;

  /** What the service rests on. */
  record Ground(NodeCore core, Environment world, MiningService mining, Payouts payouts) {}

  private final NodeCore core;
  private final Environment world;
  private final MiningService mining;
  private final Payouts payouts;
  private final StratumServer miners;
  private Optional<Payout> usualPayout = Optional.empty();
  private LineServer sockets;

  private StratumService(Ground ground, MiningConfig config, StratumConfig stratum)
      throws WalletException {
    this.core = ground.core();
    this.world = ground.world();
    this.mining = ground.mining();
    this.payouts = ground.payouts();
    if (config.payout().isPresent()) {
      usualPayout = Optional.of(payouts.of(config.payout().get()));
    }
    this.miners =
        new StratumServer(
            this,
            new StratumOptions(stratum.firstDifficulty(), stratum.sharesPerMinute()),
            world.clock(),
            world.scheduler(),
            world.random());
  }

  /**
   * Serves miners from now on.
   *
   * @throws StartException if it cannot, with the reason for people
   */
  static StratumService open(
      Ground ground, MiningConfig config, NodeThreads threads, NodeThread thread)
      throws StartException {
    StratumConfig stratum = config.stratum().orElseThrow();
    try {
      ground.mining().expectMinable();
      StratumService service = new StratumService(ground, config, stratum);
      service.listen(stratum, threads, thread);
      return service;
    } catch (WalletException e) {
      throw new StartException("Cannot serve Stratum miners: " + e.getMessage(), e);
    }
  }

  private void listen(StratumConfig stratum, NodeThreads threads, NodeThread thread)
      throws StartException {
    String host = stratum.address().host();
    int port = stratum.address().portOr(USUAL_PORT);
    try {
      sockets =
          LineServer.listen(
              new InetSocketAddress(host, port),
              threads.p2p(),
              new LineServer.Limits(MAX_LINE_BYTES, stratum.maxConnections(), IDLE_SECONDS),
              thread.crowd(),
              this::welcome);
    } catch (IOException e) {
      miners.close();
      throw new StartException(
          "Cannot listen for Stratum miners on %s port %d: %s. Choose another port with --stratum."
              .formatted(host, port, e.getMessage()),
          e);
    }
    LOG.info("Stratum: listening on {} port {}", host, port());
    core.intake().onTipChanged(chain -> miners.tipChanged());
    core.mempool().addListener(event -> miners.mempoolChanged());
  }

  private LineServer.Listener welcome(LineServer.Line line) {
    StratumSession session = miners.opened(line.remote(), line::say, line::close);
    return new LineServer.Listener() {
      @Override
      public void heard(String text) {
        miners.heard(session, text);
      }

      @Override
      public void closed() {
        miners.closed(session);
      }
    };
  }

  /** The TCP port that was bound. */
  int port() {
    return sockets.address().getPort();
  }

  StratumReport report() {
    return new StratumReport(
        sockets.address().getAddress().getHostAddress(),
        port(),
        sockets.refusedConnections(),
        miners.report());
  }

  @Override
  public boolean isOpen() {
    return mining.gate().isOpen();
  }

  @Override
  public HeaderNode tip() {
    return core.chain().snapshot().tip();
  }

  @Override
  public BlockTemplate template(Script payout) {
    return mining.blocks().template(payout, world.clock().nowSeconds());
  }

  @Override
  public long minimumTimeSeconds(HeaderNode parent) {
    return core.chain().minimumTime(parent);
  }

  @Override
  public Verdict submit(Block block) {
    Verdict verdict = core.intake().accept(block);
    if (verdict.isAccepted()) {
      LOG.info("Stratum: a miner found block {}", block.hash());
    } else {
      LOG.warn("Stratum: block {} is refused: {}", block.hash(), verdict);
    }
    return verdict;
  }

  @Override
  public Optional<Script> address(String text) {
    try {
      return Optional.of(Address.parse(text, core.chain().params().network()).toScript());
    } catch (WalletException e) {
      return Optional.empty();
    }
  }

  /** The wallet may be loaded later than miners come. */
  @Override
  public Optional<Payout> usualPayout() {
    if (usualPayout.isEmpty()) {
      try {
        usualPayout = Optional.of(payouts.ofFirstWallet());
      } catch (WalletException e) {
        LOG.debug("Stratum: a miner names no address, and no wallet is loaded");
      }
    }
    return usualPayout;
  }

  @Override
  public void close() {
    miners.close();
    sockets.close();
  }
}
