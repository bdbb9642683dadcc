package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.transport.RecordingHandler.await;
import static org.farthing.node.transport.TransportFixture.MAGIC;
import static org.farthing.node.transport.TransportFixture.frame;
import static org.farthing.node.transport.TransportFixture.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.GetAddr;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.UnknownMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Neither a peer that sends too fast nor one that reads too slowly costs more than the limits. */
@Timeout(60)
class FlowControlIT {
  private static final long CONNECT_MILLIS = 5000;

  private final TransportFixture fixture = new TransportFixture(false);
  private final RecordingHandler server = new RecordingHandler();
  private final RecordingHandler client = new RecordingHandler();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private NettyTransport transport() {
    return fixture.transport(TransportLimits.DEFAULT);
  }

  @Test
  void aPeerThatDoesNotReadIsClosedBeforeItCostsMuch() throws IOException {
    TransportLimits limits = new TransportLimits(100, 1_000_000, 100_000, 3_000_000);
    NetAddress address = listen(fixture.transport(limits), server);
    fixture.rawSocket(address);
    Connection connection = server.connection();
    Message large = new UnknownMessage("large", new byte[50_000]);
    await(
        () -> {
          connection.send(large);
          return !connection.writable();
        });
    assertThat(server.closed).isEmpty();
    await(
        () -> {
          for (int i = 0; i < 20; i++) {
            connection.send(large);
          }
          return !server.closed.isEmpty();
        });
    assertThat(server.closed.get(0)).startsWith("does not read what is sent");
  }

