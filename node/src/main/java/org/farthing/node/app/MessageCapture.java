package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.node.time.Clock;
import org.farthing.node.transport.MessageTap;
import org.farthing.node.wire.CapturedMessage;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the messages of each peer to two files in a folder of its address, {@code msgs_recv.dat}
 * and {@code msgs_sent.dat}, as Bitcoin Core's {@code -capturemessages} does. Whoever wants that
 * looks for faults: should the disk be full, the node goes on without.
 */
final class MessageCapture implements MessageTap.Source {
  private static final Logger LOG = LoggerFactory.getLogger(MessageCapture.class);
  private static final long MICROS = 1000;

  private final Path folder;
  private final Clock clock;

  MessageCapture(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public MessageTap tap(NetAddress remote) {
    // As in Bitcoin Core, for systems whose files may have no colon in their names.
    Path ofPeer = folder.resolve(remote.toString().replace(':', '_'));
    Path received = ofPeer.resolve("msgs_recv.dat");
    Path sent = ofPeer.resolve("msgs_sent.dat");
    return new MessageTap() {
      @Override
      public void received(String command, Supplier<byte[]> payload) {
        append(received, command, payload.get());
      }

      @Override
      public void sent(String command, byte[] payload) {
        append(sent, command, payload);
      }
    };
  }

  private void append(Path file, String command, byte[] payload) {
    ByteWriter out = new ByteWriter(CapturedMessage.HEADER_SIZE + payload.length);
    CapturedMessage.write(out, clock.nowMillis() * MICROS, command, payload);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, out.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.error("Message could not be captured to {}: {}", file, e.toString());
    }
  }
}
