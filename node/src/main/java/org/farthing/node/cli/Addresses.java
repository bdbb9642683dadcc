package org.farthing.node.cli;

import org.farthing.consensus.params.Network;
import org.farthing.node.cli.client.ChainCalls;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.PaymentUri;
import org.farthing.wallet.error.WalletException;

/** Addresses and payment links that a person typed, read before anybody is asked for anything. */
final class Addresses {
  private Addresses() {}

  static Network network(RpcClient node) throws CliException, RefusedException {
    return ChainCalls.params(node).network();
  }

  static Address address(String text, Network network) throws CliException {
    try {
      return Address.parse(text, network);
    } catch (WalletException e) {
      throw CliException.usage("address '" + text + "': " + e.getMessage());
    }
  }

  static PaymentUri link(String text, Network network) throws CliException {
    try {
      return PaymentUri.parse(text, network);
    } catch (WalletException e) {
      throw CliException.usage("link '" + text + "': " + e.getMessage());
    }
  }
}
