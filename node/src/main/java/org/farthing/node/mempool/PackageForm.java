package org.farthing.node.mempool;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.PackageResult.Fault;

/** What can be said of a package without knowing anything else. */
public final class PackageForm {
  /** Transactions in one package. */
  public static final int MAX_COUNT = 25;

  /** The weight of all of them together. */
  static final int MAX_WEIGHT = 404_000;

  private PackageForm() {}

  /** Few and small, none twice, parents before children, and no two spend the same. */
  static Optional<Fault> check(List<Transaction> transactions) {
    if (transactions.size() > MAX_COUNT) {
      return fault("package-too-many-transactions");
    }
    long weight = transactions.stream().mapToLong(Transaction::weight).sum();
    if (transactions.size() > 1 && weight > MAX_WEIGHT) {
      return fault("package-too-large");
    }
    Set<Txid> later = transactions.stream().map(Transaction::txid).collect(Collectors.toSet());
    if (later.size() != transactions.size()) {
      return fault("package-contains-duplicates");
    }
    for (Transaction transaction : transactions) {
      if (transaction.parents().stream().anyMatch(later::contains)) {
        return fault("package-not-sorted");
      }
      later.remove(transaction.txid());
    }
    return areConsistent(transactions) ? Optional.empty() : fault("conflict-in-package");
  }

  private static Optional<Fault> fault(String reason) {
    return Optional.of(new Fault(reason, ""));
  }

  private static boolean areConsistent(List<Transaction> transactions) {
    Set<OutPoint> spent = new HashSet<>();
    for (Transaction transaction : transactions) {
      List<OutPoint> inputs = transaction.inputs().stream().map(TxIn::outPoint).toList();
      if (inputs.isEmpty() || inputs.stream().anyMatch(spent::contains)) {
        return false;
      }
      // Only now: that a transaction spends something twice is a fault of its own.
      spent.addAll(inputs);
    }
    return true;
  }

  /** The last transaction is a child of all the others. */
  static boolean isChildWithParents(List<Transaction> transactions) {
    Transaction child = transactions.get(transactions.size() - 1);
    Set<Txid> parents = child.parents();
    return transactions.size() > 1
        && transactions.stream()
            .limit(transactions.size() - 1)
            .allMatch(transaction -> parents.contains(transaction.txid()));
  }

  /** The last transaction is a child of all the others, and none of these of another. */
  public static boolean isChildWithParentsTree(List<Transaction> transactions) {
    List<Transaction> parents = transactions.subList(0, transactions.size() - 1);
    Set<Txid> txids = parents.stream().map(Transaction::txid).collect(Collectors.toSet());
    return isChildWithParents(transactions)
        && parents.stream()
            .noneMatch(parent -> parent.parents().stream().anyMatch(txids::contains));
  }
}
