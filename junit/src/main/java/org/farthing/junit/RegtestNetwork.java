package org.farthing.junit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;

/**
 * Several nodes in this JVM, connected to each other over real sockets on the loopback interface.
 * Each has a funded wallet. Connections are cut and made at will:
 *
 * <pre>{@code
 * try (RegtestNetwork network = RegtestNetwork.of(3)) {
 *   network.split(network.node(0));
 *   network.node(0).mine(1);
 *   network.node(1).mine(2);
 *   network.heal();
 *   network.awaitSync();      // node 0 has gone over to the longer branch
 * }
 * }</pre>
 *
 * For one thread at a time; the nodes themselves are for any.
 */
public final class RegtestNetwork implements AutoCloseable {
  /** Up to this number each node is connected to each other. */
  private static final int MOST_FULLY_CONNECTED = 6;

  private final List<RegtestNode> nodes;
  private final List<Link> links = new ArrayList<>();

  /** What {@link #split} has cut. */
  private final List<Link> cut = new ArrayList<>();

  private RegtestNetwork(List<RegtestNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** So many nodes of the usual kind. */
  public static RegtestNetwork of(int count) {
    return of(count, settings -> settings);
  }

  /**
   * So many nodes, connected to each other.
   *
   * @param settings applied to the builder of each, which has a name already
   */
  public static RegtestNetwork of(int count, UnaryOperator<RegtestBuilder> settings) {
    if (count < 1) {
      throw new IllegalArgumentException("a network of " + count + " nodes");
    }
    List<RegtestNode> started = new ArrayList<>();
    RegtestNetwork network = null;
    try {
      for (int i = 0; i < count; i++) {
        started.add(settings.apply(RegtestNode.builder().name("node-" + i)).startUnfunded());
      }
      network = new RegtestNetwork(started);
      network.fund(settings.apply(RegtestNode.builder()).coinsWanted());
      network.connectAll();
      return network;
    } catch (RuntimeException | Error e) {
      started.forEach(RegtestNode::close);
      throw e;
    }
  }

  /** One node mines for all, and the others take its blocks. */
  private void fund(int coins) {
    RegtestNode miner = node(0);
    if (coins == 0 || nodes.stream().anyMatch(node -> node.height() > 0)) {
      return;
    }
    nodes.forEach(node -> miner.mineTo(node.newAddress(), coins));
    miner.mineMaturity();
    for (RegtestNode node : nodes.subList(1, nodes.size())) {
      for (int height = 1; height <= miner.height(); height++) {
        node.submit(miner.block(height));
      }
    }
  }

  private void connectAll() {
    for (int i = 1; i < nodes.size(); i++) {
      for (int j = 0; j < i; j++) {
        // In large networks each is connected to a few, and none is far from any other.
        if (nodes.size() <= MOST_FULLY_CONNECTED || j == i - 1 || j == i / 2) {
          connect(nodes.get(i), nodes.get(j));
        }
      }
    }
  }

  public List<RegtestNode> nodes() {
    return nodes;
  }

  public RegtestNode node(int index) {
    return nodes.get(index);
  }

  /** Connects two nodes; no effect if they are connected already. */
  public void connect(RegtestNode one, RegtestNode other) {
    if (one == other || !nodes.contains(one) || !nodes.contains(other)) {
      throw new IllegalArgumentException("two nodes of this network: " + one + ", " + other);
    }
    if (links.stream().noneMatch(link -> link.joins(one, other))) {
      open(new Link(one, other));
    }
  }

  private void open(Link link) {
    link.open();
    links.add(link);
  }

  /** Cuts the connection between two nodes, if there is one. */
  public void disconnect(RegtestNode one, RegtestNode other) {
    closeAll(links.stream().filter(link -> link.joins(one, other)).toList());
  }

  private void closeAll(Collection<Link> some) {
    List<Link> closing = List.copyOf(some);
    closing.forEach(Link::close);
    links.removeAll(closing);
  }

  /** Cuts all connections between these nodes and the others: a partition of the network. */
  public void split(RegtestNode... group) {
    Set<RegtestNode> inside = Set.of(group);
    List<Link> between =
        links.stream()
            .filter(link -> inside.contains(link.from()) != inside.contains(link.to()))
            .toList();
    closeAll(between);
    cut.addAll(between);
  }

  /** Makes the connections again that {@link #split} has cut. */
  public void heal() {
    List<Link> opening = List.copyOf(cut);
    cut.clear();
    opening.stream()
        .filter(link -> links.stream().noneMatch(one -> one.joins(link.from(), link.to())))
        .forEach(this::open);
  }

  /**
   * Waits until all nodes that are connected, directly or by way of others, have the same tip and
   * the same transactions waiting.
   */
  public void awaitSync() {
    awaitSync(Wait.LIMIT);
  }

  /**
   * The same with another limit.
   *
   * @throws AssertionError if it takes longer
   */
  public void awaitSync(Duration limit) {
    List<Set<RegtestNode>> groups = groups();
    Wait.until(
        () -> groups.stream().allMatch(group -> views(group).size() == 1), limit, this::situation);
  }

  /** What a node knows that others should know too. */
  private record View(BlockHash tip, Set<Txid> waiting) {
    static View of(RegtestNode node) {
      return new View(
          node.tip(),
          node.mempool().entries().stream().map(MempoolEntry::txid).collect(Collectors.toSet()));
    }
  }

  private static Set<View> views(Set<RegtestNode> group) {
    return group.stream().map(View::of).collect(Collectors.toSet());
  }

  private String situation() {
    return "not the same everywhere: "
        + nodes.stream()
            .map(
                node ->
                    "%s at %d (%s) with %d waiting"
                        .formatted(node, node.height(), node.tip(), node.mempool().count()))
            .collect(Collectors.joining("; "));
  }

  /** The parts of the network that are not connected to each other. */
  private List<Set<RegtestNode>> groups() {
    List<Set<RegtestNode>> groups = new ArrayList<>();
    Set<RegtestNode> seen = new HashSet<>();
    for (RegtestNode node : nodes) {
      if (!seen.contains(node)) {
        Set<RegtestNode> group = reachableFrom(node);
        seen.addAll(group);
        groups.add(group);
      }
    }
    return groups;
  }

  private Set<RegtestNode> reachableFrom(RegtestNode start) {
    Set<RegtestNode> reached = new LinkedHashSet<>(Set.of(start));
    Deque<RegtestNode> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      RegtestNode node = open.remove();
      for (Link link : links) {
        RegtestNode next = link.from() == node ? link.to() : link.from();
        if ((link.from() == node || link.to() == node) && reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  /** Puts the clocks of all nodes forward. */
  public void advanceTime(Duration duration) {
    nodes.forEach(node -> node.advanceTime(duration));
  }

  /** Marks all nodes as they are now, and who is connected to whom. */
  public NetworkSnapshot snapshot() {
    return new NetworkSnapshot(
        this, nodes.stream().map(RegtestNode::snapshot).toList(), List.copyOf(links));
  }

  /**
   * Makes all nodes what they were at the snapshot, and connects those that were connected then.
   *
   * @throws IllegalArgumentException if the snapshot has ended, or is another network's
   */
  public void revert(NetworkSnapshot snapshot) {
    List<NodeSnapshot> marked = snapshot.nodesOf(this);
    // Nobody may bring a node that has gone back up to date again.
    closeAll(links);
    cut.clear();
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).revert(marked.get(i));
    }
    snapshot.links().forEach(this::open);
  }

  /** Lets go of a snapshot; the network stays as it is. */
  public void release(NetworkSnapshot snapshot) {
    List<NodeSnapshot> marked = snapshot.nodesOf(this);
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).release(marked.get(i));
    }
  }

  /** Whether a node has been closed: then there is no way back. */
  boolean isClosed() {
    return nodes.stream().anyMatch(RegtestNode::isClosed);
  }

  /** Stops all nodes. */
  @Override
  public void close() {
    nodes.forEach(RegtestNode::close);
  }
}
