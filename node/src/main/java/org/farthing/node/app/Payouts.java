package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.mining.Payout;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.DescriptorParser;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom mined blocks pay: an address, a descriptor, or a wallet. Of a wallet, and of a descriptor
 * with a range, each block gets an address of its own. Node thread.
 */
public final class Payouts {
  private static final Logger LOG = LoggerFactory.getLogger(Payouts.class);

  /** Before the name of a wallet. */
  private static final String WALLET = "wallet:";

  private static final String LABEL = "mining";

  private final Network network;
  private final Optional<WalletRegistry> wallets;

  private Payouts(Network network, Optional<WalletRegistry> wallets) {
    this.network = network;
    this.wallets = wallets;
  }

  static Payouts with(Network network, WalletRegistry wallets) {
    return new Payouts(network, Optional.of(wallets));
  }

  /** For a node that has none. */
  public static Payouts withoutWallets(Network network) {
    return new Payouts(network, Optional.empty());
  }

  private Optional<Wallet> wallet(String name) {
    return wallets.flatMap(registry -> registry.find(name));
  }

  /**
   * @param text an address, a descriptor, or {@code wallet:} and the name of a loaded one
   * @throws WalletException if it is nothing of that
   */
  Payout of(String text) throws WalletException {
    if (text.startsWith(WALLET)) {
      return ofWallet(text.substring(WALLET.length()));
    }
    return text.contains("(")
        ? ofDescriptor(text)
        : Payout.to(Address.parse(text, network).toScript());
  }

  /**
   * For the first of the loaded wallets.
   *
   * @throws WalletException if there is none
   */
  Payout ofFirstWallet() throws WalletException {
    List<String> names = wallets.map(WalletRegistry::names).orElse(List.of());
    if (names.isEmpty()) {
      throw new WalletException(
          WalletError.WALLET_NOT_FOUND,
          "Mining needs somebody to pay: name an address with --mine-to, or a wallet with"
              + " --wallet.");
    }
    return ofWallet(names.get(0));
  }

  private Payout ofWallet(String name) throws WalletException {
    Wallet wallet =
        wallet(name)
            .orElseThrow(
                () ->
                    new WalletException(
                        WalletError.WALLET_NOT_FOUND, "No wallet '" + name + "' is loaded."));
    return new OfWallet(name, wallet.newReceiveAddress(LABEL).toScript());
  }

  private Payout ofDescriptor(String text) throws WalletException {
    List<Descriptor> parsed = new DescriptorParser(network).parse(text);
    try {
      if (!parsed.get(0).isRanged()) {
        return Payout.to(Descriptors.payout(parsed));
      }
      Descriptors.checkDerivable(parsed.get(0), "");
    } catch (RpcException e) {
      throw new WalletException(WalletError.INVALID_DESCRIPTOR, e.getMessage());
    }
    return new OfRange(parsed.get(0));
  }

  /** A new address after each block, as long as the wallet is loaded and has one. */
  private final class OfWallet implements Payout {
    private final String name;
    private Script script;

    OfWallet(String name, Script first) {
      this.name = name;
      this.script = first;
    }

    @Override
    public Script script() {
      return script;
    }

    @Override
    public void paid() {
      try {
        Optional<Wallet> wallet = wallet(name);
        if (wallet.isPresent()) {
          script = wallet.get().newReceiveAddress(LABEL).toScript();
        }
      } catch (WalletException e) {
        LOG.warn("Mining goes on to the last address of wallet {}: {}", name, e.getMessage());
      }
    }
  }

  /** The scripts of a descriptor, one after the other. */
  private static final class OfRange implements Payout {
    private final Descriptor descriptor;
    private int next;

    OfRange(Descriptor descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public Script script() {
      return Descriptors.payoutAt(descriptor, next);
    }

    @Override
    public void paid() {
      next = next == Integer.MAX_VALUE ? 0 : next + 1;
    }
  }
}
