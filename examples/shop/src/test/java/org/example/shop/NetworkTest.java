package org.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.example.shop.Payment.State;
import org.farthing.client.Amount;
import org.farthing.client.Credentials;
import org.farthing.client.NodeClient;
import org.farthing.junit.RegtestNetwork;
import org.farthing.junit.RegtestNode;
import org.farthing.junit.RegtestTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop's node is not alone: payments and blocks come from others. */
@RegtestTest(nodes = 3)
class NetworkTest {
  private static final long PRICE_SAT = 150_000;

  private RegtestNode home;
  private RegtestNode away;
  private Shop shop;

  @BeforeEach
  void openTheShop(RegtestNetwork network) {
    home = network.node(0);
    away = network.node(2);
    home.createWallet("shop");
    NodeClient client =
        NodeClient.at(home.rpcUri(), Credentials.password(home.rpcUser(), home.rpcPassword()));
    shop = new Shop(client.wallet("shop"), home::time, new Shop.Terms(3, Duration.ofMinutes(15)));
  }

  private State state(Order order) {
    return shop.payment(order).state();
  }

  @Test
  void aCustomerPaysFromElsewhere(RegtestNetwork network) {
    Order order = shop.order("a book", Amount.ofSat(PRICE_SAT));
    away.send(order.address(), PRICE_SAT);
    network.awaitSync();
    assertThat(state(order)).isEqualTo(State.PENDING);
    network.node(1).mine(3);
    network.awaitSync();
    assertThat(state(order)).isEqualTo(State.PAID);
  }

  /** Cut off from the others, the shop's node sees blocks that the others will never know. */
  @Test
  void whatOnlyOurPartOfTheNetworkHasSeenIsNotPaid(RegtestNetwork network) {
    network.split(home);
    Order order = shop.order("a book", Amount.ofSat(PRICE_SAT));
    home.send(order.address(), PRICE_SAT);
    home.mine(3);
    assertThat(state(order)).isEqualTo(State.PAID);
    away.mine(4);

    network.heal();
    home.awaitHeight(away.height());
    assertThat(state(order)).isEqualTo(State.PENDING);
  }
}
