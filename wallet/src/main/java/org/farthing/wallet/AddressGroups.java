package org.farthing.wallet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.OwnOutput;

/**
 * Which of a wallet's addresses everybody can tell to have one owner, since its transactions spent
 * from them together or paid change to them.
 */
final class AddressGroups {
  private final History history;
  private final WalletAddresses addresses;
  private final Map<Address, Set<Address>> groups = new HashMap<>();

  AddressGroups(History history, WalletAddresses addresses) {
    this.history = history;
    this.addresses = addresses;
  }

  /** All groups, also of one address, in the order in which the wallet came to know them. */
  List<Set<Address>> find() {
    Set<Address> seen = new LinkedHashSet<>();
    List<Txid> oldestFirst = new ArrayList<>(history.newestFirst());
    Collections.reverse(oldestFirst);
    for (Txid txid : oldestFirst) {
      Transaction transaction = history.find(txid).orElseThrow().transaction();
      Set<Address> together = spent(transaction);
      boolean ours = !together.isEmpty();
      for (int i = 0; i < transaction.outputs().size(); i++) {
        Optional<Address> paid = own(transaction.outPoint(i));
        paid.ifPresent(seen::add);
        paid.filter(address -> ours && addresses.isChange(address)).ifPresent(together::add);
      }
      join(together);
    }
    seen.forEach(address -> join(Set.of(address)));
    return seen.stream().map(groups::get).distinct().toList();
  }

  private Set<Address> spent(Transaction transaction) {
    Set<Address> spent = new LinkedHashSet<>();
    for (TxIn input : transaction.inputs()) {
      own(input.outPoint()).ifPresent(spent::add);
    }
    return spent;
  }

  private Optional<Address> own(OutPoint output) {
    return history
        .output(output)
        .map(OwnOutput::output)
        .flatMap(own -> addresses.of(own.scriptPubKey()));
  }

  private void join(Set<Address> together) {
    Set<Address> all = new LinkedHashSet<>();
    for (Address address : together) {
      all.addAll(groups.getOrDefault(address, Set.of(address)));
    }
    all.forEach(address -> groups.put(address, all));
  }
}
