package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.awaitSameTip;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.farthing.node.simulation.adversary.Attack;
import org.farthing.node.wire.NetAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each adversary of the simulator, and all of them together, against two nodes with real threads,
 * files and sockets: these keep each other, go on on the best chain, and hold no more than they
 * may.
 */
@Timeout(120)
class AttackIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BLOCKS = 300;
  private static final int OF_EACH = 3;
  private static final String HOSTILE = "/Adversary:";

  /**
   * Of one group of sources, in Bitcoin Core 64 buckets with 64 places, and those that were tried.
   */
  private static final int MAX_ADDRESSES = 64 * 64 + 100;

  /** All that wait for their parents, by weight: 24 peers at most with 404,000 each. */
  private static final int MAX_ORPHANS = 3000;

  private static final long MAX_MORE_HEAP = 128L << 20;

  /** As in Bitcoin Core: what they do costs them nothing, and their targets hardly anything. */
  private static final Set<Attack> FORGIVEN =
      EnumSet.of(
          Attack.ADDRESS_FLOOD,
          Attack.HEADER_FLOOD,
          Attack.INVENTORY_FLOOD,
          Attack.ORPHAN_FLOOD,
          Attack.TIME_WARP);

  /**
   * By what it is seen that an attack has come to its target: so many bytes of a message. Others
   * are seen by what becomes of the attackers: the connection ends.
   */
  private record Sign(String command, int bytes) {}

  private static final Map<Attack, Sign> SIGNS =
      Map.of(
          Attack.ADDRESS_FLOOD, new Sign("addrv2", 50_000),
          Attack.HEADER_FLOOD, new Sign("headers", 40_000),
          Attack.STALLING_DOWNLOAD, new Sign("headers", 100),
          Attack.LYING_COMPACT_BLOCKS, new Sign("cmpctblock", 400),
          Attack.INVENTORY_FLOOD, new Sign("inv", 90_000),
          Attack.ORPHAN_FLOOD, new Sign("tx", 250_000),
          Attack.SLOW_READER, new Sign("getdata", 100_000),
          Attack.TIME_WARP, new Sign("headers", 300));

  @TempDir static Path folder;
  private static TestNodes nodes;
  private static Node target;
  private static Node friend;
  private static TestRpc ours;
  private static TestRpc theirs;

  @BeforeAll
  static void twoNodes() throws Exception {
    nodes = new TestNodes(folder);
    target = nodes.start("target");
    friend = nodes.start("friend", TestNodes.address(target));
    ours = rpc(target);
    theirs = rpc(friend);
    ours.call("generatetoaddress", BLOCKS, ADDRESS);
    awaitSameTip(ours, theirs);
  }

  @AfterAll
  static void close() {
    nodes.close();
  }

  private static Stream<JsonNode> peers(TestRpc rpc, Predicate<String> subversion) {
    return StreamSupport.stream(rpc.call("getpeerinfo").spliterator(), false)
        .filter(peer -> subversion.test(peer.get("subver").asText()));
  }

  private static List<Integer> honest(TestRpc rpc) {
    return peers(rpc, name -> name.startsWith("/Farthing:"))
        .map(peer -> peer.get("id").asInt())
        .toList();
  }

  private static List<NetAddress> targets() {
    return List.of(target.listening().orElseThrow(), friend.listening().orElseThrow());
  }

  private static boolean hasArrived(Attack attack, Besiegers besiegers) {
    Sign sign = SIGNS.get(attack);
    if (sign == null) {
      return besiegers.tally(attack).dropped() > 0;
    }
    boolean isThrownOut =
        attack == Attack.LYING_COMPACT_BLOCKS && besiegers.tally(attack).dropped() > 0;
    return isThrownOut
        || peers(ours, name -> name.startsWith(HOSTILE))
            .anyMatch(
                peer -> peer.get("bytesrecv_per_msg").path(sign.command()).asInt() >= sign.bytes());
  }

  /** What lives in the heap of this process, the attackers' part included. */
  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void siege(List<Attack> attacks, int ofEach) throws Exception {
    List<Integer> oursBefore = honest(ours);
    List<Integer> theirsBefore = honest(theirs);
    assertThat(oursBefore).isNotEmpty();
    int headersBefore = target.inside().call(() -> target.inside().core().chain().headers().size());
    long heapBefore = liveHeap();
    try (Besiegers besiegers = new Besiegers()) {
      besiegers.aim(attacks, ofEach, targets());
      int calls = ofEach * targets().size();
      for (Attack attack : attacks) {
        await(attack.label()).atMost(LIMIT).until(() -> besiegers.tally(attack).shaken() >= calls);
      }
      if (attacks.contains(Attack.SELF_CONNECTION)) {
        // Only who is called learns by which number the caller knows itself.
        NetAddress mirror = besiegers.addressOf(Attack.SELF_CONNECTION);
        ours.call("addnode", mirror.toString(), "onetry");
      }
      theirs.call("generatetoaddress", 1, ADDRESS);
      awaitSameTip(ours, theirs);
      for (Attack attack : attacks) {
        await(attack.label()).atMost(LIMIT).until(() -> hasArrived(attack, besiegers));
      }
      ours.call("generatetoaddress", 1, ADDRESS);
      awaitSameTip(ours, theirs);
      assertThat(honest(ours)).containsAll(oursBefore);
      assertThat(honest(theirs)).containsAll(theirsBefore);
      assertBounded(headersBefore + 2);
      assertThat(liveHeap() - heapBefore).as("bytes of heap").isLessThan(MAX_MORE_HEAP);
      attacks.stream()
          .filter(FORGIVEN::contains)
          .forEach(each -> assertThat(besiegers.tally(each).dropped()).as(each.label()).isZero());
      assertThat(besiegers.failure()).isNull();
    }
    await().atMost(LIMIT).until(() -> peers(ours, name -> name.startsWith(HOSTILE)).count() == 0);
    assertThat(target.failure()).isEmpty();
    assertThat(friend.failure()).isEmpty();
  }

  private static void assertBounded(int headers) {
    assertThat(ours.call("getchaintips")).as("no branch of theirs is kept").hasSize(1);
    int known = target.inside().call(() -> target.inside().core().chain().headers().size());
    assertThat(known).isEqualTo(headers);
    assertThat(ours.call("getorphantxs").size()).isLessThanOrEqualTo(MAX_ORPHANS);
    assertThat(ours.call("getaddrmaninfo").at("/all_networks/total").asInt())
        .isLessThanOrEqualTo(MAX_ADDRESSES);
    assertThat(ours.call("getmempoolinfo").get("size").asInt()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void oneAttackAlone(Attack attack) throws Exception {
    siege(List.of(attack), OF_EACH);
  }

  @Test
  void allAttacksTogether() throws Exception {
    siege(List.of(Attack.values()), 1);
  }
}
