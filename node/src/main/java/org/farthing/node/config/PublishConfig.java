package org.farthing.node.config;

import java.util.List;

/**
 * Beside RPC: how programs hear of the node.
 *
 * @param rest anybody who reaches the RPC port may read blocks and transactions there
 * @param zmq where messages are published over ZeroMQ
 */
public record PublishConfig(boolean rest, List<ZmqAddress> zmq) {
  public PublishConfig {
    zmq = List.copyOf(zmq);
  }
}
