package org.farthing.node.config;

import java.util.List;

/**
 * Whom the node talks to.
 *
 * @param listen accept connections from others
 * @param binds the local addresses to listen on
 * @param port the TCP port to listen on, where an address has none; 0 lets the system choose
 * @param link how bytes travel
 * @param outgoing whom it calls
 * @param peers how many it has, and which of them may do more than others
 * @param privacy through what it reaches them, and what they are not to learn
 * @param addresses how it finds others, and is found
 */
public record P2pConfig(
    boolean listen,
    List<BindAddress> binds,
    int port,
    Link link,
    Outgoing outgoing,
    Peers peers,
    PrivacyConfig privacy,
    AddressConfig addresses) {
  public P2pConfig {
    binds = List.copyOf(binds);
  }

  /** Whether the encrypted protocol (BIP324) is spoken with those who know it. */
  public boolean encrypted() {
    return link.encrypted();
  }

  /**
   * @param encrypted whether the encrypted protocol (BIP324) is spoken with those who know it
   * @param captures all messages are written to files
   * @param sendBufferBytes that may wait to be sent to a peer, before nothing more is taken of it
   * @param receiveBufferBytes that may have come of a peer and wait, before it is not read from
   */
  public record Link(
      boolean encrypted, boolean captures, int sendBufferBytes, int receiveBufferBytes) {}

  /**
   * @param automatic the node looks for peers itself, with the addresses that it knows
   * @param connect to these, and again when a connection is lost; with any of them {@code
   *     automatic} is false
   * @param addNodes to these too, in any case
   * @param seeds names that resolve to many addresses of nodes
   */
  public record Outgoing(
      boolean automatic, List<String> connect, List<String> addNodes, List<String> seeds) {
    public Outgoing {
      connect = List.copyOf(connect);
      addNodes = List.copyOf(addNodes);
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * @param maxConnections peers at most, both ways together
   * @param inboundRelayPercent of those who call us, how many may be told of transactions
   * @param patience how long peers may take
   * @param blocksOnly transactions are taken only from those whom the whitelist lets relay
   * @param serving what peers are offered beside blocks and transactions, and how much of all
   * @param banSeconds how long a ban lasts if nobody says anything
   * @param active false: nobody is talked to until somebody turns that on
   */
  public record Peers(
      int maxConnections,
      int inboundRelayPercent,
      Patience patience,
      boolean blocksOnly,
      Serving serving,
      Whitelist whitelist,
      long banSeconds,
      boolean active) {}

  /**
   * How long peers may take.
   *
   * @param connectMillis until a connection stands
   * @param handshakeSeconds until a peer has said who it is
   */
  public record Patience(int connectMillis, int handshakeSeconds) {
    /** What a node does if nobody says anything. */
    public static final Patience USUAL = new Patience(5_000, 60);
  }

  /**
   * What peers are offered.
   *
   * @param blockFilters the filters of blocks (BIP157)
   * @param bloomFilters only what passes a filter of theirs (BIP37, BIP111)
   * @param dailyBytes how much is sent in a day, if it can be helped; 0: as much as they want
   * @param extraTransactions that are kept beside the mempool, so that blocks can be put together
   *     from them (BIP152)
   */
  public record Serving(
      boolean blockFilters, boolean bloomFilters, long dailyBytes, int extraTransactions) {
    /** What a node does if nobody says anything. */
    public static final Serving USUAL = new Serving(false, false, 0, 100);
  }
}
