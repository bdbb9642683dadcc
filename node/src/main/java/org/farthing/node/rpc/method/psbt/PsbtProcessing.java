package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.index.TxIndex;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtFinalizer;
import org.farthing.wallet.psbt.PsbtInput;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.psbt.PsbtSigner.Status;
import org.farthing.wallet.psbt.PsbtUpdater;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.DescriptorKeys.Part;
import org.farthing.wallet.spend.SigningKeys;

/** Adds to partially signed transactions what the node and descriptors know, and signatures. */
public final class PsbtProcessing {
  /** What {@link #answer} has. */
  public static final Result RESULT =
      Result.object(
          "",
          "",
          Result.text("psbt", "the partially signed transaction in base 64"),
          Result.flag("complete", "whether nothing is missing"),
          Result.hex("hex", "the transaction, if nothing is missing").maybe());

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final Indexes indexes;

  public PsbtProcessing(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.chain = chain;
    this.mempool = mempool;
    this.indexes = indexes;
  }

  /** The keys and scripts of descriptors. */
  SigningKeys keys(JsonNode scanObjects, Set<Part> parts) {
    Network network = chain.params().network();
    SigningKeys keys = new SigningKeys();
    DescriptorKeys adder = new DescriptorKeys(keys, parts);
    for (JsonNode scanObject : scanObjects) {
      for (Descriptors.Ranged ranged : Descriptors.scanObject(scanObject, network)) {
        for (long i = ranged.range().first(); i <= ranged.range().last(); i++) {
          adder.add(ranged.descriptor(), (int) i);
        }
      }
    }
    return keys;
  }

  /** Fills in all that is known, and signs what can be signed. */
  Psbt process(Psbt psbt, SigningKeys keys, PsbtSigner.Options options) {
    return process(psbt, keys, options, sources());
  }

  /**
   * The output scripts of all that it spends and pays, as far as they are known.
   *
   * @param known outputs beside those that are in it
   */
  public static List<Script> scripts(Psbt psbt, Function<OutPoint, Optional<TxOut>> known) {
    List<Script> scripts = new ArrayList<>();
    for (PsbtInput input : psbt.inputs()) {
      input
          .utxo()
          .or(() -> known.apply(input.outPoint()))
          .ifPresent(output -> scripts.add(output.scriptPubKey()));
    }
    psbt.outputs().forEach(output -> scripts.add(output.output().scriptPubKey()));
    return scripts;
  }

  /** The same with what these sources have, and nothing else. */
  public static Psbt process(
      Psbt psbt, SigningKeys keys, PsbtSigner.Options options, PsbtUpdater.Sources sources) {
    Psbt known = PsbtUpdater.withUtxos(psbt, sources, keys);
    PsbtSigner signer =
        PsbtSigner.of(known)
            .orElseThrow(
                () ->
                    new RpcException(RpcErrorCode.VERIFY_ERROR, "The transaction cannot be valid"));
    List<PsbtInput> inputs = new ArrayList<>();
    for (int i = 0; i < known.inputs().size(); i++) {
      PsbtInput input = known.inputs().get(i);
      inputs.add(input.isFinal() ? input : sign(signer.sign(i, input, keys, options)));
    }
    Psbt signed = known.withInputs(inputs);
    return PsbtUpdater.withoutNeedlessTransactions(PsbtUpdater.withOutputsKnown(signed, keys));
  }

  private static PsbtInput sign(PsbtSigner.Result result) {
    if (result.status() == Status.SIGHASH_MISMATCH) {
      throw Read.deserialization("Specified sighash value does not match value stored in PSBT");
    }
    return result.input();
  }

  /** The answer of methods that process a transaction. */
  public static ObjectNode answer(Psbt processed) {
    Optional<Transaction> transaction = transaction(processed);
    ObjectNode json = Json.object();
    json.put("psbt", PsbtCodec.format(processed));
    json.put("complete", transaction.isPresent());
    transaction.ifPresent(signed -> json.put("hex", Hex.encode(signed.serialize())));
    return json;
  }

  /** The transaction, if nothing is missing. */
  public static Optional<Transaction> transaction(Psbt processed) {
    return isComplete(processed) ? PsbtFinalizer.finish(processed).transaction() : Optional.empty();
  }

  private static boolean isComplete(Psbt psbt) {
    PsbtSigner signer = PsbtSigner.of(psbt).orElseThrow();
    return IntStream.range(0, psbt.inputs().size())
        .allMatch(i -> signer.isComplete(i, psbt.inputs().get(i)));
  }

  private PsbtUpdater.Sources sources() {
    Optional<RunningIndex> index = indexes.find(IndexKind.TRANSACTIONS);
    index.ifPresent(RunningIndex::awaitTip);
    ChainSnapshot now = chain.snapshot();
    MempoolSnapshot waiting = mempool.snapshot();
    CoinView coins = waiting.coins(now.chain(), now.height() + 1);
    return new PsbtUpdater.Sources(
        txid -> find(txid, index, now, waiting),
        outPoint -> coins.coin(outPoint).map(Coin::output));
  }

  private static Optional<Transaction> find(
      Txid txid, Optional<RunningIndex> index, ChainSnapshot now, MempoolSnapshot waiting) {
    return index
        .flatMap(rows -> new TxIndex(rows.rows()).find(txid, now))
        .map(TxIndex.Found::transaction)
        .or(() -> waiting.get(txid).map(MempoolEntry::transaction));
  }
}
