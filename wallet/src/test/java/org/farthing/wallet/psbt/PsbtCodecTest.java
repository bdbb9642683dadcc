package org.farthing.wallet.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.TestKey;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.miniscript.HashType;
import org.junit.jupiter.api.Test;

class PsbtCodecTest {
  private static final String KEY = Hex.encode(TestKey.number(1).publicKey());
  private static final String OTHER_KEY = Hex.encode(TestKey.number(2).publicKey());
  private static final String X_ONLY = KEY.substring(2);
  private static final String NO_KEY = "02" + "ff".repeat(32);
  private static final String HASH = "11".repeat(32);
  private static final String ORIGIN = "d34db33f" + "54000080" + "00000000";
  private static final String PREVIOUS =
      "0200000001"
          + "bb".repeat(32)
          + "00000000"
          + "00"
          + "ffffffff"
          + "01"
          + "e803000000000000"
          + "0151"
          + "00000000";

  /** Strict DER, and SIGHASH_ALL. */
  private static final String SIGNATURE = "3006020101020101" + "01";

  private static String xpub() throws Exception {
    String text = ExtendedKey.ofSeed(new byte[16]).toPublicString(TestNetworks.REGTEST);
    return Hex.encode(Base58Check.decode(text));
  }

  /** Each field that there is, in the order in which it is written. */
  static RawPsbt everything() throws Exception {
    RawPsbt raw = new RawPsbt();
    raw.global
        .put("01" + xpub(), ORIGIN)
        .put("02", "02000000")
        .put("03", "05000000")
        .put("04", "01")
        .put("05", "01")
        .put("06", "05")
        .put("fb", "02000000")
        .put("fc" + "02" + "abcd" + "07" + "01", "0102")
        .put("20" + "77", "03");
    raw.inputs.add(
        new RawPsbt.Fields()
            .put("01", "e803000000000000" + "0151")
            .put("02" + KEY, SIGNATURE)
            .put("03", "81000000")
            .put("04", "51")
            .put("05", "52")
            .put("06" + KEY, ORIGIN)
            .put("0a" + "01".repeat(20), "aa")
            .put("0b" + "02".repeat(32), "bb")
            .put("0c" + "03".repeat(20), "cc")
            .put("0d" + "04".repeat(32), "")
            .put("13", "05".repeat(64))
            .put("14" + X_ONLY + HASH, "06".repeat(65))
            .put("15" + "c0" + X_ONLY, "51" + "c0")
            .put("15" + "c0" + X_ONLY + HASH, "51" + "c0")
            .put("16" + X_ONLY, "01" + HASH + ORIGIN)
            .put("17", X_ONLY)
            .put("18", HASH)
            .put("1a" + KEY, KEY + OTHER_KEY)
            .put("1b" + KEY + OTHER_KEY, "07".repeat(66))
            .put("1b" + KEY + OTHER_KEY + HASH, "08".repeat(66))
            .put("1c" + KEY + OTHER_KEY, "09".repeat(32))
            .put("0e", "aa".repeat(32))
            .put("0f", "01000000")
            .put("10", "fdffffff")
            .put("11", "0065cd1d")
            .put("12", "0a000000")
            .put("fc" + "00" + "00", "")
            .put("f0" + "01", "02"));
    raw.outputs.add(
        new RawPsbt.Fields()
            .put("00", "51")
            .put("01", "52")
            .put("02" + KEY, ORIGIN)
            .put("03", "e803000000000000")
            .put("04", "51")
            .put("fc" + "01" + "aa" + "01", "01")
            .put("05", X_ONLY)
            .put("06", "01c00151" + "01c00152")
            .put("07" + X_ONLY, "00" + ORIGIN)
            .put("08" + KEY, KEY)
            .put("fdffff" + "01", "00"));
    return raw;
  }

  @Test
  void everyFieldIsKept() throws Exception {
    byte[] bytes = everything().bytes();
    Psbt psbt = PsbtCodec.decode(bytes);
    assertThat(Hex.encode(PsbtCodec.encode(psbt))).isEqualTo(Hex.encode(bytes));
    assertThat(PsbtCodec.parse(PsbtCodec.format(psbt))).isEqualTo(psbt);
  }

