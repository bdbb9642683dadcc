package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedNode;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TestAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When it is written down who misbehaved: what a kill may make a node forget. */
class PeerFilesTest {
  private static final long PAUSE = 10_000;
  private static final NetAddress FIRST = TestAddress.of("8.8.8.8", 0);
  private static final NetAddress SECOND = TestAddress.of("9.9.9.9", 0);
  private static final NetAddress THIRD = TestAddress.of("11.11.11.11", 0);

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(1_800_000_000_000L);
  private SimulatedNode node;
  private NodeConfig config;
  private PeerFiles files;

  @BeforeEach
  void restore() throws Exception {
    VirtualTime.NodeScheduler scheduler = time.newScheduler();
    node =
        new SimulatedNode(
            time,
            scheduler,
            new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1)).newHost(scheduler),
            SimulatedNode.Setup.of("a node", 1),
            RocksLedger.inMemory(ConsensusParams.regtest()));
    try (TestNodes nodes = new TestNodes(folder)) {
      config = nodes.config("a");
    }
    Files.createDirectories(config.data().folder());
    files = new PeerFiles(config, node.core(), node.world()).restore();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<NetAddress> written() {
    return new DiscouragedFile(
            config.folder().map(it -> it.discouraged()), config.p2p().peers().banSeconds())
        .load(time.nowSeconds()).stream().map(each -> each.address()).toList();
  }

  @Test
  void theFirstMisdeedIsWrittenDownAtOnce() {
    node.core().bans().discourage(FIRST);
    assertThat(written()).containsExactly(FIRST);
  }

  @Test
  void thoseThatFollowAreWrittenDownTogether() {
    node.core().bans().discourage(FIRST);
    time.runFor(PAUSE / 2);
    node.core().bans().discourage(SECOND);
    node.core().bans().discourage(THIRD);
    time.runFor(PAUSE / 2 - 1);
    assertThat(written()).containsExactly(FIRST);
    time.runFor(1);
    assertThat(written()).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void afterAPauseTheNextIsWrittenDownAtOnceAgain() {
    node.core().bans().discourage(FIRST);
    time.runFor(PAUSE);
    node.core().bans().discourage(SECOND);
    assertThat(written()).containsExactly(FIRST, SECOND);
  }

  @Test
  void anOrderlyEndLeavesNobodyOut() {
    node.core().bans().discourage(FIRST);
    node.core().bans().discourage(SECOND);
    files.close();
    assertThat(written()).containsExactly(FIRST, SECOND);
  }
}
