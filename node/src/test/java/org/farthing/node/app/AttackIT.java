package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.address;
import static org.farthing.node.app.TestNodes.awaitSameTip;
import static org.farthing.node.app.TestNodes.rpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.simulation.adversary.Adversary;
import org.farthing.node.simulation.adversary.Attack;
import org.farthing.node.transport.EventLoops;
import org.farthing.node.transport.MessageTap;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.transport.TransportLimits;
import org.farthing.node.wire.NetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attackers of simulations, over real sockets at a real node. */
class AttackIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aNodeUnderAllAttacksGoesOnWithItsFriends() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (TestNodes nodes = new TestNodes(folder);
        EventLoops loops = new EventLoops("attackers", 1);
        NodeThread thread = new NodeThread("attackers", failure::set)) {
      Node victim = nodes.start("victim");
      TestRpc one = rpc(victim);
      one.call("generatetoaddress", 120, ADDRESS);
      TestRpc two = rpc(nodes.start("friend", address(victim)));
      awaitSameTip(one, two);
      NetAddress target = NetAddress.parse(address(victim), 0);
      Map<Attack, Adversary> adversaries = new EnumMap<>(Attack.class);
      for (Attack attack : Attack.values()) {
        adversaries.put(attack, adversary(attack, target, thread, loops));
      }
      for (Adversary each : adversaries.values()) {
        each.start();
        await().atMost(LIMIT).until(() -> each.record().shaken() > 0);
      }
      for (int i = 0; i < 5; i++) {
        one.call("generatetoaddress", 1, ADDRESS);
        awaitSameTip(one, two);
      }
      assertThat(one.call("getblockcount").asInt()).isEqualTo(125);
      await().atMost(LIMIT).until(() -> dropped(adversaries, Attack.MALFORMED) > 0);
      thread.execute(() -> adversaries.values().forEach(Adversary::stop));
      await().atMost(LIMIT).until(() -> one.call("getpeerinfo").size() == 1);
    }
    assertThat(failure.get()).isNull();
  }

  private static int dropped(Map<Attack, Adversary> adversaries, Attack attack) {
    return adversaries.get(attack).record().dropped();
  }

  private static Adversary adversary(
      Attack attack, NetAddress target, NodeThread thread, EventLoops loops) throws Exception {
    NettyTransport transport =
        new NettyTransport(
            ConsensusParams.regtest().network().magic(),
            false,
            TransportLimits.DEFAULT,
            thread,
            loops,
            MessageTap.Source.NONE);
    return attack.by(
        new Adversary.Means(
            System::currentTimeMillis,
            thread,
            transport,
            new Random(attack.ordinal()),
            NetAddress.parse("127.0.0.1:0", 0),
            List.of(target),
            List.of()));
  }
}
