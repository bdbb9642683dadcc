package org.example.shop;

import java.time.Instant;
import org.farthing.client.Amount;

/**
 * What somebody wants to buy.
 *
 * @param address belongs to this order alone: who pays to it, pays for it
 * @param until the payment has to be on its way by then
 */
public record Order(String goods, Amount price, String address, Instant until) {}
