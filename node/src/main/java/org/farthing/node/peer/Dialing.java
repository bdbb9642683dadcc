package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.node.wire.NetAddress;

/** The calls whose outcome is not known yet. Owned by the node thread. */
final class Dialing {
  private final Map<NetAddress, Call> calls = new LinkedHashMap<>();
  private final Map<NetAddress, List<Runnable>> waiting = new HashMap<>();

  void begin(Call call) {
    calls.put(call.address(), call);
  }

  /** The call that it was, if it was one of ours; whoever waits for its outcome is told. */
  Optional<Call> ended(NetAddress address) {
    Call call = calls.remove(address);
    Optional.ofNullable(waiting.remove(address)).ifPresent(all -> all.forEach(Runnable::run));
    return Optional.ofNullable(call);
  }

  /** Does something as soon as no call to the address is being made. */
  void whenEnded(NetAddress address, Runnable action) {
    if (calls.containsKey(address)) {
      waiting.computeIfAbsent(address, any -> new ArrayList<>()).add(action);
    } else {
      action.run();
    }
  }

  boolean contains(NetAddress address) {
    return calls.containsKey(address);
  }

  /** The calls as connections that do not stand yet, the oldest first. */
  List<Outgoing> outgoing() {
    return calls.values().stream()
        .map(call -> new Outgoing(call.address(), call.kind(), Outgoing.Stage.DIALING))
        .toList();
  }
}
