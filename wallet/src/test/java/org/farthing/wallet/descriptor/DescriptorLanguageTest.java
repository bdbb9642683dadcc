package org.farthing.wallet.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expressions of BIP-0381 to 0389; scripts and addresses are those of the BIPs and Bitcoin Core.
 */
class DescriptorLanguageTest {
  private static final Network MAIN = TestNetworks.BITCOIN;
  private static final Network REGTEST = TestNetworks.REGTEST;

  private static final String PUBLIC_ROOT =
      "tpubD6NzVbkrYhZ4WaWSyoBvQwbpLkojyoTZPRsgXELWz3Popb3qkjcJyJUGLnL4qHHoQvao8ESaAstxYSnhyswJ76uZ"
          + "PStJRJCTKvosUCJZL5B";
  private static final String PRIVATE_ROOT =
      "tprv8ZgxMBicQKsPd7Uf69XL1XwhmjHopUGep8GuEiJDZmbQz6o58LninorQAfcKZWARbtRtfnLcJ5MQ2AtHcQJCCRUcM"
          + "RvmDUjyEmNUWwx8UbK";
  private static final String WIF = "L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1";
  private static final String KEY =
      "03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd";

  private static List<String> scripts(String text, Network network, int index)
      throws WalletException {
    List<String> hex = new ArrayList<>();
    Descriptor.parse(text, network).scriptsAt(index).forEach(script -> hex.add(script.toHex()));
    return hex;
  }

  private static List<String> addresses(String text, int index) throws WalletException {
    List<String> all = new ArrayList<>();
    for (Descriptor descriptor : new DescriptorParser(REGTEST).parse(text)) {
      descriptor
          .scriptsAt(index)
          .forEach(
              script -> Address.ofScript(script, REGTEST).ifPresent(a -> all.add(a.toString())));
    }
    return all;
  }

  /** From BIP-0381, 0382, 0384, 0385, 0386. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pk(WIF) | 2103a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bdac
          pkh(WIF) | 76a9149a1c78a507689f6f54b847ad1cef1e614ee23f1e88ac
          sh(pk(KEY)) | a9141857af51a5e516552b3086430fd8ce55f7c1a52487
          sh(pkh(KEY)) | a9141a31ad23bf49c247dd531a623c2ef57da3c400c587
          wpkh(KEY) | 00149a1c78a507689f6f54b847ad1cef1e614ee23f1e
          sh(wpkh(KEY)) | a91484ab21b1b2fd065d4504ff693d832434b6108d7b87
          wsh(pkh(KEY)) | 0020338e023079b91c58571b20e602d7805fb808c22473cbc391a41b1bd3a192e75b
          wsh(pk(KEY)) | 00202e271faa2325c199d25d22e1ead982e45b64eeb4f31e73dbdf41bd4b5fec23fa
          sh(wsh(pkh(KEY))) | a914b61b92e2ca21bac1e72a3ab859a742982bea960a87
          raw(deadbeef) | deadbeef
          raw(6a4c4f54686973204f505f52455455524e207472616e73616374696f6e206f7574707574207761732063726561746564206279206d6f64696669656420637265617465726177207472616e73616374696f6e2e) | 6a4c4f54686973204f505f52455455524e207472616e73616374696f6e206f7574707574207761732063726561746564206279206d6f64696669656420637265617465726177207472616e73616374696f6e2e
          addr(3PUNyaW7M55oKWJ3kDukwk9bsKvryra15j) | a914eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee87
          tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd) | 512077aab6e066f8a7419c5ab714c12c67d25007ed55a43cadcacb4d7a970a093f11
          tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd,pk(669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0)) | 512017cf18db381d836d8923b1bdb246cfcd818da1a9f0e6e7907f187f0b2f937754
          """)
  void vectorsOfTheBips(String text, String script) throws WalletException {
    String full = text.replace("WIF", WIF).replace("KEY", KEY);
    assertThat(scripts(full, MAIN, 0)).containsExactly(script);
    Descriptor parsed = Descriptor.parse(full, MAIN);
    assertThat(Descriptor.parse(parsed.text(), MAIN).scriptsAt(0)).isEqualTo(parsed.scriptsAt(0));
  }

  @Test
  void comboIsAllSingleKeyScripts() throws WalletException {
    assertThat(scripts("combo(" + WIF + ")", MAIN, 0))
        .containsExactly(
            "2103a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bdac",
            "76a9149a1c78a507689f6f54b847ad1cef1e614ee23f1e88ac",
            "00149a1c78a507689f6f54b847ad1cef1e614ee23f1e",
            "a91484ab21b1b2fd065d4504ff693d832434b6108d7b87");
    String uncompressed = "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss";
    assertThat(scripts("combo(" + uncompressed + ")", MAIN, 0))
        .containsExactly(
            "4104a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd5b8dec5235a0fa8722476c"
                + "7709c02559e3aa73aa03918ba2d492eea75abea235ac",
            "76a914b5bd079c4d57cc7fc28ecf8213a6b791625b818388ac");
  }

  /** From Bitcoin Core's functional test of {@code deriveaddresses}. */
  @Test
  void keysOfATree() throws WalletException {
    String first = "bcrt1qjqmxmkpmxt80xz4y3746zgt0q3u3ferr34acd5";
    assertThat(addresses("wpkh(" + PRIVATE_ROOT + "/1/1/0)#t6wfjs64", 0)).containsExactly(first);
    assertThat(addresses("wpkh(" + PUBLIC_ROOT + "/1/1/0)#s9ga3alw", 0)).containsExactly(first);
    assertThat(addresses("wpkh(" + PRIVATE_ROOT + "/1/1/*)#kft60nuy", 1))
        .containsExactly("bcrt1qhku5rq7jz8ulufe2y6fkcpnlvpsta7rq4442dy");
    assertThat(addresses("wpkh(" + PRIVATE_ROOT + "/1/1/*)", Integer.MAX_VALUE))
        .containsExactly("bcrt1qtzs23vgzpreks5gtygwxf8tv5rldxvvsyfpdkg");
    assertThat(addresses("combo(" + PRIVATE_ROOT + "/1/1/0)", 0))
        .containsExactly(
            "mtfUoUax9L4tzXARpw1oTGxWyoogp52KhJ", first, "2NDvEwGfpEqJWfybzpKPHF2XH3jwoQV3D7x");
    assertThat(addresses("wpkh(" + PRIVATE_ROOT + "/1/<0;1>/*)", 2))
        .containsExactly(
            "bcrt1qs6n37uzu0v0qfzf0r0csm0dwa7prc0v5uavgy0",
            "bcrt1qpgptk2gvshyl0s9lqshsmx932l9ccsv265tvaq");
  }

