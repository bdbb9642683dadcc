package org.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.example.shop.Payment.State;
import org.farthing.client.Amount;
import org.farthing.client.Credentials;
import org.farthing.client.NodeClient;
import org.farthing.junit.NodeSnapshot;
import org.farthing.junit.RegtestNode;
import org.farthing.junit.RegtestTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The node starts once, for all tests, and each of them begins with the same chain, wallets and
 * time: what the one before has done is taken back. The node's own wallet is the customer's.
 */
@RegtestTest(time = "2026-01-01T12:00:00Z")
class ShopTest {
  private static final int CONFIRMATIONS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final long PRICE_SAT = 150_000;
  private static final Amount PRICE = Amount.ofSat(PRICE_SAT);

  private RegtestNode node;
  private Shop shop;

  @BeforeEach
  void openTheShop(RegtestNode regtest) {
    node = regtest;
    node.createWallet("shop");
    NodeClient client =
        NodeClient.at(node.rpcUri(), Credentials.password(node.rpcUser(), node.rpcPassword()));
    shop = new Shop(client.wallet("shop"), node::time, new Shop.Terms(CONFIRMATIONS, PATIENCE));
  }

  private State state(Order order) {
    return shop.payment(order).state();
  }

  @Test
  void aPaymentIsSeenAtOnceAndCountsAfterThreeBlocks() {
    Order order = shop.order("a book", PRICE);
    assertThat(state(order)).isEqualTo(State.OPEN);
    node.send(order.address(), PRICE_SAT);
    assertThat(state(order)).isEqualTo(State.PENDING);
    node.mine(CONFIRMATIONS - 1);
    assertThat(state(order)).isEqualTo(State.PENDING);
    node.mine(1);
    assertThat(state(order)).isEqualTo(State.PAID);
    assertThat(shop.payment(order).refund()).isEqualTo(Amount.ZERO);
  }

  @Test
  void aPaymentIsForOneOrderOnly() {
    Order book = shop.order("a book", PRICE);
    Order pen = shop.order("a pen", PRICE);
    node.send(pen.address(), PRICE_SAT);
    node.mine(CONFIRMATIONS);
    assertThat(state(book)).isEqualTo(State.OPEN);
    assertThat(state(pen)).isEqualTo(State.PAID);
  }

  @Test
  void tooLittleIsNotEnough() {
    Order order = shop.order("a book", PRICE);
    node.send(order.address(), PRICE_SAT - 1_000);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.OPEN);
    assertThat(shop.payment(order).missing()).isEqualTo(Amount.ofSat(1_000));
    node.send(order.address(), 1_000);
    assertThat(state(order)).isEqualTo(State.PENDING);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.PAID);
  }

  @Test
  void tooMuchIsGivenBack() {
    Order order = shop.order("a book", PRICE);
    node.send(order.address(), PRICE_SAT + 7_000);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.PAID);
    assertThat(shop.payment(order).refund()).isEqualTo(Amount.ofSat(7_000));
  }

  @Test
  void aReorganisationTakesThePaymentBack() {
    Order order = shop.order("a book", PRICE);
    node.send(order.address(), PRICE_SAT);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.PAID);
    node.reorg(CONFIRMATIONS);
    assertThat(state(order)).as("it waits for a block again").isEqualTo(State.PENDING);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.PAID);
  }

  @Test
  void nobodyWaitsForEver() {
    Order order = shop.order("a book", PRICE);
    node.advanceTime(PATIENCE);
    assertThat(state(order)).isEqualTo(State.OPEN);
    node.advanceTime(Duration.ofSeconds(1));
    assertThat(state(order)).isEqualTo(State.EXPIRED);
    node.send(order.address(), PRICE_SAT);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).as("too late").isEqualTo(State.EXPIRED);
    assertThat(shop.payment(order).refund()).isEqualTo(PRICE);
  }

  @Test
  void whoPaysInTimeDoesNotLoseByWaitingForBlocks() {
    Order order = shop.order("a book", PRICE);
    node.send(order.address(), PRICE_SAT);
    node.advanceTime(PATIENCE.multipliedBy(4));
    assertThat(state(order)).isEqualTo(State.PENDING);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.PAID);
  }

  /** A snapshot in the middle of a test: what happens next is tried in several ways. */
  @Test
  void anOrderOnTheEdgeCanGoBothWays() {
    Order order = shop.order("a book", PRICE);
    node.send(order.address(), PRICE_SAT / 2);
    node.advanceTime(PATIENCE);
    NodeSnapshot edge = node.snapshot();

    node.advanceTime(Duration.ofSeconds(1));
    assertThat(state(order)).isEqualTo(State.EXPIRED);
    assertThat(shop.payment(order).refund()).isEqualTo(Amount.ofSat(PRICE_SAT / 2));

    node.revert(edge);
    assertThat(state(order)).isEqualTo(State.OPEN);
    node.send(order.address(), PRICE_SAT / 2);
    assertThat(state(order)).isEqualTo(State.PENDING);
    node.mine(CONFIRMATIONS);
    assertThat(state(order)).isEqualTo(State.PAID);
  }
}
