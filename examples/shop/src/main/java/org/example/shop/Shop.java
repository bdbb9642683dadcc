package org.example.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.farthing.client.Amount;
import org.farthing.client.NodeClient;
import org.farthing.client.rpc.ListTransactions;

/**
 * Takes payments. Each order has an address of its own in the shop's wallet, and what was paid is
 * asked of the node each time: it knows the chain as it is now, also when that is not the one it
 * was a minute ago.
 */
public final class Shop {
  private static final int PAGE = 100;

  private final NodeClient wallet;
  private final InstantSource clock;
  private final Terms terms;

  /**
   * What customers have to keep to.
   *
   * @param confirmations blocks that have to stand on a payment, its own included
   * @param patience how long an order waits for its payment
   */
  public record Terms(int confirmations, Duration patience) {}

  /**
   * @param wallet the shop's own, on a node that it trusts
   */
  public Shop(NodeClient wallet, InstantSource clock, Terms terms) {
    this.wallet = wallet;
    this.clock = clock;
    this.terms = terms;
  }

  /** Somebody wants something. */
  public Order order(String goods, Amount price) {
    return new Order(goods, price, wallet.getNewAddress(), clock.instant().plus(terms.patience()));
  }

  /** How an order is paid, as of now. */
  public Payment payment(Order order) {
    Amount received = Amount.ZERO;
    Amount inTime = Amount.ZERO;
    Amount confirmed = Amount.ZERO;
    for (ListTransactions.Item item : receivedAt(order.address())) {
      received = received.plus(item.amount());
      if (!Instant.ofEpochSecond(item.timereceived()).isAfter(order.until())) {
        inTime = inTime.plus(item.amount());
      }
      if (item.confirmations() >= terms.confirmations()) {
        confirmed = confirmed.plus(item.amount());
      }
    }
    boolean late = clock.instant().isAfter(order.until());
    return new Payment(
        order, received, state(order.price(), late ? inTime : received, confirmed, late));
  }

  private static Payment.State state(Amount price, Amount counts, Amount confirmed, boolean late) {
    if (counts.compareTo(price) < 0) {
      return late ? Payment.State.EXPIRED : Payment.State.OPEN;
    }
    return confirmed.compareTo(price) < 0 ? Payment.State.PENDING : Payment.State.PAID;
  }

  /** What was paid to an address, and has not been paid to somebody else instead. */
  private List<ListTransactions.Item> receivedAt(String address) {
    List<ListTransactions.Item> received = new ArrayList<>();
    List<ListTransactions.Item> page;
    int skip = 0;
    do {
      page = wallet.listTransactions(new ListTransactions.Options().count(PAGE).skip(skip));
      page.stream()
          .filter(item -> item.category().equals("receive") && item.confirmations() >= 0)
          .filter(item -> item.address().filter(address::equals).isPresent())
          .forEach(received::add);
      skip += PAGE;
    } while (page.size() == PAGE);
    return received;
  }
}
