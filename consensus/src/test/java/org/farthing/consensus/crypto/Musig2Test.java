package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Musig2.SecretNonce;
import org.farthing.consensus.crypto.Musig2.Session;
import org.farthing.consensus.crypto.Musig2.Tweak;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against the vectors of BIP-0327, numbered as there: those of key_agg_vectors.json,
 * nonce_agg_vectors.json, sign_verify_vectors.json, tweak_vectors.json and sig_agg_vectors.json
 * with messages of 32 bytes. Of nonce_gen_vectors.json see {@link MusigNonceTest}.
 */
class Musig2Test {
  private static final String GENERATOR_OF_THREE =
      "02F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9";
  private static final String ONE =
      "03935F972DA013F80AE011890FA89B67A27B7BE6CCB24D3274D18B2D4067F261A9";
  private static final String CURVE_ORDER =
      "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141";

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(Musig2.isAvailable());
  }

  private static List<byte[]> chosen(List<String> hex, String indexes) {
    return Stream.of(indexes.split(" "))
        .map(index -> hex.get(Integer.parseInt(index)))
        .map(Hex::constant)
        .toList();
  }

  /** Tweaks by their numbers; an x stands behind those that are x-only. */
  private static List<Tweak> tweaks(List<String> hex, String indexes) {
    return Stream.of(indexes.split(" "))
        .filter(index -> !index.isEmpty())
        .map(
            index ->
                new Tweak(
                    ByteString.of(Hex.constant(hex.get(Integer.parseInt(index.replace("x", ""))))),
                    index.endsWith("x")))
        .toList();
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  // ---- keys

  private static final List<String> KEYS_TO_AGGREGATE =
      List.of(
          GENERATOR_OF_THREE,
          "03DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
          "023590A94E768F8E1815C2F24B4D80A8E3149316C3518CE7B7AD338368D038CA66",
          "020000000000000000000000000000000000000000000000000000000000000005",
          "02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC30",
          "04F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
          ONE);

  @ParameterizedTest
  @CsvSource({
    "0 1 2, 90539EEDE565F5D054F32CC0C220126889ED1E5D193BAF15AEF344FE59D4610C",
    "2 1 0, 6204DE8B083426DC6EAF9502D27024D53FC826BF7D2012148A0575435DF54B2B",
    "0 0 0, B436E3BAD62B8CD409969A224731C193D051162D8C5AE8B109306127DA3AA935",
    "0 0 1 1, 69BC22BFA5D106306E48A20679DE1D7389386124D07571D0D872686028C26A3E"
  })
  void keysAreAggregated(String indexes, String xOnly) {
    byte[] key = Musig2.aggregate(chosen(KEYS_TO_AGGREGATE, indexes));
    assertThat(Arrays.copyOfRange(key, 1, 33)).asHexString().isEqualTo(xOnly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 3", "0 4", "5 0"})
  void whatIsNoKeyIsNotAggregated(String indexes) {
    List<byte[]> keys = chosen(KEYS_TO_AGGREGATE, indexes);
    assertRefused(() -> Musig2.aggregate(keys));
  }

  @ParameterizedTest
  @CsvSource({
    "0 1, FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141, true",
    "6, 252E4BD67410A76CDF933D30EAA1608214037F1B105A013ECCD3C5C184A6110B, false"
  })
  void tweaksThatLeadNowhereAreRefused(String indexes, String tweak, boolean xOnly) {
    List<byte[]> keys = chosen(KEYS_TO_AGGREGATE, indexes);
    List<Tweak> tweaks = List.of(new Tweak(ByteString.of(Hex.constant(tweak)), xOnly));
    assertRefused(() -> new Session(keys, tweaks, new byte[32]));
  }

  // ---- nonces

  private static final List<String> NONCES_TO_AGGREGATE =
      List.of(
          "020151C80F435648DF67A22B749CD798CE54E0321D034B92B709B567D60A42E666"
              + "03BA47FBC1834437B3212E89A84D8425E7BF12E0245D98262268EBDCB385D50641",
          "03FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "0248C264CDD57D3C24D79990B0F865674EB62A0F9018277A95011B41BFC193B833",
          "020151C80F435648DF67A22B749CD798CE54E0321D034B92B709B567D60A42E666"
              + "0279BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
          "03FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "0379BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
          "04FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "0248C264CDD57D3C24D79990B0F865674EB62A0F9018277A95011B41BFC193B833",
          "03FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "0248C264CDD57D3C24D79990B0F865674EB62A0F9018277A95011B41BFC193B831",
          "03FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC30");

  @ParameterizedTest
  @CsvSource({
    "0 1, 035FE1873B4F2967F52FEA4A06AD5A8ECCBE9D0FD73068012C894E2E87CCB5804B"
        + "024725377345BDE0E9C33AF3C43C0A29A9249F2F2956FA8CFEB55C8573D0262DC8",
    "2 3, 035FE1873B4F2967F52FEA4A06AD5A8ECCBE9D0FD73068012C894E2E87CCB5804B"
        + "000000000000000000000000000000000000000000000000000000000000000000"
  })
  void noncesAreAggregated(String indexes, String nonce) {
    assertThat(Musig2.aggregateNonces(chosen(NONCES_TO_AGGREGATE, indexes)))
        .asHexString()
        .isEqualTo(nonce);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 4", "5 1", "6 1"})
  void whatIsNoNonceIsNotAggregated(String indexes) {
    List<byte[]> nonces = chosen(NONCES_TO_AGGREGATE, indexes);
    assertThatThrownBy(() -> Musig2.aggregateNonces(nonces))
        .isInstanceOfAny(Secp256k1Exception.class, IllegalArgumentException.class);
  }

  // ---- partial signatures

  private static final byte[] SECRET_KEY =
      Hex.constant("7FB9E0E687ADA1EEBF7ECFE2F21E73EBDB51A7D450948DFE8D76D7F2D1007671");
  private static final String SECRET_NONCE =
      "508B81A611F100A6B2B6B29656590898AF488BCF2E1F55CF22E5CFB84421FE61"
          + "FA27FD49B1D50085B481285E1CA205D55C82CC1B31FF5CD54A489829355901F7";
  private static final byte[] MESSAGE =
      Hex.constant("F95466D086770E689964664219266FE5ED215C92AE20BAB5C9D79ADDDDF3C0CF");

  private static final List<String> SIGNERS =
      List.of(
          ONE,
          GENERATOR_OF_THREE,
          "02DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA661",
          "02DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
          "020000000000000000000000000000000000000000000000000000000000000007");

  private static final List<String> NONCES =
      List.of(
          "0337C87821AFD50A8644D820A8F3E02E499C931865C2360FB43D0A0D20DAFE07EA"
              + "0287BF891D2A6DEAEBADC909352AA9405D1428C15F4B75F04DAE642A95C2548480",
          "0279BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"
              + "0279BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
          "032DE2662628C90B03F5E720284EB52FF7D71F4284F627B68A853D78C78E1FFE93"
              + "03E4C5524E83FFE1493B9077CF1CA6BEB2090C93D930321071AD40B2F44E599046",
          "0237C87821AFD50A8644D820A8F3E02E499C931865C2360FB43D0A0D20DAFE07EA"
              + "0387BF891D2A6DEAEBADC909352AA9405D1428C15F4B75F04DAE642A95C2548480",
          "0200000000000000000000000000000000000000000000000000000000000000"
              + "090287BF891D2A6DEAEBADC909352AA9405D1428C15F4B75F04DAE642A95C2548480",
          "04FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "0248C264CDD57D3C24D79990B0F865674EB62A0F9018277A95011B41BFC193B833",
          "03FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "0248C264CDD57D3C24D79990B0F865674EB62A0F9018277A95011B41BFC193B831",
          "03FF406FFD8ADB9CD29877E4985014F66A59F6CD01C0E88CAA8E5F3166B1F676A6"
              + "02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC30");

  /** A nonce as libsecp256k1 keeps it: a mark, two numbers, and the key, its halves reversed. */
  private static SecretNonce secretNonce(String numbers) {
    byte[] key = Secp256k1.uncompressed(Hex.constant(ONE));
    return new SecretNonce(
        new ByteWriter()
            .bytes(Hex.constant("220edcf1"))
            .bytes(Hex.constant(numbers))
            .bytes(reversed(Arrays.copyOfRange(key, 1, 33)))
            .bytes(reversed(Arrays.copyOfRange(key, 33, 65)))
            .toByteArray(),
        Hex.constant(NONCES.get(0)));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @ParameterizedTest
  @CsvSource({
    "0 1 2, 0 1 2, 0, 012ABBCB52B3016AC03AD82395A1A415C48B93DEF78718E62A7A90052FE224FB",
    "1 0 2, 1 0 2, 1, 9FF2F7AAA856150CC8819254218D3ADEEB0535269051897724F9DB3789513A52",
    "1 2 0, 1 2 0, 2, FA23C359F6FAC4E7796BB93BC9F0532A95468C539BA20FF86D7C76ED92227900",
    "0 1, 0 3, 0, AE386064B26105404798F75DE2EB9AF5EDA5387B064B83D049CB7C5E08879531"
  })
  void oneSignsHisPart(String keys, String nonces, int position, String part) {
    Session session = new Session(chosen(SIGNERS, keys), List.of(), MESSAGE);
    SecretNonce nonce = secretNonce(SECRET_NONCE);
    assertThat(session.sign(nonce, SECRET_KEY, chosen(NONCES, nonces), position))
        .hasValueSatisfying(made -> assertThat(made).asHexString().isEqualTo(part));
    assertThat(session.sign(nonce, SECRET_KEY, chosen(NONCES, nonces), position))
        .as("a nonce is good for one signature")
        .isEmpty();
    assertThat(session.isPart(Hex.constant(part), chosen(NONCES, nonces), position)).isTrue();
  }

  /** Its negation, that of another signer, and a number that is too large. */
  @ParameterizedTest
  @CsvSource({
    "FED54434AD4CFE953FC527DC6A5E5BE8F6234907B7C187559557CE87A0541C46, 0 1 2, 0",
    "012ABBCB52B3016AC03AD82395A1A415C48B93DEF78718E62A7A90052FE224FB, 0 1 2, 1",
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141, 0 1 2, 0",
    "012ABBCB52B3016AC03AD82395A1A415C48B93DEF78718E62A7A90052FE224FB, 4 1 2, 0"
  })
  void whatIsNoPartIsNotTakenForOne(String part, String nonces, int position) {
    Session session = new Session(chosen(SIGNERS, "0 1 2"), List.of(), MESSAGE);
    assertThat(session.isPart(Hex.constant(part), chosen(NONCES, nonces), position)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whoTakesNoPartSignsNothing(int position) {
    Session session = new Session(chosen(SIGNERS, "1 2"), List.of(), MESSAGE);
    SecretNonce nonce = secretNonce(SECRET_NONCE);
    assertThat(session.sign(nonce, SECRET_KEY, chosen(NONCES, "1 2"), position)).isEmpty();
  }

  private static final List<String> TWEAKS =
      List.of(
          "E8F791FF9225A2AF0102AFFF4A9A723D9612A682A25EBE79802B263CDFCD83BB",
          "AE2EA797CC0FE72AC5B97B97F3C6957D7E4199A167A58EB08BCAFFDA70AC0455",
          "F52ECBC565B3D8BEA2DFD5B75A4F457E54369809322E4120831626F290FA87E0",
          "1969AD73CC177FA0B4FCED6DF1F7BF9907E665FDE9BA196A74FED0A3CF5AEF9D",
          CURVE_ORDER);

  @ParameterizedTest
  @CsvSource({
    "0x, E28A5C66E61E178C2BA19DB77B6CF9F7E2F0F56C17918CD13135E60CC848FE91",
    "0, 38B0767798252F21BF5702C48028B095428320F73A4B14DB1E25DE58543D2D2D",
    "0 1x, 408A0A21C4A0F5DACAF9646AD6EB6FECD7F7A11F03ED1F48DFFF2185BC2C2408",
    "0 1 2x 3x, 45ABD206E61E3DF2EC9E264A6FEC8292141A633C28586388235541F9ADE75435",
    "0x 1 2x 3, B255FDCAC27B40C7CE7848E2D3B7BF5EA0ED756DA81565AC804CCCA3E1D5D239"
  })
  void oneSignsHisPartUnderATweakedKey(String tweaks, String part) {
    Session session = new Session(chosen(SIGNERS, "1 3 0"), tweaks(TWEAKS, tweaks), MESSAGE);
    assertThat(session.sign(secretNonce(SECRET_NONCE), SECRET_KEY, chosen(NONCES, "1 2 0"), 2))
        .hasValueSatisfying(made -> assertThat(made).asHexString().isEqualTo(part));
  }

  @Test
  void aTweakOfTheCurvesOrderIsRefused() {
    List<byte[]> keys = chosen(SIGNERS, "1 3 0");
    assertRefused(() -> new Session(keys, tweaks(TWEAKS, "4"), MESSAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 0 4", "4 1 2"})
  void whatIsNoKeyTakesNoPart(String indexes) {
    List<byte[]> keys = chosen(SIGNERS, indexes);
    assertRefused(() -> new Session(keys, List.of(), MESSAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4 1 2", "0 5 2", "0 6 2", "0 7 2"})
  void underNoncesThatAreNoneNothingIsSigned(String nonces) {
    Session session = new Session(chosen(SIGNERS, "0 1 2"), List.of(), MESSAGE);
    assertThat(session.sign(secretNonce(SECRET_NONCE), SECRET_KEY, chosen(NONCES, nonces), 0))
        .isEmpty();
  }

  // ---- whole signatures

  private static final byte[] COMBINED_MESSAGE =
      Hex.constant("599C67EA410D005B9DA90817CF03ED3B1C868E4DA4EDF00A5880B0082C237869");

  private static final List<String> COMBINED_KEYS =
      List.of(
          ONE,
          "02D2DC6F5DF7C56ACF38C7FA0AE7A759AE30E19B37359DFDE015872324C7EF6E05",
          "03C7FB101D97FF930ACD0C6760852EF64E69083DE0B06AC6335724754BB4B0522C",
          "02352433B21E7E05D3B452B81CAE566E06D2E003ECE16D1074AABA4289E0E3D581");

  private static final List<String> COMBINED_NONCES =
      List.of(
          "036E5EE6E28824029FEA3E8A9DDD2C8483F5AF98F7177C3AF3CB6F47CAF8D94AE9"
              + "02DBA67E4A1F3680826172DA15AFB1A8CA85C7C5CC88900905C8DC8C328511B53E",
          "03E4F798DA48A76EEC1C9CC5AB7A880FFBA201A5F064E627EC9CB0031D1D58FC51"
              + "03E06180315C5A522B7EC7C08B69DCD721C313C940819296D0A7AB8E8795AC1F00",
          "02C0068FD25523A31578B8077F24F78F5BD5F2422AFF47C1FADA0F36B3CEB6C7D2"
              + "02098A55D1736AA5FCC21CF0729CCE852575C06C081125144763C2C4C4A05C09B6",
          "031F5C87DCFBFCF330DEE4311D85E8F1DEA01D87A6F1C14CDFC7E4F1D8C441CFA4"
              + "0277BF176E9F747C34F81B0D9F072B1B404A86F402C2D86CF9EA9E9C69876EA3B9",
          "023F7042046E0397822C4144A17F8B63D78748696A46C3B9F0A901D296EC3406C3"
              + "02022B0B464292CF9751D699F10980AC764E6F671EFCA15069BBE62B0D1C62522A");

  private static final List<String> COMBINED_TWEAKS =
      List.of(
          "B511DA492182A91B0FFB9A98020D55F260AE86D7ECBD0399C7383D59A5F2AF7C",
          "A815FE049EE3C5AAB66310477FBC8BCCCAC2F3395F59F921C364ACD78A2F48DC",
          "75448A87274B056468B977BE06EB1E9F657577B7320B0A3376EA51FD420D18A8");

  private static final List<String> PARTS =
      List.of(
          "B15D2CD3C3D22B04DAE438CE653F6B4ECF042F42CFDED7C41B64AAF9B4AF53FB",
          "6193D6AC61B354E9105BBDC8937A3454A6D705B6D57322A5A472A02CE99FCB64",
          "9A87D3B79EC67228CB97878B76049B15DBD05B8158D17B5B9114D3C226887505",
          "66F82EA90923689B855D36C6B7E032FB9970301481B99E01CDB4D6AC7C347A15",
          "4F5AEE41510848A6447DCD1BBC78457EF69024944C87F40250D3EF2C25D33EFE",
          "DDEF427BBB847CC027BEFF4EDB01038148917832253EBC355FC33F4A8E2FCCE4",
          "97B890A26C981DA8102D3BC294159D171D72810FDF7C6A691DEF02F0F7AF3FDC",
          "53FA9E08BA5243CBCB0D797C5EE83BC6728E539EB76C2D0BF0F971EE4E909971",
          CURVE_ORDER);

  @ParameterizedTest
  @CsvSource({
    "0 1, 0 1, '', 0 1, 041DA22223CE65C92C9A0D6C2CAC828AAF1EEE56304FEC371DDF91EBB2B9EF09"
        + "12F1038025857FEDEB3FF696F8B99FA4BB2C5812F6095A2E0004EC99CE18DE1E",
    "0 2, 0 2, '', 2 3, 1069B67EC3D2F3C7C08291ACCB17A9C9B8F2819A52EB5DF8726E17E7D6B52E9F"
        + "01800260A7E9DAC450F4BE522DE4CE12BA91AEAF2B4279219EF74BE1D286ADD9",
    "0 2, 0 3, 0, 4 5, 5C558E1DCADE86DA0B2F02626A512E30A22CF5255CAEA7EE32C38E9A71A0E914"
        + "8BA6C0E6EC7683B64220F0298696F1B878CD47B107B81F7188812D593971E0CC",
    "0 3, 0 4, 0x 1 2x, 6 7, 839B08820B681DBA8DAF4CC7B104E8F2638F9388F8D7A555DC17B6E6971D7426"
        + "CE07BF6AB01F1DB50E4E33719295F4094572B79868E440FB3DEFD3FAC1DB589E"
  })
  void partsAreCombined(String keys, String nonces, String tweaks, String parts, String signature) {
    Session session =
        new Session(chosen(COMBINED_KEYS, keys), tweaks(COMBINED_TWEAKS, tweaks), COMBINED_MESSAGE);
    assertThat(session.combine(chosen(COMBINED_NONCES, nonces), chosen(PARTS, parts)))
        .hasValueSatisfying(made -> assertThat(made).asHexString().isEqualTo(signature));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7 8", "7 6", "6 6"})
  void partsThatAreNoneAreNotCombined(String parts) {
    Session session =
        new Session(
            chosen(COMBINED_KEYS, "0 3"), tweaks(COMBINED_TWEAKS, "0x 1 2x"), COMBINED_MESSAGE);
    assertThat(session.combine(chosen(COMBINED_NONCES, "0 4"), chosen(PARTS, parts))).isEmpty();
  }

  @Test
  void allTogetherMakeASignatureOfTheirKey() {
    SecureRandom random = new SecureRandom();
    List<byte[]> secrets =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  byte[] secret = new byte[32];
                  random.nextBytes(secret);
                  return secret;
                })
            .toList();
    List<byte[]> keys = secrets.stream().map(Secp256k1::publicKey).toList();
    Session session = new Session(keys, List.of(), MESSAGE);
    List<SecretNonce> own = secrets.stream().map(secret -> session.nonce(secret, random)).toList();
    List<byte[]> nonces = own.stream().map(SecretNonce::publicNonce).toList();
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < secrets.size(); i++) {
      parts.add(session.sign(own.get(i), secrets.get(i), nonces, i).orElseThrow());
    }
    byte[] signature = session.combine(nonces, parts).orElseThrow();
    byte[] xOnly = Arrays.copyOfRange(Musig2.aggregate(keys), 1, 33);
    assertThat(Secp256k1.verifySchnorr(signature, MESSAGE, xOnly)).isTrue();
    Collections.reverse(parts);
    assertThat(session.combine(nonces, parts)).isEmpty();
  }
}
