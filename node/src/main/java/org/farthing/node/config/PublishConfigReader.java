package org.farthing.node.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of {@link PublishConfig}. */
final class PublishConfigReader {
  private static final int DEFAULT_HIGH_WATER_MARK = 1000;
  private static final int DEFAULT_EVENTS_MIB = 256;
  private static final int DEFAULT_EVENTS_HOURS = 14 * 24;

  private PublishConfigReader() {}

  static PublishConfig read(OptionReader in) throws ConfigException {
    OptionalInt metricsPort =
        in.has(Option.METRICS_PORT)
            ? OptionalInt.of(in.port(Option.METRICS_PORT, 0))
            : OptionalInt.empty();
    return new PublishConfig(
        in.flag(Option.REST, false), zmq(in), events(in), electrum(in), metricsPort);
  }

  private static Optional<EventsConfig> events(OptionReader in) throws ConfigException {
    EventsConfig config =
        new EventsConfig(
            in.integer(Option.EVENTS_MAX_SIZE, DEFAULT_EVENTS_MIB, 1, 1 << 20),
            in.integer(Option.EVENTS_MAX_AGE, DEFAULT_EVENTS_HOURS, 1, 24 * 365 * 10),
            in.all(Option.EVENTS_ORIGIN));
    return in.flag(Option.EVENTS, false) ? Optional.of(config) : Optional.empty();
  }

  private static Optional<BindAddress> electrum(OptionReader in) throws ConfigException {
    Optional<String> address = in.text(Option.ELECTRUM);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (!in.flag(Option.ADDRESS_INDEX, false) || !in.flag(Option.TX_INDEX, false)) {
      throw new ConfigException(
          "Electrum clients ask for the history of addresses: -electrum needs -addressindex and"
              + " -txindex too.");
    }
    return Optional.of(BindAddress.parse(address.get(), "electrum"));
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
