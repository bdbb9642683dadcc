package org.farthing.node.app;

import java.util.Optional;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.time.Scheduler;

/**
 * What a node remembers of others between two runs: their addresses, bans, who misbehaved, and whom
 * it had for blocks alone. On the node's thread.
 */
final class PeerFiles {
  private static final long SAVE_MILLIS = 5 * 60_000L;

  /**
   * After who misbehaved was written down, those that follow wait so long, and are written down
   * together: whoever has many addresses must not keep the disk busy.
   */
  private static final long PAUSE_MILLIS = 10_000;

  private final NodeCore core;
  private final Environment world;
  private final PeersFile addresses;
  private final BanFile bans;
  private final DiscouragedFile discouraged;
  private final AnchorsFile anchors;
  private Optional<Scheduler.Timer> pause = Optional.empty();
  private boolean isUnsaved;

  PeerFiles(NodeConfig config, NodeCore core, Environment world) {
    this.core = core;
    this.world = world;
    int magic = config.params().network().magic();
    addresses = new PeersFile(config.folder().map(DataDirectory::peers), magic);
    bans = new BanFile(config.folder().map(DataDirectory::bans));
    discouraged =
        new DiscouragedFile(
            config.folder().map(DataDirectory::discouraged), config.p2p().peers().banSeconds());
    anchors = new AnchorsFile(config.folder().map(DataDirectory::anchors), magic);
  }

  /**
   * Reads everything.
   *
   * @throws StartException if the addresses cannot be read
   */
  PeerFiles restore() throws StartException {
    addresses.load(core.book());
    core.bans().restore(bans.load(), bans::save);
    core.bans()
        .restoreDiscouraged(discouraged.load(world.clock().nowSeconds()), this::discouragedChanged);
    if (core.planner().choosesPeers()) {
      core.planner().useAnchors(anchors.take());
    }
    return this;
  }

  /** Writes addresses down again and again. */
  void savePeriodically() {
    world
        .scheduler()
        .after(
            SAVE_MILLIS,
            () -> {
              addresses.save(core.book());
              savePeriodically();
            });
  }

  private void discouragedChanged() {
    isUnsaved = true;
    if (pause.isEmpty()) {
      saveDiscouraged();
      pause = Optional.of(world.scheduler().after(PAUSE_MILLIS, this::pauseIsOver));
    }
  }

  private void pauseIsOver() {
    pause = Optional.empty();
    if (isUnsaved) {
      discouragedChanged();
    }
  }

  private void saveDiscouraged() {
    isUnsaved = false;
    discouraged.save(core.bans().discouraged());
  }

  /** Writes everything down; to be called while connections still stand. */
  void close() {
    addresses.save(core.book());
    pause.ifPresent(Scheduler.Timer::cancel);
    if (isUnsaved) {
      saveDiscouraged();
    }
    if (core.planner().choosesPeers()) {
      anchors.save(core.planner().anchors(world.clock().nowMillis()));
    }
  }
}
