package org.example.shop;

import org.farthing.client.Amount;

/**
 * How an order is paid, as of now. It is no promise: a reorganisation may take blocks back, and a
 * payment with them.
 *
 * @param received all that was ever paid to the address of the order and is not void
 */
public record Payment(Order order, Amount received, State state) {
  /** Where an order stands. */
  public enum State {
    /** Not enough has come, and there is still time. */
    OPEN,
    /** Enough is on its way, and not yet buried under enough blocks. */
    PENDING,
    /** Enough has come for good: the goods can be sent. */
    PAID,
    /** Not enough was on its way in time: the order is void. */
    EXPIRED
  }

  /** What is still to be paid. */
  public Amount missing() {
    Amount rest = order.price().minus(received);
    return state == State.OPEN ? rest : Amount.ZERO;
  }

  /** What the customer is to have back: too much of it, or all of it where it came too late. */
  public Amount refund() {
    return switch (state) {
      case OPEN, PENDING -> Amount.ZERO;
      case PAID -> received.minus(order.price());
      case EXPIRED -> received;
    };
  }
}
