package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.port.AddressesPort;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;

/** The addresses of other nodes, as RPC methods see them. On the node thread. */
record AddressesAdapter(NodeCore core, Clock clock) implements AddressesPort {
  @Override
  public List<TimedAddress> sample(int count, Optional<AddressNetwork> network) {
    return core.book().sample(count, 0, network, clock.nowMillis()).stream()
        .filter(told -> core.bans().isWelcome(told.address()))
        .toList();
  }

  @Override
  public List<Known> all() {
    return core.book().all().stream()
        .map(
            known ->
                new Known(
                    known.address(),
                    known.source(),
                    known.tried(),
                    known.bucket(),
                    known.position()))
        .toList();
  }

  @Override
  public Count count(AddressNetwork network) {
    return new Count(core.book().freshCount(network), core.book().triedCount(network));
  }

  @Override
  public boolean add(NetAddress address) {
    long services = Services.NETWORK | Services.WITNESS;
    NetAddress known = core.routes().known(address);
    return core.book()
        .add(new TimedAddress(clock.nowSeconds(), services, known), known, clock.nowMillis());
  }

  @Override
  public boolean markTried(NetAddress address) {
    return core.book().succeeded(core.routes().known(address), clock.nowMillis());
  }
}