  @Test
  void everyFieldIsRead() throws Exception {
    Psbt psbt = everything().read();
    assertThat(psbt.version()).isEqualTo(2);
    assertThat(psbt.txVersion()).isEqualTo(2);
    assertThat(psbt.fallbackLockTime()).isEqualTo(OptionalInt.of(5));
    assertThat(psbt.inputsModifiable()).isTrue();
    assertThat(psbt.outputsModifiable()).isFalse();
    assertThat(psbt.hasSigHashSingle()).isTrue();
    assertThat(psbt.xpubs().get(0).origin()).hasToString("d34db33f/84h/0");
    assertThat(psbt.proprietary().get(0).identifier()).hasToString("abcd");
    assertThat(psbt.proprietary().get(0).subtype()).isEqualTo(7);
    assertThat(psbt.unknown()).hasSize(1);

    PsbtInput input = psbt.inputs().get(0);
    assertThat(input.outPoint()).hasToString("aa".repeat(32) + ":1");
    assertThat(input.sequence()).isEqualTo(OptionalInt.of(-3));
    assertThat(input.timeLock()).isEqualTo(OptionalInt.of(500_000_000));
    assertThat(input.heightLock()).isEqualTo(OptionalInt.of(10));
    assertThat(input.utxo().map(TxOut::valueSat)).contains(1000L);
    assertThat(input.partialSignatures())
        .containsExactly(Map.entry(RawPsbt.bytes(KEY), RawPsbt.bytes(SIGNATURE)));
    assertThat(input.sigHashType()).isEqualTo(OptionalInt.of(0x81));
    assertThat(input.redeemScript()).get().hasToString("51");
    assertThat(input.witnessScript()).get().hasToString("52");
    assertThat(input.origins().get(RawPsbt.bytes(KEY))).hasToString("d34db33f/84h/0");
    assertThat(input.preimages(HashType.RIPEMD160)).hasSize(1);
    assertThat(input.preimages(HashType.HASH256).firstEntry().getValue().isEmpty()).isTrue();
    assertThat(input.isFinal()).isFalse();
    assertThat(input.taprootKeySignature()).get().hasToString("05".repeat(64));
    assertThat(input.taprootScriptSignatures().firstKey().leafHash()).hasToString(HASH);
    assertThat(input.taprootScripts()).extracting(e -> e.getValue().size()).containsExactly(33, 65);
    assertThat(input.taprootOrigins().firstEntry().getValue().leafHashes()).hasSize(1);
    assertThat(input.taprootInternalKey()).get().hasToString(X_ONLY);
    assertThat(input.taprootMerkleRoot()).get().hasToString(HASH);
    assertThat(input.musigParticipants().get(RawPsbt.bytes(KEY))).hasSize(2);
    assertThat(input.musigNonces())
        .extracting(part -> part.leafHash().isPresent())
        .containsExactly(false, true);
    assertThat(input.musigPartialSignatures().get(0).participant()).hasToString(KEY);
    assertThat(input.proprietary()).hasSize(1);
    assertThat(input.unknown()).hasSize(1);

    PsbtOutput output = psbt.outputs().get(0);
    assertThat(output.output().valueSat()).isEqualTo(1000);
    assertThat(output.redeemScript()).get().hasToString("51");
    assertThat(output.witnessScript()).get().hasToString("52");
    assertThat(output.origins()).hasSize(1);
    assertThat(output.taprootInternalKey()).get().hasToString(X_ONLY);
    assertThat(output.taprootTree().orElseThrow().leaves()).hasSize(2);
    assertThat(output.taprootOrigins().firstEntry().getValue().leafHashes()).isEmpty();
    assertThat(output.musigParticipants()).hasSize(1);
    assertThat(output.proprietary()).hasSize(1);
    assertThat(output.unknown()).hasSize(1);
  }

  @Test
  void fieldsThatSayNothingAreLeftOut() throws Exception {
    RawPsbt raw = RawPsbt.version0();
    byte[] plain = raw.bytes();
    raw.global.put("fb", "00000000");
    raw.input()
        .put("01", "ffffffffffffffff" + "00")
        .put("04", "")
        .put("05", "")
        .put("07", "")
        .put("08", "00")
        .put("17", "00".repeat(32))
        .put("18", "00".repeat(32));
    raw.output().put("00", "").put("01", "").put("05", "00".repeat(32));
    assertThat(PsbtCodec.encode(raw.read())).isEqualTo(plain);
  }

  @Test
  void anInputThatIsFinalNeedsNoSignaturesAnyMore() throws Exception {
    RawPsbt raw = RawPsbt.version2();
    raw.input().put("07", "51");
    byte[] plain = raw.bytes();
    raw.input().put("02" + KEY, SIGNATURE).put("04", "51").put("13", "05".repeat(64));
    Psbt psbt = raw.read();
    assertThat(psbt.inputs().get(0).partialSignatures()).hasSize(1);
    assertThat(PsbtCodec.decode(PsbtCodec.encode(psbt))).isEqualTo(PsbtCodec.decode(plain));
  }

