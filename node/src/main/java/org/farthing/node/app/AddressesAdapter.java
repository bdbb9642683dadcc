package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.rpc.port.AddressesPort;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;

/** The addresses of other nodes, as RPC methods see them. On the node thread. */
record AddressesAdapter(NodeCore core, Clock clock, Random random) implements AddressesPort {
  @Override
  public List<TimedAddress> sample(int count, Optional<AddressNetwork> network) {
    return core.book()
        .sample(
            random,
            count == 0 ? Integer.MAX_VALUE : count,
            address ->
                (network.isEmpty() || address.network() == network.get())
                    && core.bans().isWelcome(address));
  }

  @Override
  public List<Known> all() {
    return core.book().all().stream()
        .map(known -> new Known(known.address(), known.source(), known.tried()))
        .toList();
  }

  @Override
  public boolean add(NetAddress address) {
    long services = Services.NETWORK | Services.WITNESS;
    return core.book()
        .add(new TimedAddress(clock.nowSeconds(), services, address), address, clock.nowMillis());
  }

  @Override
  public boolean markTried(NetAddress address) {
    return core.book().markTried(address);
  }
}
