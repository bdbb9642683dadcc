package org.farthing.node.stratum;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.mining.Payout;

/**
 * Who works at one connection, and for whom. A worker's name may begin with an address, {@code
 * address.name}: that is then paid; all workers of one connection are paid alike.
 */
final class Workers {
  private static final int MOST = 64;
  private static final int LONGEST_NAME = 256;

  private final WorkSource node;
  private final Set<String> names = new LinkedHashSet<>();
  private Payout payout;

  Workers(WorkSource node) {
    this.node = node;
  }

  void authorize(String name) throws StratumException {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new StratumException(StratumError.UNAUTHORIZED, "A worker's name is wanting, or long");
    }
    Optional<Script> address = node.address(name.split("\\.", 2)[0]);
    if (payout == null) {
      payout =
          address
              .map(Payout::to)
              .or(node::usualPayout)
              .orElseThrow(
                  () ->
                      new StratumException(
                          StratumError.UNAUTHORIZED,
                          "The worker's name must begin with an address of this network"));
    } else if (address.isPresent() && !address.get().equals(payout.script())) {
      throw new StratumException(
          StratumError.UNAUTHORIZED, "All workers of a connection are paid to one address");
    }
    if (names.size() >= MOST && !names.contains(name)) {
      throw new StratumException(StratumError.UNAUTHORIZED, "Too many workers");
    }
    names.add(name);
  }

  boolean isAuthorized(String name) {
    return names.contains(name);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** Whom the next block pays; there has to be a worker. */
  Payout payout() {
    return payout;
  }
}
