package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.UnspentCoin;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

/**
 * Which coins a caller wants to see.
 *
 * @param addresses of these alone; empty for any
 */
record UnspentQuery(
    int leastConfirmations,
    int mostConfirmations,
    Set<Address> addresses,
    boolean unsafe,
    Limits limits) {
  private static final int MOST_CONFIRMATIONS = 9_999_999;

  static final Param<Integer> MIN_CONF = Param.integer("minconf", "Confirmations at least").or(1);
  static final Param<Integer> MAX_CONF =
      Param.integer("maxconf", "Confirmations at most").or(MOST_CONFIRMATIONS);
  static final Param<JsonNode> ADDRESSES =
      Param.array("addresses", "Only coins of these addresses", Param.text("address", "An address"))
          .orNothing();
  static final Param<Boolean> UNSAFE =
      Param.flag("include_unsafe", "Also unconfirmed coins from others").or(true);

  private static final Param<Long> MIN_AMOUNT =
      Param.amount("minimumAmount", "Only coins of at least so much").orNothing();
  private static final Param<Long> MAX_AMOUNT =
      Param.amount("maximumAmount", "Only coins of at most so much").orNothing();
  private static final Param<Long> MAX_COUNT =
      Param.number("maximumCount", "So many coins suffice").orNothing();
  private static final Param<Long> MIN_SUM =
      Param.amount("minimumSumAmount", "Coins of so much together suffice").orNothing();
  private static final Param<Boolean> IMMATURE =
      Param.flag("include_immature_coinbase", "Also newly mined coins").or(false);
  static final Param<Fields> OPTIONS =
      Param.options("query_options", "", MIN_AMOUNT, MAX_AMOUNT, MAX_COUNT, MIN_SUM, IMMATURE)
          .orNothing();

  /**
   * How much is enough.
   *
   * @param count 0 for any number
   * @param sumSat coins in satoshis that suffice
   */
  record Limits(long leastSat, long mostSat, long count, long sumSat, boolean immature) {
    static final Limits NONE = new Limits(0, Amount.MAX_MONEY, 0, Amount.MAX_MONEY, false);

    private static Limits of(Fields fields) {
      return new Limits(
          fields.find(MIN_AMOUNT).orElse(NONE.leastSat),
          fields.find(MAX_AMOUNT).orElse(NONE.mostSat),
          fields.find(MAX_COUNT).orElse(NONE.count),
          fields.find(MIN_SUM).orElse(NONE.sumSat),
          fields.get(IMMATURE));
    }
  }

  static UnspentQuery of(RpcRequest request, Network network) {
    return new UnspentQuery(
        request.get(MIN_CONF),
        request.get(MAX_CONF),
        addresses(request, network),
        request.get(UNSAFE),
        request.find(OPTIONS).map(Limits::of).orElse(Limits.NONE));
  }

  private static Set<Address> addresses(RpcRequest request, Network network) {
    Set<Address> all = new HashSet<>();
    for (JsonNode given : request.find(ADDRESSES).map(List::of).orElse(List.of())) {
      for (JsonNode each : given) {
        String text = Read.text(each);
        Address address;
        try {
          address = Address.parse(text, network);
        } catch (WalletException e) {
          throw new RpcException(
              RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid Bitcoin address: " + text);
        }
        if (!all.add(address)) {
          throw RpcException.invalidParameter("Invalid parameter, duplicated address: " + text);
        }
      }
    }
    return all;
  }

  /** Whether it is one of them. */
  boolean wants(UnspentCoin coin, Optional<Address> address) {
    return (limits.immature() || coin.blocksToMaturity() == 0)
        && coin.confirmations() >= leastConfirmations
        && coin.confirmations() <= mostConfirmations
        && (unsafe || coin.trusted())
        && coin.valueSat() >= limits.leastSat()
        && coin.valueSat() <= limits.mostSat()
        && (addresses.isEmpty() || address.filter(addresses::contains).isPresent());
  }

  /** Whether no more are wanted. */
  boolean isEnough(long count, long sumSat) {
    return sumSat >= limits.sumSat() || (limits.count() > 0 && count >= limits.count());
  }
}
