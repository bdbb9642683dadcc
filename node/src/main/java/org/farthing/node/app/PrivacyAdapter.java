package org.farthing.node.app;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.peer.Routes;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.sync.PrivateBroadcast;
import org.farthing.node.sync.PrivateBroadcaster;
import org.farthing.node.time.Clock;
import org.farthing.node.transport.Proxy;
import org.farthing.node.wire.AddressNetwork;

/**
 * How other nodes are reached, and what they do not learn, as RPC methods see it. On the node
 * thread.
 *
 * @param isPrivate transactions of callers go to few peers only
 */
record PrivacyAdapter(NodeCore core, Clock clock, boolean isPrivate) implements PrivacyPort {
  @Override
  public List<Way> ways() {
    return Arrays.stream(AddressNetwork.values()).map(this::way).toList();
  }

  private Way way(AddressNetwork network) {
    Routes routes = core.routes();
    Optional<Proxy> proxy = routes.proxy(network);
    return new Way(
        network,
        routes.isReachable(network),
        proxy.map(Proxy::toString),
        proxy.filter(Proxy::isolated).isPresent());
  }

  private PrivateBroadcaster broadcaster() {
    return core.gossip().privately();
  }

  @Override
  public boolean canHide() {
    return broadcaster().canHide();
  }

  @Override
  public boolean send(Transaction transaction) {
    return broadcaster().send(transaction, clock.nowMillis());
  }

  @Override
  public List<Sending> sendings() {
    return broadcaster().all().stream()
        .map(
            progress ->
                new Sending(
                    progress.transaction(),
                    seconds(progress.addedMillis()),
                    progress.attemptsRemaining(),
                    progress.deliveries().stream().map(PrivacyAdapter::delivery).toList()))
        .toList();
  }

  private static Delivery delivery(PrivateBroadcast.Delivery delivery) {
    OptionalLong received = delivery.receivedMillis();
    return new Delivery(
        delivery.address().toString(),
        seconds(delivery.sentMillis()),
        received.isPresent()
            ? OptionalLong.of(seconds(received.getAsLong()))
            : OptionalLong.empty());
  }

  private static long seconds(long millis) {
    return Math.floorDiv(millis, 1000L);
  }

  @Override
  public List<Transaction> abort(String id) {
    return broadcaster().abort(id);
  }
}
