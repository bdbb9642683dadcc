package org.farthing.node.peer;

import java.util.List;

/**
 * Where a node learns of others while it knows few.
 *
 * @param nodes hosts that are asked for addresses once ({@code -seednode})
 * @param names that resolve to addresses of nodes
 * @param fixed addresses that are part of the program
 */
public record PeerSources(List<String> nodes, Names names, Fixed fixed) {
  /** Nothing: all addresses come from elsewhere. */
  public static final PeerSources NONE =
      new PeerSources(
          List.of(), new Names(List.of(), List.of(), false, false), new Fixed(List.of(), false));

  public PeerSources {
    nodes = List.copyOf(nodes);
  }

  /**
   * @param ofNetwork the network's own: they can be asked for nodes that have blocks with witnesses
   * @param ofOperator those that the operator named, to be looked up as they are
   * @param wanted whether they are asked at all ({@code -dnsseed})
   * @param forced whether they are asked although enough addresses are known
   */
  public record Names(
      List<String> ofNetwork, List<String> ofOperator, boolean wanted, boolean forced) {
    public Names {
      ofNetwork = List.copyOf(ofNetwork);
      ofOperator = List.copyOf(ofOperator);
    }
  }

  /**
   * @param addresses each with a port
   * @param wanted whether they count ({@code -fixedseeds})
   */
  public record Fixed(List<String> addresses, boolean wanted) {
    public Fixed {
      addresses = List.copyOf(addresses);
    }
  }
}
