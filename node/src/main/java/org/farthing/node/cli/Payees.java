package org.farthing.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.address.PaymentUri;

/** Who gets how much by one transaction, in the order in which a person said it. */
final class Payees {
  private final List<Payee> all;

  private Payees(List<Payee> all) {
    this.all = all;
  }

  /** One of them. */
  record Payee(String address, BigDecimal coins) {}

  /**
   * Reads what was typed.
   *
   * @param first an address or a link
   * @param amount what the first gets; null where the link says it
   * @param further an address and an amount, and so on
   * @throws CliException says what is wrong with which
   */
  static Payees parse(String first, String amount, List<String> further, Network network)
      throws CliException {
    List<Payee> all = new ArrayList<>(List.of(payee(first, amount, network)));
    for (int i = 0; i < further.size(); i += 2) {
      String address = Addresses.address(further.get(i), network).toString();
      if (i + 1 == further.size()) {
        throw CliException.usage("there is no amount for " + address)
            .hint("several payees are written ADDRESS AMOUNT ADDRESS AMOUNT.");
      }
      if (all.stream().anyMatch(each -> each.address().equals(address))) {
        throw CliException.usage(address + " is there twice: say together how much it gets");
      }
      all.add(new Payee(address, AmountArgument.parse(further.get(i + 1))));
    }
    return new Payees(all);
  }

  private static Payee payee(String text, String amount, Network network) throws CliException {
    if (!PaymentUri.isUri(text)) {
      String address = Addresses.address(text, network).toString();
      if (amount == null) {
        throw CliException.usage("Missing required parameter: 'AMOUNT'");
      }
      return new Payee(address, AmountArgument.parse(amount));
    }
    PaymentUri link = Addresses.link(text, network);
    if (amount == null && link.amountSat().isEmpty()) {
      throw CliException.usage("the link names no amount").hint("say how much, behind it.");
    }
    if (amount != null && link.amountSat().isPresent()) {
      throw linkHasAmount();
    }
    return new Payee(
        link.address().toString(),
        AmountArgument.parse(
            amount == null ? Amount.format(link.amountSat().getAsLong()) : amount));
  }

  static CliException linkHasAmount() {
    return CliException.usage("the link names an amount already, and so do you");
  }

  boolean areSeveral() {
    return all.size() > 1;
  }

  List<Payee> all() {
    return all;
  }

  Stream<String> addresses() {
    return all.stream().map(Payee::address);
  }

  /** What all get together. */
  BigDecimal coins() {
    return all.stream().map(Payee::coins).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** As {@code walletcreatefundedpsbt} wants them. */
  ArrayNode outputs() {
    ArrayNode outputs = Json.array();
    all.forEach(each -> outputs.addObject().put(each.address(), each.coins()));
    return outputs;
  }

  /** As {@code sendmany} wants them. */
  ObjectNode amounts() {
    ObjectNode amounts = Json.object();
    all.forEach(each -> amounts.put(each.address(), each.coins()));
    return amounts;
  }
}
