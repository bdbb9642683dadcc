package org.farthing.node.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.config.ZmqAddress.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

@Timeout(60)
class ZmqPublisherIT {
  private static final int BODY_BYTES = 1_000_000;

  /** Half a gigabyte for nobody: it is lost, which the reader sees by the numbers. */
  @Test
  void aReaderThatDoesNotReadLosesMessages() {
    ZmqAddress address = new ZmqAddress(Topic.RAW_BLOCK, "tcp://127.0.0.1:*", 2);
    ZMQ.Context context = ZMQ.context(1);
    try (ZmqPublisher publisher = ZmqPublisher.open(List.of(address)).orElseThrow();
        ZMQ.Socket socket = context.socket(SocketType.SUB)) {
      socket.setRcvHWM(1);
      socket.subscribe("rawblock");
      socket.setReceiveTimeOut(100);
      socket.connect(publisher.addresses().get(0).address());
      byte[] body = new byte[BODY_BYTES];
      int last = -1;
      int published = 0;
      while (last < 0) {
        publisher.publish(Topic.RAW_BLOCK, body);
        published++;
        last = number(socket);
      }
      for (int i = 0; i < 500; i++) {
        publisher.publish(Topic.RAW_BLOCK, body);
      }
      int read = 0;
      for (int number = number(socket); number >= 0; number = number(socket)) {
        assertThat(number).isGreaterThan(last);
        last = number;
        read++;
      }
      publisher.publish(Topic.RAW_BLOCK, body);
      socket.setReceiveTimeOut(30_000);
      assertThat(number(socket)).isEqualTo(published + 500);
      assertThat(read).isLessThan(500);
    } finally {
      context.close();
    }
  }

  /** Of the next message; -1 if none comes soon. */
  private static int number(ZMQ.Socket socket) {
    if (socket.recv() == null) {
      return -1;
    }
    assertThat(socket.recv()).hasSize(BODY_BYTES);
    return ByteBuffer.wrap(socket.recv()).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Test
  void topicsAtOneAddressShareASocket() {
    String address = "tcp://127.0.0.1:*";
    try (ZmqPublisher publisher =
        ZmqPublisher.open(
                List.of(
                    new ZmqAddress(Topic.HASH_BLOCK, address, 10),
                    new ZmqAddress(Topic.HASH_TX, address, 10)))
            .orElseThrow()) {
      assertThat(publisher.addresses().get(0).address())
          .isEqualTo(publisher.addresses().get(1).address());
      assertThat(publisher.has(Topic.HASH_TX)).isTrue();
      assertThat(publisher.has(Topic.RAW_TX)).isFalse();
    }
  }
}
