package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.node.config.NetPermission;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.Subnet;
import org.farthing.node.config.Whitelist;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedTransport;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.UnknownMessage;
import org.junit.jupiter.api.Test;

/** Who sends what cannot be decoded is cut off, unless the operator forbids it. */
class MalformedMessageTest {
  private static final Subnet ALL_OF_IPV4 = new Subnet(BigInteger.ZERO, 32, 0);

  private final VirtualTime time = new VirtualTime(1_700_000_000_000L);
  private final SimulatedNetwork network =
      new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));

  /** Connects and sends an inventory that ends within its count of items. */
  private static final class Sender implements ConnectionHandler {
    private boolean isClosed;

    @Override
    public void connected(Connection connection) {
      connection.send(new UnknownMessage("inv", new byte[] {1}));
    }

    @Override
    public void received(Connection connection, Message message) {}

    @Override
    public void closed(Connection connection, String reason) {
      isClosed = true;
    }

    @Override
    public void failed(NetAddress to, String reason) {
      throw new AssertionError(reason);
    }
  }

  private boolean costsTheConnection(Set<NetPermission> permissions) throws IOException {
    Whitelist whitelist =
        new Whitelist(List.of(new Whitelist.Rule(ALL_OF_IPV4, permissions, true, false)));
    SimulatedTransport host = network.newHost(time.newScheduler());
    PeerTable table =
        new PeerTable(
            host,
            (name, then) -> {},
            new LocalIdentity(LocalIdentity.ALL_BLOCKS, "/test/", () -> 0, time),
            new Random(1),
            new P2pConfig.Peers(10, 60, false, false, whitelist));
    NetAddress listening = host.listen(NetAddress.NONE.withPort(8333), table);
    Sender sender = new Sender();
    network.newHost(time.newScheduler()).connect(listening, sender, 1_000);
    time.runFor(5_000);
    assertThat(table.all()).hasSize(sender.isClosed ? 0 : 1);
    return sender.isClosed;
  }

  @Test
  void itCostsTheConnection() throws IOException {
    assertThat(costsTheConnection(Set.of())).isTrue();
    assertThat(costsTheConnection(Set.of(NetPermission.RELAY))).isTrue();
  }

  @Test
  void ofAPeerThatIsNotToBePunishedTheMessageIsDropped() throws IOException {
    assertThat(costsTheConnection(Set.of(NetPermission.NOBAN))).isFalse();
  }
}
