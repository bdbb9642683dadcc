package org.farthing.node.config;

import java.util.ArrayList;
import java.util.List;

/** The options of {@link PublishConfig}. */
final class PublishConfigReader {
  private static final int DEFAULT_HIGH_WATER_MARK = 1000;

  private PublishConfigReader() {}

  static PublishConfig read(OptionReader in) throws ConfigException {
    return new PublishConfig(in.flag(Option.REST, false), zmq(in));
  }

  private static List<ZmqAddress> zmq(OptionReader in) throws ConfigException {
    List<ZmqAddress> all = new ArrayList<>();
    for (ZmqAddress.Topic topic : ZmqAddress.Topic.values()) {
      // Zero: as many as there is memory for.
      int highWaterMark =
          in.integer(topic.highWaterMarkOption(), DEFAULT_HIGH_WATER_MARK, 0, Integer.MAX_VALUE);
      for (String address : in.all(topic.addresses())) {
        all.add(ZmqAddress.of(topic, address, highWaterMark));
      }
    }
    return all;
  }
}
