package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.ReachConfig;
import org.farthing.node.config.Whitelist;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Target;
import org.farthing.node.transport.Traffic;
import org.farthing.node.transport.Transport;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.junit.jupiter.api.Test;

/** In I2P there are no ports: who calls us has the very address that we would call. */
class MutualCallTest {
  private static final NetAddress PEER = NetAddress.of(AddressNetwork.I2P, new byte[32], 0);

  private final List<Target> calls = new ArrayList<>();
  private final PeerTable table = table();

  /** A connection on which nothing travels. */
  private record Still(long id, NetAddress remote, boolean inbound) implements Connection {
    @Override
    public NetAddress local() {
      return NetAddress.NONE;
    }

    @Override
    public void send(Message message) {}

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void setReading(boolean reading) {}

    @Override
    public Traffic traffic() {
      return new Traffic(0, 0, Map.of(), Map.of());
    }

    @Override
    public Encryption encryption() {
      return new Encryption(Encryption.Protocol.V1, "");
    }

    @Override
    public void close(String reason) {}
  }

  private PeerTable table() {
    Transport transport =
        new Transport() {
          @Override
          public NetAddress listen(NetAddress local, ConnectionHandler handler) {
            return local;
          }

          @Override
          public void connect(Target target, ConnectionHandler handler, long timeoutMillis) {
            calls.add(target);
          }

          @Override
          public void close() {}
        };
    return new PeerTable(
        transport,
        new Routes((name, then) -> {}, ReachConfig.DIRECT, 8333),
        new LocalIdentity(LocalIdentity.ALL_BLOCKS, "/test/", () -> 0, () -> false, () -> 1),
        new Random(1),
        new P2pConfig.Peers(
            125,
            100,
            P2pConfig.Patience.USUAL,
            false,
            P2pConfig.Serving.USUAL,
            new Whitelist(List.of()),
            1000,
            true),
        new BanList(() -> 1, 1000));
  }

  @Test
  void aCallThatComesIsNotTheOneThatWeMake() {
    List<String> outcomes = new ArrayList<>();
    table.dial(Call.to(PEER, ConnectionKind.OUTBOUND));
    table.whenDialed(PEER, () -> outcomes.add("known"));
    table.connected(new Still(1, PEER, true));
    assertThat(outcomes).isEmpty();
    assertThat(table.all()).allMatch(Peer::isInbound).hasSize(1);
    table.connected(new Still(2, PEER, false));
    assertThat(outcomes).containsExactly("known");
    assertThat(table.byId(2).orElseThrow().kind()).isEqualTo(ConnectionKind.OUTBOUND);
  }

  @Test
  void whoHasCalledIsNotCalled() {
    table.connected(new Still(1, PEER, true));
    assertThat(table.isTaken(PEER)).isTrue();
    table.dial(Call.to(PEER, ConnectionKind.OUTBOUND));
    assertThat(calls).isEmpty();
  }

  @Test
  void whereThereArePortsTheCallersIsAChanceOne() {
    NetAddress address = NetAddress.of(AddressNetwork.IPV4, new byte[] {1, 2, 3, 4}, 8333);
    table.connected(new Still(1, address, true));
    assertThat(table.isTaken(address)).isFalse();
  }
}
