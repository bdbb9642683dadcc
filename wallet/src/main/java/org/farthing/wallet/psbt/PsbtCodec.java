package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.wallet.encoding.Base64Text;
import org.farthing.wallet.encoding.EncodingException;

/**
 * Reads and writes partially signed transactions (BIP-0174, BIP-0370). Fields of unknown kinds are
 * kept. What a standard forbids is refused in Bitcoin Core's words, and fields are written in its
 * order.
 */
public final class PsbtCodec {
  private static final byte[] MAGIC = {'p', 's', 'b', 't', (byte) 0xff};

  private PsbtCodec() {}

  /** Reads the text in base 64. */
  public static Psbt parse(String base64) throws DecodeException {
    byte[] bytes;
    try {
      bytes = Base64Text.decode(base64);
    } catch (EncodingException e) {
      throw new DecodeException("invalid base64");
    }
    return decode(bytes);
  }

  /** The text in base 64. */
  public static String format(Psbt psbt) {
    return Base64Text.encode(encode(psbt));
  }

  /** Reads one that fills the bytes. */
  public static Psbt decode(byte[] bytes) throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    if (!ByteString.of(in.bytes(MAGIC.length)).equals(ByteString.of(MAGIC))) {
      throw new DecodeException("Invalid PSBT magic bytes");
    }
    PsbtMap global = read(in, GlobalField.values(), "global");
    int version = version(global);
    Psbt psbt = version == 0 ? readVersion0(in, global) : readVersion2(in, global);
    if (in.remaining() != 0) {
      throw new DecodeException("extra data after PSBT");
    }
    return psbt;
  }

  private static int version(PsbtMap global) throws DecodeException {
    Optional<ByteString> given = global.get(GlobalField.VERSION);
    int version = given.isEmpty() ? 0 : given.get().reader().int32();
    if (version == 1) {
      throw new DecodeException("There is no PSBT version 1");
    }
    return version;
  }

  private static Psbt readVersion0(ByteReader in, PsbtMap global) throws DecodeException {
    if (!global.has(GlobalField.UNSIGNED_TX)) {
      throw new DecodeException("No unsigned transaction was provided");
    }
    for (GlobalField field :
        List.of(
            GlobalField.TX_VERSION,
            GlobalField.FALLBACK_LOCKTIME,
            GlobalField.INPUT_COUNT,
            GlobalField.OUTPUT_COUNT,
            GlobalField.TX_MODIFIABLE)) {
      if (global.has(field)) {
        throw new DecodeException("PSBT_GLOBAL_" + field + " is not allowed in PSBTv0");
      }
    }
    Transaction transaction =
        Transaction.readWithoutWitness(global.get(GlobalField.UNSIGNED_TX).orElseThrow().reader());
    Psbt plain = Psbt.of(transaction, 0);
    List<PsbtInput> inputs = new ArrayList<>();
    for (PsbtInput input : plain.inputs()) {
      PsbtMap map = readInput(in);
      checkVersion0(map);
      inputs.add(checked(new PsbtInput(map.union(input.map()))));
    }
    List<PsbtOutput> outputs = new ArrayList<>();
    for (PsbtOutput output : plain.outputs()) {
      PsbtMap map = readOutput(in);
      checkVersion0Output(map);
      outputs.add(new PsbtOutput(map.union(output.map())));
    }
    PsbtMap known = withoutForm(global).union(plain.global());
    return new Psbt(0, known, inputs, outputs);
  }

  private static void checkVersion0(PsbtMap input) throws DecodeException {
    for (InputField field : InputField.values()) {
      if (field.isOfVersion2() && input.has(field)) {
        String name =
            switch (field) {
              case PREVIOUS_TXID -> "Previous txid";
              case OUTPUT_INDEX -> "Previous output's index";
              case SEQUENCE -> "Sequence";
              case TIME_LOCKTIME -> "Required time based locktime";
              default -> "Required height based locktime";
            };
        throw new DecodeException(name + " is not allowed in PSBTv0");
      }
    }
  }

  private static void checkVersion0Output(PsbtMap output) throws DecodeException {
    for (OutputField field : OutputField.values()) {
      if (field.isOfVersion2() && output.has(field)) {
        String name = field == OutputField.AMOUNT ? "amount" : "script";
        throw new DecodeException("Output " + name + " is not allowed in PSBTv0");
      }
    }
  }

  private static Psbt readVersion2(ByteReader in, PsbtMap global) throws DecodeException {
    for (GlobalField field :
        List.of(GlobalField.TX_VERSION, GlobalField.INPUT_COUNT, GlobalField.OUTPUT_COUNT)) {
      if (!global.has(field)) {
        throw new DecodeException("PSBT_GLOBAL_" + field + " is required in PSBTv2");
      }
    }
    if (global.has(GlobalField.UNSIGNED_TX)) {
      throw new DecodeException("PSBT_GLOBAL_UNSIGNED_TX is not allowed in PSBTv2");
    }
    List<PsbtInput> inputs = new ArrayList<>();
    for (int left = count(global, GlobalField.INPUT_COUNT); left > 0; left--) {
      PsbtMap map = readInput(in);
      require(map, InputField.PREVIOUS_TXID, "Previous TXID");
      require(map, InputField.OUTPUT_INDEX, "Previous output's index");
      inputs.add(checked(new PsbtInput(map)));
    }
    List<PsbtOutput> outputs = new ArrayList<>();
    for (int left = count(global, GlobalField.OUTPUT_COUNT); left > 0; left--) {
      PsbtMap map = readOutput(in);
      require(map, OutputField.AMOUNT, "Output amount");
      require(map, OutputField.SCRIPT, "Output script");
      outputs.add(new PsbtOutput(map));
    }
    return new Psbt(2, withoutForm(global), inputs, outputs);
  }

  private static void require(PsbtMap map, PsbtField field, String name) throws DecodeException {
    if (!map.has(field)) {
      throw new DecodeException(name + " is required in PSBTv2");
    }
  }

  private static int count(PsbtMap global, GlobalField field) throws DecodeException {
    return global.get(field).orElseThrow().reader().count(0);
  }

  /** Without what only says how the rest is written. */
  private static PsbtMap withoutForm(PsbtMap global) {
    return global.toBuilder()
        .remove(GlobalField.UNSIGNED_TX)
        .remove(GlobalField.INPUT_COUNT)
        .remove(GlobalField.OUTPUT_COUNT)
        .remove(GlobalField.VERSION)
        .build();
  }

  private static PsbtInput checked(PsbtInput input) throws DecodeException {
    Optional<Transaction> previous = input.nonWitnessUtxo();
    if (previous.isPresent()) {
      if (!previous.get().txid().equals(input.outPoint().txid())) {
        throw new DecodeException("Non-witness UTXO does not match outpoint hash");
      }
      if (input.utxo().isEmpty()) {
        throw new DecodeException("Input specifies output index that does not exist");
      }
    }
    return input;
  }

  private static PsbtMap readInput(ByteReader in) throws DecodeException {
    if (in.remaining() == 0) {
      throw new DecodeException(
          "Inputs provided does not match the number of inputs in transaction.");
    }
    return read(in, InputField.values(), "input");
  }

  private static PsbtMap readOutput(ByteReader in) throws DecodeException {
    if (in.remaining() == 0) {
      throw new DecodeException(
          "Outputs provided does not match the number of outputs in transaction.");
    }
    return read(in, OutputField.values(), "output");
  }

  /** Reads one map with its separator. */
  private static PsbtMap read(ByteReader in, PsbtField[] known, String scope)
      throws DecodeException {
    PsbtMap.Builder map = PsbtMap.builder();
    Set<ByteString> seen = new HashSet<>();
    while (in.remaining() > 0) {
      ByteString key = ByteString.of(in.varBytes());
      if (key.isEmpty()) {
        return map.build();
      }
      if (!seen.add(key)) {
        throw new DecodeException(
            "Duplicate Key, %s key \"%s\" already provided".formatted(scope, key));
      }
      Optional<PsbtField> field = kindOf(key, known);
      if (field.isPresent()) {
        field.get().keyRule().check(key);
      }
      ByteString value = ByteString.of(in.varBytes());
      Optional<ByteString> normal =
          field.isPresent() ? field.get().valueForm().normal(value) : Optional.of(value);
      normal.ifPresent(form -> map.put(key, form));
    }
    throw new DecodeException(
        "Separator is missing at the end of %s map"
            .formatted(scope.equals("global") ? "the global" : "an " + scope));
  }

  private static Optional<PsbtField> kindOf(ByteString key, PsbtField[] known)
      throws DecodeException {
    long number = key.reader().compactSize();
    if (number < 0 || number > CompactSize.MAX_COUNT) {
      throw new DecodeException("ReadCompactSize(): size too large");
    }
    for (PsbtField field : known) {
      if (field.number() == number) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  public static byte[] encode(Psbt psbt) {
    boolean version2 = psbt.version() == 2;
    ByteWriter out = new ByteWriter();
    out.bytes(MAGIC);
    PsbtMap global = version2 ? formOfVersion2(psbt) : formOfVersion0(psbt);
    global.writeTo(out, GlobalField.values(), field -> true);
    for (PsbtInput input : psbt.inputs()) {
      PsbtMap map = withoutWitnessOfPrevious(input);
      map.writeTo(
          out,
          InputField.values(),
          field ->
              (version2 || !field.isOfVersion2()) && !(input.isFinal() && field.endsWithSigning()));
    }
    for (PsbtOutput output : psbt.outputs()) {
      output.map().writeTo(out, OutputField.values(), field -> version2 || !field.isOfVersion2());
    }
    return out.toByteArray();
  }

  /** The identifier of the transaction before does not cover its witness. */
  private static PsbtMap withoutWitnessOfPrevious(PsbtInput input) {
    return input
        .nonWitnessUtxo()
        .filter(Transaction::hasWitness)
        .map(previous -> input.withNonWitnessUtxo(previous.withoutWitness()).map())
        .orElse(input.map());
  }

  private static PsbtMap formOfVersion0(Psbt psbt) {
    Transaction unsigned = psbt.unsigned().orElseThrow();
    return psbt.global().toBuilder()
        .remove(GlobalField.TX_VERSION)
        .remove(GlobalField.FALLBACK_LOCKTIME)
        .put(GlobalField.UNSIGNED_TX, ByteString.of(unsigned.serializeWithoutWitness()))
        .build();
  }

  private static PsbtMap formOfVersion2(Psbt psbt) {
    return psbt.global().toBuilder()
        .put(GlobalField.INPUT_COUNT, out -> out.compactSize(psbt.inputs().size()))
        .put(GlobalField.OUTPUT_COUNT, out -> out.compactSize(psbt.outputs().size()))
        .put(GlobalField.VERSION, out -> out.int32(psbt.version()))
        .build();
  }
}
