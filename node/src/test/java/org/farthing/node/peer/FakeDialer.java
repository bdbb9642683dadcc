package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TestAddress;

/** A network in which every call is answered at once, and that remembers what was asked of it. */
final class FakeDialer implements Dialer {
  /** All calls, in order. */
  final List<Call> calls = new ArrayList<>();

  /** Connections that stand. */
  final List<Outgoing> standing = new ArrayList<>();

  /** Hosts that were looked up, in order. */
  final List<String> lookups = new ArrayList<>();

  /** What names lead to; of others nothing is known, unless they are addresses. */
  final Map<String, List<NetAddress>> names = new HashMap<>();

  final Set<NetAddress> unwelcome = new HashSet<>();
  final Set<AddressNetwork> reachable =
      EnumSet.of(AddressNetwork.IPV4, AddressNetwork.IPV6, AddressNetwork.TORV3);
  Slots slots = Slots.of(125);
  boolean active = true;

  static NetAddress address(String text) {
    return TestAddress.of(text, 0);
  }

  List<NetAddress> dialed() {
    return calls.stream().map(Call::address).toList();
  }

  List<NetAddress> dialed(ConnectionKind kind) {
    return calls.stream().filter(call -> call.kind() == kind).map(Call::address).toList();
  }

  /** All connections break. */
  void hangUp() {
    standing.clear();
  }

  void hangUp(ConnectionKind kind) {
    standing.removeIf(each -> each.kind() == kind);
  }

  @Override
  public void resolve(String host, Consumer<List<NetAddress>> then) {
    lookups.add(host);
    if (names.containsKey(host)) {
      then.accept(names.get(host));
      return;
    }
    List<NetAddress> found = new ArrayList<>();
    try {
      found.add(NetAddress.parse(host, 0));
    } catch (DecodeException e) {
      // A name that leads nowhere.
    }
    then.accept(found);
  }

  @Override
  public void dial(Call call) {
    calls.add(call);
    standing.add(new Outgoing(call.address(), call.kind(), Outgoing.Stage.READY));
  }

  @Override
  public boolean isWelcome(NetAddress address) {
    return !unwelcome.contains(address);
  }

  @Override
  public boolean isReachable(AddressNetwork network) {
    return reachable.contains(network);
  }

  @Override
  public int slots(ConnectionKind kind) {
    return active ? slots.of(kind) : 0;
  }

  @Override
  public boolean isTaken(NetAddress address) {
    return standing.stream().anyMatch(each -> each.address().equals(address));
  }

  @Override
  public List<Outgoing> outgoing() {
    return List.copyOf(standing);
  }

  @Override
  public boolean suits(long services) {
    return Services.has(services, Services.NETWORK | Services.WITNESS);
  }
}
