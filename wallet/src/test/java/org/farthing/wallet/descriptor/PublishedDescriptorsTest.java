package org.farthing.wallet.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Musig2;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The descriptors published in BIP-0389 and BIP-0390, and the extended keys of BIP-0328. */
class PublishedDescriptorsTest {
  private static final Network MAIN = TestNetworks.BITCOIN;

  /** What the names in the texts stand for. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry(
              "XPUB_1",
              "xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4C"
                  + "jNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y"),
          Map.entry(
              "XPRV_1",
              "xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PFmM"
                  + "8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U"),
          Map.entry(
              "XPUB_2",
              "xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZ"
                  + "jXoUmmDznezpbZb7ap6r1D3tgFxHmwMkQTPH"),
          Map.entry(
              "XPUB_3",
              "xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5Ja"
                  + "HWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL"),
          Map.entry(
              "XPUB_4",
              "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Z"
                  + "z8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB"),
          Map.entry(
              "XPUB_5",
              "xpub661MyMwAqRbcGDZQUKLqmWodYLcoBQnQH33yYkkF3jjxeLvY8qr2wWGEWkiKFaaQfJCoi3H"
                  + "eEq3Dc5DptfbCyjD38fNhSqtKc1UHaP4ba3t"),
          Map.entry(
              "XPUB_6",
              "xpub661MyMwAqRbcF3yVrV2KyYetLMYA5mCbv4BhrKwUrFE9LZM6JRR1AEt8Jq4V4C8LwtTke6Y"
                  + "EEdCZqgXp85YRk2j74EfJKhe3QybQ9kcUjs4"),
          Map.entry(
              "XPRV_2",
              "xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyuo"
                  + "seXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc"),
          Map.entry(
              "XPRV_3",
              "xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq"
                  + "6vcBcBUdJCVVFceUvJFjaPdGZ2y9WACViL4L"),
          Map.entry(
              "XPRV_4",
              "xprv9s21ZrQH143K3jUwNHoqQNrtzJnJmx4Yup8NkNLdVQCymYbPbJXnPhwkfTfxZfptcs3rLAP"
                  + "UXS39oDLgrNKQGwbGsEmJJ8BU3RzQuvShEG4"),
          Map.entry("KEY_1", "03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659"),
          Map.entry("KEY_2", "023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66"),
          Map.entry("KEY_3", "02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"));

  private static String filled(String text) {
    String full = text;
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      full = full.replace(key.getKey(), key.getValue());
    }
    return full;
  }

  private static List<Descriptor> parsed(String text) throws WalletException {
    return new DescriptorParser(MAIN).parse(filled(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pk(XPUB_1/<0;1>) | pk(XPUB_1/0) pk(XPUB_1/1)
          pkh(XPRV_1/<2147483647h;0>/0) | pkh(XPRV_1/2147483647h/0) pkh(XPRV_1/0/0)
          wpkh([ffffffff/13h]XPUB_2/<1;3>/2/*) | wpkh([ffffffff/13h]XPUB_2/1/2/*) wpkh([ffffffff/13h]XPUB_2/3/2/*)
          multi(2,XPUB_3/<1;2>/*,XPUB_1/<3;4>/0/*) | multi(2,XPUB_3/1/*,XPUB_1/3/0/*) multi(2,XPUB_3/2/*,XPUB_1/4/0/*)
          pkh(XPUB_4/<0;1;2>) | pkh(XPUB_4/0) pkh(XPUB_4/1) pkh(XPUB_4/2)
          sh(multi(2,XPUB_3/<1;2;3>/0/*,XPUB_1/0/*,XPUB_5/0/0/<3;4;5>/*)) | sh(multi(2,XPUB_3/1/0/*,XPUB_1/0/*,XPUB_5/0/0/3/*)) sh(multi(2,XPUB_3/2/0/*,XPUB_1/0/*,XPUB_5/0/0/4/*)) sh(multi(2,XPUB_3/3/0/*,XPUB_1/0/*,XPUB_5/0/0/5/*))
          """)
  void aMultipathStandsForSeveralDescriptors(String text, String all) throws WalletException {
    assertThat(parsed(text))
        .extracting(each -> each.write(KeyExpression::privateText))
        .containsExactly(
            Stream.of(all.split(" ")).map(each -> filled(each)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkh(XPRV_1/<0;1>/<2;3>)",
        "pkh([deadbeef/<0;1>]XPUB_4/0)",
        "tr(XPUB_6/<6;7;8;9>/*,{pk(XPUB_3/<1;2;3>/0/*),pk(XPUB_5/0/0/<3;4;5>/*)})",
        "sh(multi(2,XPRV_2/<1;2;3>/0/*,XPRV_3/0/*,XPRV_4/0/0/<3;4>/*))",
        "wpkh(XPUB_4/<>/*)",
        "wpkh(XPUB_4/0>/*)",
        "wpkh(XPUB_4/<0/*)",
        "wpkh(XPUB_4/<0;>/*)"
      })
  void whatIsNoMultipathIsRefused(String text) {
    assertThatThrownBy(() -> parsed(text)).isInstanceOf(WalletException.class);
  }

  /** The scripts of the first indexes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rawtr(musig(KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU74sHUHy8S,KEY_1,KEY_2)) | 5120789d937bade6673538f3e28d8368dda4d0512f94da44cf477a505716d26a1575
          tr(musig(KEY_3,KEY_1,KEY_2)) | 512079e6c3e628c9bfbce91de6b7fb28e2aec7713d377cf260ab599dcbc40e542312
          rawtr(musig(XPUB_3,XPUB_1)/0/*) | 51209508c08832f3bb9d5e8baf8cb5cfa3669902e2f2da19acea63ff47b93faa9bfc 51205ca1102663025a83dd9b5dbc214762c5a6309af00d48167d2d6483808525a298 51207dbed1b89c338df6a1ae137f133a19cae6e03d481196ee6f1a5c7d1aeb56b166
          tr(musig(XPUB_3,XPUB_1)/0/*,pk(f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9)) | 51201d377b637b5c73f670f5c8a96a2c0bb0d1a682a1fca6aba91fe673501a189782 51208950c83b117a6c208d5205ffefcf75b187b32512eb7f0d8577db8d9102833036 5120a49a477c61df73691b77fcd563a80a15ea67bb9c75470310ce5c0f25918db60d
          tr(f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9,pk(musig(XPUB_3,XPUB_1)/0/*)) | 512068983d461174afc90c26f3b2821d8a9ced9534586a756763b68371a404635cc8 5120368e2d864115181bdc8bb5dc8684be8d0760d5c33315570d71a21afce4afd43e 512097a1e6270b33ad85744677418bae5f59ea9136027223bc6e282c47c167b471d5
          tr(musig(XPUB_3/1,XPUB_3/1)/2) | 5120a17ceacd6422bd5ffd9f165807b254b7d68ad39f179cc4f11545a6835227e97c
          """)
  void severalSignAsOne(String text, String scripts) throws WalletException {
    assumeTrue(Musig2.isAvailable());
    Descriptor descriptor = parsed(text).get(0);
    String[] all = scripts.split(" ", -1);
    assertThat(descriptor.isRanged()).isEqualTo(all.length > 1);
    for (int index = 0; index < all.length; index++) {
      assertThat(descriptor.scriptsAt(index)).singleElement().hasToString(all[index]);
    }
    assertThat(Descriptor.parse(descriptor.text(), MAIN).scriptsAt(0))
        .isEqualTo(descriptor.scriptsAt(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk(musig(KEY_3,KEY_1,KEY_2))",
        "pkh(musig(KEY_3,KEY_1,KEY_2))",
        "wpkh(musig(KEY_3,KEY_1,KEY_2))",
        "combo(musig(KEY_3,KEY_1,KEY_2))",
        "sh(wpkh(musig(KEY_3,KEY_1,KEY_2)))",
        "sh(wsh(pk(musig(KEY_3,KEY_1,KEY_2))))",
        "wsh(musig(KEY_3,KEY_1,KEY_2))",
        "sh(musig(KEY_3,KEY_1,KEY_2))",
        "tr(musig(KEY_3,KEY_1,KEY_2)/0/0)",
        "tr(musig(XPUB_3/*,XPUB_1)/0/*)",
        "tr(musig(XPUB_3/<0;1>,XPUB_1)/<2;3>)",
        "tr(musig(XPUB_3,XPUB_1)/0h/*)",
        "tr(musig(XPUB_3,XPUB_1)/0/*h)",
        "tr(musig(XPUB_3/*,XPUB_1/*)/1/2)"
      })
  void severalCannotSignAsOneEverywhere(String text) {
    assertThatThrownBy(() -> parsed(text)).isInstanceOf(WalletException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "03935f972da013f80ae011890fa89b67a27b7be6ccb24d3274d18b2d4067f261a9 KEY_3,"
        + " 0354240c76b8f2999143301a99c7f721ee57eee0bce401df3afeaa9ae218c70f23,"
        + " xpub661MyMwAqRbcFt6tk3uaczE1y6EvM1TqXvawXcYmFEWijEM4PDBnuCXwwXEKGEouzXE6QLLRxjatMcLLzJ5L"
        + "V5Nib1BN7vJg6yp45yHHRbm",
    "KEY_3 KEY_1 KEY_2, 0290539eede565f5d054f32cc0c220126889ed1e5d193baf15aef344fe59d4610c,"
        + " xpub661MyMwAqRbcFt6tk3uaczE1y6EvM1TqXvawXcYmFEWijEM4PDBnuCXwwVk5TFJk8Tw5WAdV3DhrGfbFA216"
        + "sE9BsQQiSFTdudkETnKdg8k",
    "02dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659 KEY_2 KEY_3"
        + " 03935f972da013f80ae011890fa89b67a27b7be6ccb24d3274d18b2d4067f261a9,"
        + " 022479f134cdb266141dab1a023cbba30a870f8995b95a91fc8464e56a7d41f8ea,"
        + " xpub661MyMwAqRbcFt6tk3uaczE1y6EvM1TqXvawXcYmFEWijEM4PDBnuCXwwUvaZYpysLX4wN59tjwU5pBuDjNr"
        + "PEJbfxjLwn7ruzbXTcUTHkZ"
  })
  void theKeyOfSeveralHasATree(String keys, String aggregate, String extended) {
    assumeTrue(Musig2.isAvailable());
    byte[] key = Musig2.aggregate(Stream.of(filled(keys).split(" ")).map(Hex::constant).toList());
    assertThat(key).asHexString().isEqualToIgnoringCase(aggregate);
    assertThat(ExtendedKey.ofMusig(key).toPublicString(MAIN)).isEqualTo(extended);
  }

  /** Of BIP-0327, key_sort_vectors.json. */
  @Test
  void participantsAreSorted() throws WalletException {
    List<String> sorted =
        List.of(
            "023590a94e768f8e1815c2f24b4d80a8e3149316c3518ce7b7ad338368d038ca66",
            "02dd308afec5777e13121fa72b9cc1b7cc0139715309b086c960e18fd969774eb8",
            "02dd308afec5777e13121fa72b9cc1b7cc0139715309b086c960e18fd969774eb8",
            "02dd308afec5777e13121fa72b9cc1b7cc0139715309b086c960e18fd969774eff",
            "02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9",
            "03dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659");
    List<KeyExpression> participants = new ArrayList<>();
    for (int number : List.of(1, 4, 5, 0, 3, 2)) {
      Descriptor descriptor = Descriptor.parse("pk(" + sorted.get(number) + ")", MAIN);
      participants.add(descriptor.keys().get(0));
    }
    Musig musig = new Musig(MAIN, participants, DerivationPath.EMPTY, false);
    assertThat(musig.participantKeys(0).stream().map(ByteString::toString)).isEqualTo(sorted);
  }
}