  @Test
  void leafHashesAreASet() throws Exception {
    RawPsbt raw = RawPsbt.version2();
    raw.input().put("16" + X_ONLY, "03" + "22".repeat(32) + HASH + "22".repeat(32) + ORIGIN);
    Psbt psbt = raw.read();
    raw.input().put("16" + X_ONLY, "02" + HASH + "22".repeat(32) + ORIGIN);
    assertThat(psbt).isEqualTo(raw.read());
  }

  private static void refused(RawPsbt raw, String message) {
    assertThatThrownBy(raw::read).isInstanceOf(DecodeException.class).hasMessage(message);
  }

  private static void global(String message, Consumer<RawPsbt.Fields> change) {
    RawPsbt raw = RawPsbt.version2();
    change.accept(raw.global);
    refused(raw, message);
  }

  private static void input(String message, Consumer<RawPsbt.Fields> change) {
    RawPsbt raw = RawPsbt.version2();
    change.accept(raw.input());
    refused(raw, message);
  }

  private static void output(String message, Consumer<RawPsbt.Fields> change) {
    RawPsbt raw = RawPsbt.version2();
    change.accept(raw.output());
    refused(raw, message);
  }

  @Test
  void whatIsWrongWithGlobalFieldsIsSaid() throws Exception {
    String xpub = xpub();
    global("Size of key was not 1 for the type Global Transaction Version", f -> f.put("0201", ""));
    global("Size of key was not 79 for the type Global XPUB", f -> f.put("0101", ORIGIN));
    global("Invalid pubkey", f -> f.put("01" + xpub.substring(0, 90) + NO_KEY, ORIGIN));
    global("Invalid length for HD key path", f -> f.put("01" + xpub, "d34db3"));
    global("Size of value was not the stated size", f -> f.put("02", "0200"));
    global("Size of value was not the stated size", f -> f.put("02", "0200000000"));
    global("Unsupported version number", f -> f.put("fb", "03000000"));
    global("There is no PSBT version 1", f -> f.put("fb", "01000000"));
    global("PSBT_GLOBAL_TX_VERSION is required in PSBTv2", f -> f.remove("02"));
    global("PSBT_GLOBAL_INPUT_COUNT is required in PSBTv2", f -> f.remove("04"));
    global("PSBT_GLOBAL_OUTPUT_COUNT is required in PSBTv2", f -> f.remove("05"));
    global("No unsigned transaction was provided", f -> f.put("fb", "00000000"));
    global("Duplicate Key, global key \"02\" already provided", f -> f.repeat("02"));
    RawPsbt empty = RawPsbt.version2();
    empty.outputs.clear();
    refused(empty, "Outputs provided does not match the number of outputs in transaction.");
    empty.inputs.clear();
    refused(empty, "Inputs provided does not match the number of inputs in transaction.");
    RawPsbt signed = RawPsbt.version0();
    signed.global.put(
        "00", signed.global.fields().get("00").replace("01000000" + "00", "01000000" + "0151"));
    refused(signed, "Unsigned tx does not have empty scriptSigs and scriptWitnesses.");
    for (String field : List.of("02", "03", "04", "05", "06")) {
      RawPsbt mixed = RawPsbt.version0();
      mixed.global.put(field, field.equals("02") || field.equals("03") ? "01000000" : "01");
      assertThatThrownBy(mixed::read)
          .hasMessageStartingWith("PSBT_GLOBAL_")
          .hasMessageEndingWith(" is not allowed in PSBTv0");
    }
  }

