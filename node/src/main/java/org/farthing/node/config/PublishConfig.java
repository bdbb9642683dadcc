package org.farthing.node.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Beside RPC: how programs hear of the node.
 *
 * @param rest anybody who reaches the RPC port may read blocks and transactions there
 * @param zmq where messages are published over ZeroMQ
 * @param events if there is an event stream at the RPC port
 * @param electrum where clients of the Electrum protocol are served
 * @param metricsPort of this machine's loopback, if the node may be watched; 0 lets the system
 *     choose
 */
public record PublishConfig(
    boolean rest,
    List<ZmqAddress> zmq,
    Optional<EventsConfig> events,
    Optional<BindAddress> electrum,
    OptionalInt metricsPort) {
  public PublishConfig {
    zmq = List.copyOf(zmq);
  }
}
