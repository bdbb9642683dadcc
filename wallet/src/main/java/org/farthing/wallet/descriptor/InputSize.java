package org.farthing.wallet.descriptor;

/**
 * What an input takes that spends an output.
 *
 * @param weight the most weight units in a transaction that has witnesses: outpoint, scriptSig,
 *     sequence, and the witness with its count
 * @param bareWeight the same in a transaction without any
 * @param segwit whether it has a witness
 */
public record InputSize(int weight, int bareWeight, boolean segwit) {
  /** Without witnesses in the transaction there is no count of the input's. */
  public static InputSize of(int weight, boolean segwit) {
    return new InputSize(weight, weight - 1, segwit);
  }

  /** As somebody says who knows. */
  public static InputSize given(int weight, boolean segwit) {
    return new InputSize(weight, weight, segwit);
  }
}
