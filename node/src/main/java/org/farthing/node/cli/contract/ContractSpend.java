package org.farthing.node.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtFinalizer;
import org.farthing.wallet.psbt.PsbtInput;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;

/**
 * Takes all coins of a contract to one address. What comes out is a PSBT with all that other
 * software needs to sign it, and as soon as it is complete a transaction.
 */
public final class ContractSpend {
  private static final long VBYTES_PER_KVB = 1_000;

  /** More than any contract of ours takes to be spent, for those that wait for further signers. */
  private static final int SIGNED_INPUT_VBYTES = 500;

  private final Descriptor descriptor;
  private final List<PrivateKey> own;
  private final Map<ByteString, ByteString> preimages;

  /** A coin. */
  public record Coin(OutPoint place, TxOut output, int height) {
    /** As {@code scantxoutset} tells it. */
    static Coin of(JsonNode unspent) {
      try {
        long sat = Amount.parse(unspent.path("amount").decimalValue().toPlainString());
        return new Coin(
            new OutPoint(Txid.parse(unspent.path("txid").asText()), unspent.path("vout").asInt()),
            new TxOut(sat, Script.parse(unspent.path("scriptPubKey").asText())),
            unspent.path("height").asInt());
      } catch (DecodeException e) {
        throw new AssertionError("what the node answers", e);
      }
    }
  }

  /**
   * On which way the coins are taken.
   *
   * @param lockTime a height that must be reached, or 0
   * @param sequence blocks that each coin must be old, or what says nothing of that
   */
  public record Way(int lockTime, int sequence) {}

  /**
   * @param preimages what hashes to values of the script, by these
   */
  public ContractSpend(
      Descriptor descriptor, List<PrivateKey> own, Map<ByteString, ByteString> preimages) {
    this.descriptor = descriptor;
    this.own = List.copyOf(own);
    this.preimages = Map.copyOf(preimages);
  }

  /**
   * Signs a spend of all coins, as far as the keys go.
   *
   * @param satPerKvb the fee, in satoshis for each thousand virtual bytes
   */
  public Psbt spend(List<Coin> coins, Script payee, Way way, long satPerKvb) throws CliException {
    long sum = coins.stream().mapToLong(coin -> coin.output().valueSat()).sum();
    Psbt draft = signed(unsigned(coins, payee, sum, way));
    int size =
        transaction(draft)
            .map(Transaction::virtualSize)
            .orElse(100 + coins.size() * SIGNED_INPUT_VBYTES);
    // A signature of the second time may be a byte longer.
    long fee = ((size + 1L) * satPerKvb + VBYTES_PER_KVB - 1) / VBYTES_PER_KVB;
    if (sum <= fee) {
      throw CliException.failed(
              "the coins, "
                  + Amount.format(sum)
                  + ", are worth no more than the fee, "
                  + Amount.format(fee))
          .hint("--fee-rate says what is paid.");
    }
    return signed(unsigned(coins, payee, sum - fee, way));
  }

  private Psbt unsigned(List<Coin> coins, Script payee, long valueSat, Way way) {
    List<TxIn> inputs =
        coins.stream().map(coin -> new TxIn(coin.place(), Script.EMPTY, way.sequence())).toList();
    Transaction transaction =
        new Transaction(2, inputs, List.of(new TxOut(valueSat, payee)), way.lockTime());
    Psbt psbt = Psbt.of(transaction, 0);
    List<PsbtInput> known = new ArrayList<>();
    for (int i = 0; i < coins.size(); i++) {
      PsbtInput input = psbt.inputs().get(i).withWitnessUtxo(coins.get(i).output());
      for (Map.Entry<ByteString, ByteString> each : preimages.entrySet()) {
        input = input.withSha256Preimage(each.getKey(), each.getValue());
      }
      known.add(input);
    }
    return psbt.withInputs(known);
  }

  /** Adds what the keys can sign. */
  public Psbt signed(Psbt psbt) throws CliException {
    SigningKeys keys = ContractKeys.signing(own);
    new DescriptorKeys(keys, Set.of(DescriptorKeys.Part.ORIGINS)).add(descriptor, 0);
    PsbtSigner signer =
        PsbtSigner.of(psbt)
            .orElseThrow(() -> CliException.failed("this can be no valid transaction"));
    List<PsbtInput> inputs = new ArrayList<>();
    for (int i = 0; i < psbt.inputs().size(); i++) {
      inputs.add(signer.sign(i, psbt.inputs().get(i), keys, PsbtSigner.Options.USUAL).input());
    }
    return psbt.withInputs(inputs);
  }

  /** The transaction, if nothing is missing. */
  public static Optional<Transaction> transaction(Psbt psbt) {
    return PsbtFinalizer.finish(psbt).transaction();
  }
}
