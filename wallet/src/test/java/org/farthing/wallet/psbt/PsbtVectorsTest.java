package org.farthing.wallet.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.SigHashType;
import org.farthing.testing.Vectors;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.DescriptorKeys.Part;
import org.farthing.wallet.spend.SigningKeys;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every line of the vectors of BIP-0174, BIP-0370, BIP-0371 and BIP-0373. */
class PsbtVectorsTest {
  private static Stream<DynamicTest> each(String kind, Check check) {
    JsonNode lines = Vectors.json("rpc_psbt.json").get(kind);
    assertThat(lines).as(kind).isNotEmpty();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> DynamicTest.dynamicTest(kind + " " + i, () -> check.vector(lines.get(i))));
  }

  private interface Check {
    void vector(JsonNode line) throws Exception;
  }

  @Test
  void allKindsOfVectorsAreKnown() {
    List<String> kinds = new ArrayList<>();
    Vectors.json("rpc_psbt.json").fieldNames().forEachRemaining(kinds::add);
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "invalid",
            "invalid_with_msg",
            "valid",
            "creator",
            "signer",
            "combiner",
            "finalizer",
            "extractor");
  }

  @TestFactory
  Stream<DynamicTest> invalid() {
    return each(
        "invalid",
        line ->
            assertThatThrownBy(() -> PsbtCodec.parse(line.asText()))
                .isInstanceOf(DecodeException.class));
  }

  @TestFactory
  Stream<DynamicTest> invalidForAReason() {
    return each(
        "invalid_with_msg",
        line ->
            assertThatThrownBy(() -> PsbtCodec.parse(line.get(0).asText()))
                .isInstanceOf(DecodeException.class)
                .hasMessageStartingWith(line.get(1).asText()));
  }

  @TestFactory
  Stream<DynamicTest> valid() {
    return each(
        "valid",
        line -> {
          Psbt psbt = PsbtCodec.parse(line.asText());
          String text = PsbtCodec.format(psbt);
          assertThat(PsbtCodec.format(PsbtCodec.parse(text))).isEqualTo(text);
          assertThat(PsbtCombiner.combine(List.of(psbt, psbt))).contains(psbt);
        });
  }

  @TestFactory
  Stream<DynamicTest> creator() {
    return each(
        "creator",
        line -> {
          List<TxIn> inputs = new ArrayList<>();
          for (JsonNode input : line.get("inputs")) {
            Txid txid = Txid.parse(input.get("txid").asText());
            inputs.add(
                new TxIn(new OutPoint(txid, Vectors.int32(input.get("vout"))), Script.EMPTY, -1));
          }
          List<TxOut> outputs = new ArrayList<>();
          for (JsonNode output : line.get("outputs")) {
            String address = output.fieldNames().next();
            outputs.add(
                new TxOut(
                    Amount.parse(output.get(address).asText()),
                    Address.parse(address, TestNetworks.REGTEST).toScript()));
          }
          Psbt psbt =
              Psbt.of(new Transaction(2, inputs, outputs, 0), Vectors.int32(line.get("version")));
          assertThat(PsbtCodec.format(psbt)).isEqualTo(line.get("result").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> signer() {
    return each(
        "signer",
        line -> {
          SigningKeys keys = new SigningKeys();
          DescriptorKeys adder = new DescriptorKeys(keys, EnumSet.allOf(Part.class));
          for (JsonNode key : line.get("privkeys")) {
            adder.add(Descriptor.parse("combo(" + key.asText() + ")", TestNetworks.REGTEST), 0);
          }
          Psbt psbt = PsbtCodec.parse(line.get("psbt").asText());
          PsbtSigner signer = PsbtSigner.of(psbt).orElseThrow();
          PsbtSigner.Options options =
              new PsbtSigner.Options(OptionalInt.of(SigHashType.ALL), true);
          for (int i = 0; i < psbt.inputs().size(); i++) {
            PsbtInput input = psbt.inputs().get(i);
            psbt = psbt.withInput(i, signer.sign(i, input, keys, options).input());
          }
          assertThat(PsbtCodec.format(psbt)).isEqualTo(line.get("result").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> combiner() {
    return each(
        "combiner",
        line -> {
          List<Psbt> copies = new ArrayList<>();
          for (JsonNode copy : line.get("combine")) {
            copies.add(PsbtCodec.parse(copy.asText()));
          }
          assertThat(PsbtCombiner.combine(copies).map(PsbtCodec::format))
              .contains(line.get("result").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> finalizer() {
    return each(
        "finalizer",
        line -> {
          Psbt psbt = PsbtCodec.parse(line.get("finalize").asText());
          assertThat(PsbtCodec.format(PsbtFinalizer.finish(psbt).psbt()))
              .isEqualTo(line.get("result").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> extractor() {
    return each(
        "extractor",
        line -> {
          Psbt psbt = PsbtCodec.parse(line.get("extract").asText());
          assertThat(
                  PsbtFinalizer.finish(psbt)
                      .transaction()
                      .map(transaction -> Hex.encode(transaction.serialize())))
              .contains(line.get("result").asText());
        });
  }
}
