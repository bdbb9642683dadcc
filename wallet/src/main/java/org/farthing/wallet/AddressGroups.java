package org.farthing.wallet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  private final Map<Address, Group> groups = new HashMap<>();

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
    return seen.stream().map(groups::get).distinct().map(group -> group.members).toList();
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

  /** The smaller groups become part of the largest, so that nobody changes groups often. */
  private void join(Set<Address> together) {
    List<Group> parts =
        together.stream()
            .map(address -> groups.computeIfAbsent(address, Group::new))
            .distinct()
            .toList();
    Optional<Group> largest =
        parts.stream().max(Comparator.comparingInt(group -> group.members.size()));
    for (Group part : parts) {
      if (part != largest.orElseThrow()) {
        largest.get().members.addAll(part.members);
        part.members.forEach(address -> groups.put(address, largest.get()));
      }
    }
  }

  /** Of one owner; no other has a member of it. */
  private static final class Group {
    private final Set<Address> members = new LinkedHashSet<>();

    Group(Address first) {
      members.add(first);
    }
  }
}
