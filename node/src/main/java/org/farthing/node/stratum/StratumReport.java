package org.farthing.node.stratum;

import java.util.List;

/**
 * What is known of the miners at the Stratum port.
 *
 * @param host where it listens
 * @param port the TCP port
 * @param refusedConnections that were more than there is room for
 */
public record StratumReport(
    String host, int port, long refusedConnections, List<Connection> connections) {
  public StratumReport {
    connections = List.copyOf(connections);
  }

  /**
   * @param id counted from 1 since the start
   * @param address where it comes from
   * @param software as it calls itself; may be empty
   * @param workers names that were authorised
   * @param difficulty of its shares now
   * @param hashesPerSecond that its shares of the last ten minutes speak of
   */
  public record Connection(
      long id,
      String address,
      long sinceSeconds,
      String software,
      List<String> workers,
      double difficulty,
      double hashesPerSecond,
      ShareCounts shares) {
    public Connection {
      workers = List.copyOf(workers);
    }
  }

  /**
   * How shares were answered.
   *
   * @param blocks accepted shares that were blocks, and are in the chain
   * @param lastSeconds when the last one was accepted, seconds since 1970; 0 for never
   */
  public record ShareCounts(
      long accepted,
      long stale,
      long duplicate,
      long lowDifficulty,
      long otherwiseRefused,
      long blocks,
      long lastSeconds) {}
}
