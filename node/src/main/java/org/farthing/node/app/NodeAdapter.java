package org.farthing.node.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.rpc.port.LogPort;
import org.farthing.node.rpc.port.NodePort;

/** The node as a whole, as RPC methods see it. */
record NodeAdapter(Node node, NodeClock clock, Warnings current, List<ZmqAddress> zmqNotifications)
    implements NodePort {
  NodeAdapter {
    zmqNotifications = List.copyOf(zmqNotifications);
  }

  @Override
  public void stop() {
    node.stop();
  }

  @Override
  public long uptimeSeconds() {
    return node.uptimeSeconds();
  }

  @Override
  public long nowMillis() {
    return clock.nowMillis();
  }

  @Override
  public long systemMillis() {
    return clock.systemMillis();
  }

  @Override
  public void setMockTime(OptionalLong seconds) {
    clock.mock(seconds);
    node.timeChanged();
  }

  @Override
  public void advanceTimers(long seconds) {
    node.advanceTimers(seconds);
  }

  @Override
  public List<String> warnings() {
    return current.texts();
  }

  private Optional<DataDirectory> data() {
    return node.config().folder();
  }

  @Override
  public Optional<Path> folder() {
    return data().map(DataDirectory::folder);
  }

  @Override
  public Optional<Path> logFile() {
    return data().map(DataDirectory::log);
  }

  @Override
  public LogPort log() {
    return node.log();
  }

  @Override
  public boolean allowsDeprecated(String method) {
    return node.config().rpc().limits().deprecated().contains(method);
  }

  @Override
  public long diskBytes() {
    return data().map(DataDirectory::chainstate).map(NodeAdapter::sizeOfAll).orElse(0L);
  }

  private static long sizeOfAll(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(NodeAdapter::size).sum();
    } catch (IOException | UncheckedIOException e) {
      // The database renames its files while we look.
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
