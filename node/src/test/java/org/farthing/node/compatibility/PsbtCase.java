package org.farthing.node.compatibility;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.error.WalletException;

/**
 * A payment that several sign.
 *
 * @param inputs what it spends, in the order of its inputs
 */
record PsbtCase(List<Spent> inputs, Transaction unsigned) {
  static final Network NETWORK = ConsensusParams.regtest().network();

  /** The index at which descriptors are asked for outputs; the next one is for change. */
  static final int INDEX = 1;

  private static final String NOBODY =
      "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";

  PsbtCase {
    inputs = List.copyOf(inputs);
  }

  /**
   * Who can spend an output.
   *
   * @param owners of the keys, in their order
   * @param account of the first key; the next keys have the next accounts
   * @param older a number of blocks
   * @param after a lock time
   * @param secret 32 bytes of one digit each
   */
  record Lock(
      PsbtForm form, List<PsbtOwner> owners, int account, int older, int after, int secret) {
    Lock {
      owners = List.copyOf(owners);
    }

    /** The descriptor with the secrets of some of its keys. */
    String descriptor(IntPredicate secret) {
      String text =
          form.text()
              .replace("NOBODY", NOBODY)
              .replace("OLDER", Integer.toString(older))
              .replace("AFTER", Integer.toString(after))
              .replace("HASH", HexFormat.of().formatHex(Sha256.hash(secretBytes())));
      for (int i = 0; i < owners.size(); i++) {
        PsbtOwner owner = owners.get(i);
        text = text.replace("@" + i, owner.key(account + i, secret.test(i)));
      }
      return text;
    }

    byte[] secretBytes() {
      return Integer.toString(secret).repeat(32).getBytes(StandardCharsets.US_ASCII);
    }

    Descriptor parsed(IntPredicate secret) throws WalletException {
      return Descriptor.parse(descriptor(secret), NETWORK);
    }
  }

  /**
   * An output that is spent.
   *
   * @param before the transaction that has it
   * @param sigHashType what signatures cover
   */
  record Spent(Lock lock, Transaction before, int output, int sigHashType) {
    TxOut utxo() {
      return before.outputs().get(output);
    }

    PsbtForm form() {
      return lock.form();
    }

    /** Empty where it need not be told. */
    OptionalInt toldType() {
      return sigHashType == SigHashType.DEFAULT ? OptionalInt.empty() : OptionalInt.of(sigHashType);
    }
  }

  /** Who has a key of an input. */
  PsbtOwner owner(int input, int key) {
    return inputs.get(input).lock().owners().get(key);
  }

  Optional<Transaction> before(Txid txid) {
    return inputs.stream()
        .map(Spent::before)
        .filter(before -> before.txid().equals(txid))
        .findFirst();
  }

  /** How many of the ways to spend an input are open. */
  long openWays(int index) {
    Lock lock = inputs.get(index).lock();
    return lock.form().ways().stream()
        .filter(way -> !way.old() || isOld(unsigned, index, lock.older()))
        .filter(
            way -> way.keys().stream().noneMatch(key -> lock.owners().get(key) == PsbtOwner.ABSENT))
        .count();
  }

  /** Whether an input is locked for at least so many blocks (BIP-0112). */
  private static boolean isOld(Transaction transaction, int index, int blocks) {
    TxIn input = transaction.inputs().get(index);
    return transaction.version() >= 2
        && (input.sequence() & (Sequence.DISABLE_FLAG | Sequence.TYPE_FLAG)) == 0
        && (input.sequence() & Sequence.MASK) >= blocks;
  }

  private IntStream indexes() {
    return IntStream.range(0, inputs.size());
  }

  /** Whether those who sign can spend every input. */
  boolean isComplete() {
    return indexes().allMatch(i -> openWays(i) > 0);
  }

  /** Whether there is nothing to choose for who puts the signatures in their places. */
  boolean isUnique() {
    return indexes().allMatch(i -> openWays(i) == 1);
  }
}