  @Test
  void theOneScriptNamesItsKeyAndWhereItComesFrom() throws WalletException {
    Descriptor ranged = Descriptor.parse("combo(" + PRIVATE_ROOT + "/0'/0'/*)", REGTEST);
    assertThat(ranged.expand(1).get(1).text())
        .isEqualTo(
            "pkh([0c5f9a1e/0h/0h/1]033e6f25d76c00bedb3a8993c7d5739ee806397f0529b1b31dda31ef890f19a60c)"
                + "#mcjajulr");
    assertThat(ranged.isRanged()).isTrue();
    assertThat(ranged.hasPrivateKeys()).isTrue();
    assertThat(ranged.body()).isEqualTo("combo(" + PUBLIC_ROOT + "/0'/0'/*)");
    assertThat(ranged.write(KeyExpression::privateText))
        .isEqualTo("combo(" + PRIVATE_ROOT + "/0'/0'/*)");
    assertThat(Descriptor.parse("wpkh(" + PUBLIC_ROOT + "/0h/*)", REGTEST).canDerive()).isFalse();
    assertThat(Descriptor.parse("wpkh(" + PUBLIC_ROOT + "/*h)", REGTEST).canDerive()).isFalse();
    assertThat(Descriptor.parse("wpkh(" + PRIVATE_ROOT + "/*h)", REGTEST).canDerive()).isTrue();
  }

