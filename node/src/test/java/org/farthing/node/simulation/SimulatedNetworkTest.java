package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.simulation.SimulatedNetwork.Cut;
import org.farthing.node.simulation.VirtualTime.NodeScheduler;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Proxy;
import org.farthing.node.transport.Target;
import org.farthing.node.transport.TransportLimits;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.UnknownMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
  private static final long TIMEOUT = 5000;

  private VirtualTime time;
  private SimulatedNetwork network;
  private Machine one;
  private Machine two;

  @BeforeEach
  void twoMachines() {
    time = new VirtualTime(0);
    network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(7));
    one = new Machine();
    two = new Machine();
  }

  /** Writes down what happens to it, and checks that it is its turn. */
  private final class Machine implements ConnectionHandler {
    final NodeScheduler scheduler = time.newScheduler();
    final SimulatedTransport transport = network.newHost(scheduler);
    final NetAddress listening;
    final List<String> log = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    Connection connection;

    Machine() {
      try {
        listening = transport.listen(NetAddress.NONE.withPort(18444), this);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void note(String what) {
      scheduler.assertOwner();
      log.add(time.nowMillis() + " " + what);
    }

    @Override
    public void connected(Connection made) {
      connection = made;
      note("connected " + made);
    }

    @Override
    public void received(Connection from, Message message) {
      note(message.toString());
      messages.add(message);
    }

    @Override
    public void malformed(
        Connection from, String command, int payloadBytes, DecodeException problem) {
      note("malformed " + command);
    }

    @Override
    public void writable(Connection to) {
      note("writable");
    }

    @Override
    public void closed(Connection from, String reason) {
      note("closed: " + reason);
    }

    @Override
    public void failed(NetAddress to, String reason) {
      note("failed: " + reason);
    }

    String last() {
      return log.isEmpty() ? "" : log.get(log.size() - 1);
    }
  }

  private void connect() {
    one.transport.connect(two.listening, false, one, TIMEOUT);
    time.runFor(1000);
    assertThat(one.connection).isNotNull();
    assertThat(two.connection).isNotNull();
  }

  @Test
  void messagesArriveLaterAndInOrder() {
    connect();
    assertThat(one.connection.remote()).isEqualTo(two.listening).isEqualTo(two.connection.local());
    assertThat(one.connection.local()).isEqualTo(two.connection.remote());
    assertThat(two.connection.inbound()).isTrue();
    List<Message> sent = IntStream.range(0, 100).mapToObj(i -> (Message) new Ping(i)).toList();
    sent.forEach(one.connection::send);
    time.runFor(1);
    assertThat(two.messages).isEmpty();
    time.runFor(1000);
    assertThat(two.messages).isEqualTo(sent);
    assertThat(two.connection.traffic().received()).isEqualTo(3200);
    assertThat(one.connection.traffic().sentByType())
        .isEqualTo(two.connection.traffic().receivedByType());
  }

  @Test
  void oneSeedGivesOneOutcome() {
    connect();
    IntStream.range(0, 50).forEach(i -> two.connection.send(new Ping(i)));
    time.runFor(1000);
    List<String> first = one.log;
    twoMachines();
    connect();
    IntStream.range(0, 50).forEach(i -> two.connection.send(new Ping(i)));
    time.runFor(1000);
    assertThat(one.log).isEqualTo(first);
  }

  @Test
  void closingIsSeenByBothAfterWhatWasSent() {
    connect();
    one.connection.send(new Ping(1));
    two.connection.send(new Ping(2));
    one.connection.close("enough");
    one.connection.close("not said");
    one.connection.send(new Ping(3));
    time.runFor(1000);
    assertThat(one.last()).endsWith("closed: enough");
    assertThat(one.messages).isEmpty();
    assertThat(two.messages).containsExactly(new Ping(1));
    assertThat(two.last()).endsWith("closed: closed by the other side");
    assertThat(network.connectionCount()).isZero();
  }

  @Test
  void nobodyThereOrNobodyListening() {
    one.transport.connect(two.listening.withPort(1), false, one, TIMEOUT);
    time.runFor(1000);
    assertThat(one.last()).contains("refused");
    one.transport.connect(NetAddress.NONE, false, one, TIMEOUT);
    time.runFor(TIMEOUT - 1);
    assertThat(one.log).hasSize(1);
    time.runFor(1);
    assertThat(one.last()).contains("timed out");
    assertThatThrownBy(() -> one.transport.listen(one.listening, one))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  /** Through the proxy an onion service is reached, and sees nobody's address. */
  @Test
  void anOnionServiceIsCalledThroughTor() {
    NetAddress onion = network.newOnion(two.transport, two.listening.port());
    assertThat(onion.network()).isEqualTo(AddressNetwork.TORV3);
    one.transport.connect(onion, false, one, TIMEOUT);
    time.runFor(TIMEOUT);
    assertThat(one.last()).as("nobody is there without Tor").contains("timed out");
    connectThroughTor(onion);
    assertThat(one.connection.remote()).isEqualTo(onion);
    assertThat(two.connection.remote().isLocal()).isTrue();
    long sentMillis = time.nowMillis();
    one.connection.send(new Ping(1));
    time.runUntil(() -> two.messages.size() == 1, TIMEOUT);
    assertThat(time.nowMillis() - sentMillis)
        .as("six relays are between, and each way takes 5 ms at least")
        .isGreaterThanOrEqualTo(7 * 5);
  }

  @Test
  void anExitStandsForWhoCallsThroughTor() {
    connectThroughTor(two.listening);
    assertThat(two.connection.remote().isRoutable()).isTrue();
    assertThat(two.connection.remote().host())
        .isNotIn(one.transport.address().host(), two.transport.address().host());
    two.connection.send(new Ping(2));
    time.runFor(1000);
    assertThat(one.messages).containsExactly(new Ping(2));
  }

  private void connectThroughTor(NetAddress to) {
    ProxyAddress address =
        new ProxyAddress.Port(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9050));
    Optional<Proxy> proxy = Optional.of(new Proxy(address, true));
    one.transport.connect(new Target(to, to.host(), false, proxy), one, TIMEOUT);
    time.runFor(2000);
    assertThat(one.connection).isNotNull();
    assertThat(two.connection).isNotNull();
  }

  @Test
  void aPartitionClosesConnectionsAndLetsNoneThrough() {
    connect();
    network.partition(List.of(one.transport), Cut.CLOSES);
    time.runDue();
    assertThat(one.last()).contains("reset");
    assertThat(two.last()).contains("reset");
    one.transport.connect(two.listening, false, one, TIMEOUT);
    time.runFor(TIMEOUT);
    assertThat(one.last()).contains("timed out");
    network.heal();
    one.transport.connect(two.listening, false, one, TIMEOUT);
    time.runFor(TIMEOUT);
    assertThat(one.last()).contains("connected");
  }

  @Test
  void aConnectionThatIsCutBeforeItStandsHasFailed() {
    one.transport.connect(two.listening, false, one, TIMEOUT);
    time.runUntil(() -> two.connection != null, TIMEOUT);
    network.partition(List.of(one.transport), Cut.CLOSES);
    time.runFor(TIMEOUT);
    assertThat(one.log).hasSize(1);
    assertThat(one.last()).contains("failed");
    assertThat(two.last()).contains("closed");
  }

  @Test
  void aStalledConnectionGoesOnWhenTheNetworkIsWholeAgain() {
    connect();
    one.connection.send(new Ping(1));
    network.partition(List.of(one.transport), Cut.STALLS);
    one.connection.send(new Ping(2));
    time.runFor(100_000);
    assertThat(two.messages).isEmpty();
    network.heal();
    one.connection.send(new Ping(3));
    time.runFor(1000);
    assertThat(two.messages).containsExactly(new Ping(1), new Ping(2), new Ping(3));
  }

  @Test
  void theEndOfAStalledConnectionIsSeenLater() {
    connect();
    network.partition(List.of(two.transport), Cut.STALLS);
    one.connection.close("tired of waiting");
    time.runFor(100_000);
    assertThat(one.last()).contains("tired");
    assertThat(two.last()).contains("connected");
    network.heal();
    time.runFor(1000);
    assertThat(two.last()).contains("closed by the other side");
  }

  @Test
  void aPausedReaderMakesTheSenderWait() {
    connect();
    two.connection.setReading(false);
    Message large = new UnknownMessage("large", new byte[400_000]);
    for (int i = 0; i < 3; i++) {
      one.connection.send(large);
    }
    time.runFor(1000);
    assertThat(one.connection.writable()).isFalse();
    assertThat(two.messages).isEmpty();
    two.connection.setReading(true);
    time.runFor(1000);
    assertThat(two.messages).hasSize(3);
    assertThat(one.last()).contains("writable");

    two.connection.setReading(false);
    int tooMany = TransportLimits.DEFAULT.maxOutboundBytes() / 400_000 + 1;
    for (int i = 0; i < tooMany; i++) {
      one.connection.send(large);
    }
    time.runDue();
    assertThat(one.last()).contains("does not read");
  }

  @Test
  void aMachineThatIsShutDownSaysGoodbyeAndHearsNothing() {
    connect();
    two.connection.send(new Ping(1));
    one.transport.close();
    time.runFor(1000);
    assertThat(one.messages).isEmpty();
    assertThat(one.last()).contains("connected");
    assertThat(two.last()).contains("closed by the other side");
    two.transport.connect(one.listening, false, two, TIMEOUT);
    time.runFor(1000);
    assertThat(two.last()).contains("refused");
  }

  @Test
  void disconnectionOfTwoMachines() {
    connect();
    network.disconnect(two.transport, one.transport);
    time.runDue();
    assertThat(one.last()).contains("reset");
    assertThat(two.last()).contains("reset");
  }

  @Test
  void whatCannotBeDecodedIsReported() {
    connect();
    one.connection.send(new UnknownMessage("inv", new byte[] {1}));
    time.runFor(1000);
    assertThat(two.last()).contains("malformed inv");
  }
}
