package org.farthing.node.zmq;

import org.farthing.node.config.ZmqAddress.Topic;

/** Where messages go. */
interface Messages {
  /** Whether anybody may read messages of the topic: others need not be made. */
  boolean has(Topic topic);

  /** Sends a message to whoever reads the topic. */
  void publish(Topic topic, byte[] body);
}