  /** From BIP-0067, by way of BIP-0383. */
  @Test
  void sortedKeysAreSortedForEachIndex() throws WalletException {
    String one = "02ff12471208c14bd580709cb2358d98975247d8765f92bc25eab3b2763ed605f8";
    String two = "02fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f";
    ScriptExpression sorted =
        ScriptExpression.parse("sh(sortedmulti(2," + one + "," + two + "))", MAIN);
    assertThat(((ScriptExpression.Sh) sorted).redeemScriptAt(0).toHex())
        .isEqualTo("5221" + two + "21" + one + "52ae");
    assertThat(Address.ofScript(sorted.scriptAt(0), MAIN).orElseThrow())
        .hasToString("39bgKC7RFbpoCRbtD5KEdkYKtNyhpsNa3Z");
    assertThat(sorted.expand(0).get(0).body()).startsWith("sh(multi(2,[").contains(two + ",[");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          a | 'a' is not a valid descriptor function
          pk() | pk(): No key provided
          pk( KEY) | pk(): Key ' KEY' is invalid due to whitespace
          wsh(multi(2, KEY,KEY)) | Multi: Key ' KEY' is invalid due to whitespace
          pk(00) | pk(): Pubkey '00' is invalid
          pk(xyz) | pk(): key 'xyz' is not valid
          wpkh(0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8) | wpkh(): Uncompressed keys are not allowed
          pk(0679be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8) | pk(): Hybrid public keys are not allowed
          wpkh([1234567/1h]KEY) | wpkh(): Fingerprint is not 4 bytes (7 characters instead of 8 characters)
          wpkh([xyzxyzxy/1h]KEY) | wpkh(): Fingerprint 'xyzxyzxy' is not hex
          wpkh(12345678]KEY) | wpkh(): Key origin start '[ character expected but not found, got '1' instead
          wpkh([12345678]]KEY) | wpkh(): Multiple ']' characters found for a single pubkey
          wpkh(ROOT/x/*) | wpkh(): Key path value 'x' is not a valid uint32
          wpkh(ROOT/2147483648/*) | wpkh(): Key path value 2147483648 is out of range
          wpkh(ROOT//*) | wpkh(): Key path value '' is not valid
          wpkh(ROOT/<0>/*) | Multipath key path specifiers must have at least two items
          wpkh(ROOT/<0;0>/*) | Duplicated key path value 0 in multipath specifier
          wpkh(ROOT/<0;1>/<0;1>) | Multiple multipath key path specifiers found
          wpkh([12345678/<0;1>]ROOT) | Key path value '<0;1>' specifies multipath in a section where multipath is not allowed
          wsh(multi(1,ROOT/<0;1>,ROOT/<0;1;2>)) | multi(): Multipath derivation paths have mismatched lengths
          sh(sh(pk(KEY))) | Can only have sh() at top level
          wsh(wsh(pk(KEY))) | Can only have wsh() at top level or inside sh()
          wsh(wpkh(KEY)) | Can only have wpkh() at top level or inside sh()
          sh(KEY) | A function is needed within P2SH
          wsh(KEY) | A function is needed within P2WSH
          sh(combo(KEY)) | Can only have combo() at top level
          sh(tr(KEY)) | Can only have tr at top level
          sh(rawtr(KEY)) | Can only have rawtr at top level
          rawtr(KEY,KEY) | rawtr(): only one key expected.
          sh(addr(KEY)) | Can only have addr() at top level
          addr(KEY) | Address is not valid
          sh(raw(00)) | Can only have raw() at top level
          raw(0) | Raw script is not hex
          multi_a(1,KEY) | Can only have multi_a/sortedmulti_a inside tr()
          multi(a,KEY) | Multi threshold 'a' is not valid
          multi(0,KEY) | Multisig threshold cannot be 0, must be at least 1
          multi(2,KEY) | Multisig threshold cannot be larger than the number of keys; threshold is 2 but only 1 keys specified
          multi(1) | Cannot have 0 keys in multisig; must have between 1 and 20 keys, inclusive
          multi(1,KEY,KEY,KEY,KEY) | Cannot have 4 pubkeys in bare multisig; only at most 3 pubkeys
          tr(KEY,{pk(KEY)}) | tr(): expected ',' after script expression
          tr(KEY,{pk(KEY),pk(KEY)) | tr(): expected '}' after script expression
          tr(KEY,pk(KEY),pk(KEY)) | tr(): expected ')' after script expression
          pk(KEY)#q | Expected 8 character checksum, not 1 characters
          pk(KEY)## | Multiple '#' symbols
          raw(deadbeef)#89f8spxq | Provided checksum '89f8spxq' does not match computed checksum '89f8spxm'
          pk(é) | Invalid characters in payload
          """)
  void errorsAreBitcoinCores(String text, String message) {
    String full = text.replace("KEY", KEY).replace("ROOT", PUBLIC_ROOT);
    assertThatThrownBy(() -> new DescriptorParser(REGTEST).parse(full))
        .isInstanceOf(WalletException.class)
        .hasMessage(message.replace("KEY", KEY));
  }

  @Test
  void aRedeemScriptHasAtMost520Bytes() throws WalletException {
    String sixteen = "," + String.join(",", Collections.nCopies(16, KEY));
    assertThatThrownBy(() -> Descriptor.parse("sh(multi(1" + sixteen + "))", MAIN))
        .hasMessage("P2SH script is too large, 547 bytes is larger than 520 bytes");
    assertThat(scripts("wsh(multi(1" + sixteen + "))", MAIN, 0)).hasSize(1);
    assertThatThrownBy(() -> new DescriptorParser(MAIN).parseChecked("pk(" + KEY + ")"))
        .hasMessage("Missing checksum");
  }
}