  @Test
  void whatIsWrongWithInputFieldsIsSaid() {
    input("Previous TXID is required in PSBTv2", f -> f.remove("0e"));
    input("Previous output's index is required in PSBTv2", f -> f.remove("0f"));
    input("Non-witness UTXO does not match outpoint hash", f -> f.put("00", PREVIOUS));
    input("Invalid pubkey", f -> f.put("02" + NO_KEY, SIGNATURE));
    input("Signature is not a valid encoding", f -> f.put("02" + KEY, ""));
    input("Signature is not a valid encoding", f -> f.put("02" + KEY, "3006020101020101" + "04"));
    input("Signature is not a valid encoding", f -> f.put("02" + KEY, "30060201010201" + "01"));
    input(
        "Size of key was not the expected size for the type partial signature pubkey",
        f -> f.put("02" + X_ONLY, SIGNATURE));
    input(
        "Size of key was not the expected size for the type BIP32 keypath",
        f -> f.put("06", ORIGIN));
    input("Invalid length for HD key path", f -> f.put("06" + KEY, ""));
    input("Size of value was not the stated size", f -> f.put("03", "01"));
    input("Size of key was not 21 for the type Input RIPEMD160 Preimage", f -> f.put("0a01", ""));
    input("Size of key was not 33 for the type Input SHA256 Preimage", f -> f.put("0b01", ""));
    input("Size of key was not 21 for the type Input Hash160 Preimage", f -> f.put("0c01", ""));
    input("Size of key was not 33 for the type Input Hash256 Preimage", f -> f.put("0d01", ""));
    input(
        "Required time based locktime is invalid (less than 500000000)",
        f -> f.put("11", "ff64cd1d"));
    input(
        "Required height based locktime is invalid (greater than or equal to 500000000)",
        f -> f.put("12", "0065cd1d"));
    input("Required height based locktime is invalid (0)", f -> f.put("12", "00000000"));
    input(
        "Input Taproot key path signature is shorter than 64 bytes",
        f -> f.put("13", "05".repeat(63)));
    input(
        "Input Taproot script path signature is longer than 65 bytes",
        f -> f.put("14" + X_ONLY + HASH, "05".repeat(66)));
    input("Input Taproot leaf script key is not at least 34 bytes", f -> f.put("15c0", "51c0"));
    input(
        "Input Taproot leaf script key's control block size is not valid",
        f -> f.put("15c0" + X_ONLY + "00", "51c0"));
    input("Input Taproot leaf script must be at least 1 byte", f -> f.put("15c0" + X_ONLY, ""));
    input(
        "Input Taproot BIP32 keypath has an invalid length",
        f -> f.put("16" + X_ONLY, "02" + HASH));
    input("Input musig2 aggregate pubkey is invalid", f -> f.put("1a" + NO_KEY, KEY));
    input(
        "Input musig2 participants pubkeys value size is not a multiple of 33",
        f -> f.put("1a" + KEY, KEY + "00"));
    input(
        "Input musig2 pubnonce key is not expected size of 67 or 99 bytes",
        f -> f.put("1b" + KEY, ""));
    input("Input musig2 pubnonce value is not 66 bytes", f -> f.put("1b" + KEY + KEY, "00"));
    input("Duplicate Key, input key \"f0\" already provided", f -> f.put("f0", "").repeat("f0"));
    for (String field : List.of("0e", "0f", "10", "11", "12")) {
      RawPsbt raw = RawPsbt.version0();
      String value = field.equals("0e") ? HASH : field.equals("11") ? "0065cd1d" : "01000000";
      raw.input().put(field, value);
      assertThatThrownBy(raw::read).hasMessageEndingWith(" is not allowed in PSBTv0");
    }
  }

  @Test
  void whatIsWrongWithOutputFieldsIsSaid() {
    output("Output amount is required in PSBTv2", f -> f.remove("03"));
    output("Output script is required in PSBTv2", f -> f.remove("04"));
    output("Output Taproot tree must not be empty", f -> f.put("06", ""));
    output("Output Taproot tree is malformed", f -> f.put("06", "01c00151"));
    output(
        "Output Taproot tree has as leaf greater than Taproot maximum depth",
        f -> f.put("06", "81c00151"));
    output(
        "Output Taproot tree has a leaf with an invalid leaf version",
        f -> f.put("06", "00c10151"));
    output("Output Taproot BIP32 keypath has an invalid length", f -> f.put("07" + X_ONLY, "01"));
    output("Output musig2 participant pubkey is invalid", f -> f.put("08" + KEY, NO_KEY));
    output("Duplicate Key, output key \"04\" already provided", f -> f.repeat("04"));
    for (String field : List.of("03", "04")) {
      RawPsbt raw = RawPsbt.version0();
      raw.output().put(field, "0100000000000000");
      assertThatThrownBy(raw::read).hasMessageEndingWith(" is not allowed in PSBTv0");
    }
  }

  @Test
  void whereBytesEndOrGoOnIsSaid() {
    byte[] bytes = RawPsbt.version2().bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PsbtCodec.decode(cut)).isInstanceOf(DecodeException.class);
    }
    assertThatThrownBy(() -> PsbtCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessage("extra data after PSBT");
    assertThatThrownBy(() -> PsbtCodec.decode(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessage("Separator is missing at the end of an output map");
    bytes[4] = 0;
    assertThatThrownBy(() -> PsbtCodec.decode(bytes)).hasMessage("Invalid PSBT magic bytes");
    assertThatThrownBy(() -> PsbtCodec.parse("cHNidP8")).hasMessage("invalid base64");
  }
}
