package org.farthing.node.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.node.wire.NetAddress;

/** Writes down what travels: into the trace, and how much it is for each machine and command. */
final class Meter implements NetworkObserver {
  private final EventTrace trace;
  private final Map<NetAddress, Volume> machines = new HashMap<>();
  private final Map<String, long[]> commands = new TreeMap<>();

  /** Bytes with the headers of messages. */
  private static final class Volume {
    long sent;
    long received;
  }

  Meter(EventTrace trace) {
    this.trace = trace;
  }

  @Override
  public void arrived(Passage passage) {
    String command = passage.message().command();
    int bytes = passage.bytes();
    trace.add(command, passage.from(), passage.to(), bytes, passage.fingerprint());
    volume(passage.sender()).sent += bytes;
    volume(passage.to()).received += bytes;
    long[] count = commands.computeIfAbsent(command, name -> new long[2]);
    count[0]++;
    count[1] += bytes;
  }

  private Volume volume(NetAddress machine) {
    return machines.computeIfAbsent(machine.withPort(0), address -> new Volume());
  }

  @Override
  public void opened(NetAddress from, NetAddress to) {
    trace.add("opened", from, to, 0, 0);
  }

  @Override
  public void closed(NetAddress local, NetAddress remote, String reason) {
    trace.add("closed", local, remote, 0, reason.hashCode());
  }

  /** Bytes that these machines have sent. */
  Distribution sent(List<SimulatedTransport> hosts) {
    return Distribution.of(hosts.stream().map(host -> volume(host.address()).sent).toList());
  }

  Distribution received(List<SimulatedTransport> hosts) {
    return Distribution.of(hosts.stream().map(host -> volume(host.address()).received).toList());
  }

  /**
   * Takes each command with how many of it arrived, and how many bytes these had; in alphabetical
   * order.
   */
  interface CommandReader {
    void command(String name, long messages, long bytes);
  }

  void forEachCommand(CommandReader reader) {
    commands.forEach((name, count) -> reader.command(name, count[0], count[1]));
  }
}