  /** First it is asked nothing more, and when our patience is over it is dropped. */
  @Test
  void aPeerThatReadsNothingIsPausedAndThenDropped() throws IOException {
    TransportLimits limits = new TransportLimits(100, 1_000_000, 100_000, 50_000_000).patient(300);
    RecordingHandler generous =
        new RecordingHandler() {
          @Override
          public void received(Connection connection, Message message) {
            super.received(connection, message);
            connection.send(new UnknownMessage("answer", new byte[200_000]));
          }
        };
    NetAddress address = listen(fixture.transport(limits), generous);
    Socket socket = fixture.rawSocket(address);
    byte[] question = frame(MAGIC, new GetAddr());
    int questions = 200;
    // In one piece: they are all here when the first answer finds no room.
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < questions; i++) {
      all.write(question);
    }
    socket.getOutputStream().write(all.toByteArray());
    await(() -> !generous.closed.isEmpty());
    assertThat(generous.closed.get(0)).startsWith("does not read what is sent");
    assertThat(generous.messages.size()).as("questions taken").isLessThan(questions);
  }

  @Test
  void whoeverHeedsWritabilityIsNeverClosedForSendingMuch() throws IOException {
    RecordingHandler slow =
        new RecordingHandler() {
          @Override
          public void received(Connection connection, Message message) {
            messages.add(new GetAddr()); // as a sign; the message itself need not be kept
          }
        };
    NetAddress address = listen(transport(), server);
    transport().connect(address, false, slow, CONNECT_MILLIS);
    Connection connection = server.connection();
    Message large = new UnknownMessage("large", new byte[3_000_000]);
    for (int i = 0; i < 50; i++) {
      await(connection::writable);
      connection.send(large);
    }
    await(() -> slow.messages.size() == 50);
    assertThat(server.closed).isEmpty();
  }

  @Test
  void aSlowReaderIsToldOfAsSoonAsItHasRead() throws IOException {
    TransportLimits limits = new TransportLimits(100, 1_000_000, 100_000, 50_000_000);
    NetAddress address = listen(fixture.transport(limits), server);
    Socket socket = fixture.rawSocket(address);
    Connection connection = server.connection();
    int sent = 0;
    while (connection.writable()) {
      connection.send(new UnknownMessage("large", new byte[50_000]));
      sent++;
      Thread.onSpinWait();
    }
    long expected = sent * (50_000L + FrameHeader.SIZE);
    InputStream in = socket.getInputStream();
    in.skipNBytes(expected);
    await(() -> !server.writable.isEmpty());
    assertThat(connection.writable()).isTrue();
  }

  @Test
  void whatIsNotTakenIsNotReadForever() throws Exception {
    TransportLimits limits = new TransportLimits(50, 1_000_000, 1_000_000, 50_000_000);
    List<Runnable> waiting = new ArrayList<>();
    NettyTransport transport =
        fixture.transport(
            limits,
            task -> {
              synchronized (waiting) {
                waiting.add(task);
              }
            });
    NetAddress address = listen(transport, server);
    Socket socket = fixture.rawSocket(address);
    int count = 5000;
    byte[] frame = frame(MAGIC, new UnknownMessage("large", new byte[5000]));
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      many.write(frame);
    }
    Thread writer =
        new Thread(
            () -> {
              try {
                many.writeTo(socket.getOutputStream());
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    await(() -> size(waiting) == 1);
    runAll(waiting);
    Connection connection = server.connection();
    await(() -> messages(connection) >= 50);
    // The sockets' buffers don't hold 25 MB: only whoever takes the messages lets the writer end.
    assertThat(writer.isAlive()).as("the sender has to wait").isTrue();
    assertThat(messages(connection)).as("one buffer beyond the limit").isLessThan(100);
    await(
        () -> {
          while (size(waiting) > 0) {
            assertThat(size(waiting)).as("one turn at a time").isEqualTo(1);
            assertThat(messages(connection) - server.messages.size()).isLessThan(100);
            runAll(waiting);
          }
          return server.messages.size() == count;
        });
    writer.join();
  }

  /** How many have come on the connection. */
  private static long messages(Connection connection) {
    long bytes = connection.traffic().receivedByType().getOrDefault(MessageType.OTHER, 0L);
    return bytes / (5000 + FrameHeader.SIZE);
  }

  private static int size(List<Runnable> tasks) {
    synchronized (tasks) {
      return tasks.size();
    }
  }

  private static void runAll(List<Runnable> tasks) {
    List<Runnable> now;
    synchronized (tasks) {
      now = List.copyOf(tasks);
      tasks.clear();
    }
    now.forEach(Runnable::run);
  }

  @Test
  void readingCanBePaused() throws IOException {
    transport().connect(listen(transport(), server), false, client, CONNECT_MILLIS);
    Connection in = server.connection();
    in.setReading(false);
    in.send(new Ping(1));
    await(() -> client.messages.size() == 1);
    client.connection().send(new Pong(1));
    await(() -> client.connection().traffic().sent() == 32);
    assertThat(server.messages).isEmpty();
    in.setReading(true);
    await(() -> server.messages.size() == 1);
  }

  @Test
  void whoSendsMuchDoesNotKeepOthersWaiting() throws Exception {
    List<Runnable> waiting = new ArrayList<>();
    NettyTransport transport =
        fixture.transport(
            TransportLimits.DEFAULT,
            task -> {
              synchronized (waiting) {
                waiting.add(task);
              }
            });
    NetAddress address = listen(transport, server);
    Socket loud = fixture.rawSocket(address);
    await(() -> size(waiting) == 1);
    runAll(waiting);
    byte[] frame = frame(MAGIC, new UnknownMessage("loud", new byte[100]));
    for (int i = 0; i < 500; i++) {
      loud.getOutputStream().write(frame);
    }
    Connection first = server.connection();
    await(() -> first.traffic().receivedByType().getOrDefault(MessageType.OTHER, 0L) == 62_000);
    Socket quiet = fixture.rawSocket(address);
    quiet.getOutputStream().write(frame(MAGIC, new GetAddr()));
    await(
        () -> {
          runAll(waiting);
          return server.messages.contains(new GetAddr());
        });
    assertThat(server.messages.size()).as("taken before the one message").isLessThan(400);
  }

  @Test
  void whoDoesNotReadTheAnswersIsNotAskedForMore() throws IOException {
    TransportLimits limits = new TransportLimits(1000, 5_000_000, 200_000, 50_000_000);
    RecordingHandler generous =
        new RecordingHandler() {
          @Override
          public void received(Connection connection, Message message) {
            super.received(connection, message);
            connection.send(new UnknownMessage("answer", new byte[100_000]));
          }
        };
    NetAddress address = listen(fixture.transport(limits), generous);
    Socket socket = fixture.rawSocket(address);
    byte[] question = frame(MAGIC, new GetAddr());
    for (int i = 0; i < 900; i++) {
      socket.getOutputStream().write(question);
    }
    Connection connection = generous.connection();
    await(
        () ->
            connection.traffic().receivedByType().getOrDefault(MessageType.GETADDR, 0L)
                == 900L * question.length);
    await(() -> !connection.writable());
    // What the sockets' buffers take counts too; but never 900 answers, 90 MB.
    assertThat(generous.messages.size()).isLessThan(400);
    socket.getInputStream().skipNBytes(900L * (100_000 + FrameHeader.SIZE));
    await(() -> generous.messages.size() == 900);
    assertThat(generous.closed).isEmpty();
  }

  @Test
  void allTogetherMayNotFillTheMemory() throws IOException {
    // Each may have 50 MB waiting, but all of them together only 3 MB.
    TransportLimits limits = new TransportLimits(100, 1_000_000, 100_000, 50_000_000, 3_000_000);
    NetAddress address = listen(fixture.transport(limits), server);
    Message large = new UnknownMessage("large", new byte[400_000]);
    for (int i = 0; i < 20; i++) {
      fixture.rawSocket(address);
    }
    await(() -> server.connections.size() == 20);
    await(
        () -> {
          server.connections.forEach(connection -> connection.send(large));
          return server.closed.size() >= 10;
        });
    assertThat(server.closed).allMatch(reason -> reason.equals("too much waits to be sent"));
  }

  @Test
  void manyHalfMessagesMayNotFillTheMemory() throws IOException {
    TransportLimits limits = new TransportLimits(100, 1_000_000, 100_000, 50_000_000, 2_000_000);
    NetAddress address = listen(fixture.transport(limits), server);
    byte[] message = frame(MAGIC, new UnknownMessage("large", new byte[600_000]));
    for (int i = 0; i < 8; i++) {
      Socket socket = fixture.rawSocket(address);
      socket.getOutputStream().write(message, 0, 500_000);
    }
    await(() -> server.closed.size() >= 3);
    assertThat(server.closed)
        .allMatch(reason -> reason.equals("too many messages come too slowly"));
    Socket late = fixture.rawSocket(address);
    late.getOutputStream().write(message);
    await(() -> server.messages.size() == 1);
  }
}
