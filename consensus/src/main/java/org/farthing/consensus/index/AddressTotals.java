package org.farthing.consensus.index;

import java.math.BigInteger;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Figures of a script.
 *
 * @param transactions that pay to it or spend from it
 * @param outputs that ever paid to it
 * @param coins those of them that are unspent
 * @param balanceSat the value of the coins, in satoshis
 * @param receivedSat the value of all outputs, in satoshis: the same money may have come many times
 */
public record AddressTotals(
    long transactions, long outputs, long coins, long balanceSat, BigInteger receivedSat) {
  public static final AddressTotals NONE = new AddressTotals(0, 0, 0, 0, BigInteger.ZERO);

  public AddressTotals plus(AddressTotals other) {
    return new AddressTotals(
        transactions + other.transactions,
        outputs + other.outputs,
        coins + other.coins,
        balanceSat + other.balanceSat,
        receivedSat.add(other.receivedSat));
  }

  AddressTotals minus(AddressTotals other) {
    return new AddressTotals(
        transactions - other.transactions,
        outputs - other.outputs,
        coins - other.coins,
        balanceSat - other.balanceSat,
        receivedSat.subtract(other.receivedSat));
  }

  void writeTo(ByteWriter out) {
    out.compactSize(transactions).compactSize(outputs).compactSize(coins);
    out.compactSize(balanceSat).varBytes(receivedSat.toByteArray());
  }

  static AddressTotals read(ByteReader in) throws DecodeException {
    long transactions = in.compactSize();
    long outputs = in.compactSize();
    long coins = in.compactSize();
    long balanceSat = in.compactSize();
    byte[] receivedSat = in.varBytes();
    if (receivedSat.length == 0) {
      throw new DecodeException("a number without bytes");
    }
    return new AddressTotals(transactions, outputs, coins, balanceSat, new BigInteger(receivedSat));
  }
}
