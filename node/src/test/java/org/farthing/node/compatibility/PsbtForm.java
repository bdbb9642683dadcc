package org.farthing.node.compatibility;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an output asks for. {@code @0}, {@code @1} … stand for keys, {@code OLDER}, {@code AFTER}
 * and {@code HASH} for a number of blocks, a lock time and the SHA-256 of a secret; {@code NOBODY}
 * is a key that nobody has the secret of (BIP-0341).
 */
enum PsbtForm {
  PK("pk(@0)", "0"),
  PKH("pkh(@0)", "0"),
  WPKH("wpkh(@0)", "0"),
  SH_WPKH("sh(wpkh(@0))", "0"),
  TR("tr(@0)", "0"),
  SH_MULTI("sh(multi(2,@0,@1,@2))", "0 1, 0 2, 1 2"),
  WSH_MULTI("wsh(multi(2,@0,@1,@2))", "0 1, 0 2, 1 2"),
  SH_WSH_MULTI("sh(wsh(sortedmulti(2,@0,@1,@2)))", "0 1, 0 2, 1 2"),
  WSH_BOTH("wsh(and_v(v:pk(@0),pk(@1)))", "0 1"),
  WSH_HEIR("wsh(or_d(pk(@0),and_v(v:pkh(@1),older(OLDER))))", "0, old 1"),
  WSH_SWAP("wsh(andor(pk(@0),sha256(HASH),pk(@1)))", "0, 1"),
  WSH_THRESHOLD("wsh(thresh(2,pk(@0),s:pk(@1),sln:older(OLDER)))", "0 1, old 0, old 1"),
  SH_WSH_AFTER("sh(wsh(and_v(v:pk(@0),after(AFTER))))", "0"),
  TR_OR_LEAF("tr(@0,pk(@1))", "0, 1"),
  TR_LEAF("tr(NOBODY,pk(@0))", "0"),
  TR_MULTI("tr(NOBODY,multi_a(2,@0,@1,@2))", "0 1, 0 2, 1 2"),
  TR_TREE("tr(NOBODY,{and_v(v:pk(@0),pk(@1)),pk(@2)})", "0 1, 2"),
  TR_OLDER("tr(NOBODY,and_v(v:pk(@0),older(OLDER)))", "old 0");

  /**
   * What suffices.
   *
   * @param keys which have to sign
   * @param old whether the output has to be as old as {@code OLDER} says
   */
  record Way(Set<Integer> keys, boolean old) {}

  private final String text;
  private final String ways;

  /**
   * @param ways with a comma between them: the numbers of keys, behind {@code old} where the output
   *     has to be
   */
  PsbtForm(String text, String ways) {
    this.text = text;
    this.ways = ways;
  }

  String text() {
    return text;
  }

  List<Way> ways() {
    return Stream.of(ways.split(", ")).map(PsbtForm::way).toList();
  }

  private static Way way(String text) {
    String keys = text.replace("old ", "");
    return new Way(
        Stream.of(keys.split(" ")).map(Integer::valueOf).collect(Collectors.toSet()),
        text.startsWith("old "));
  }

  int keyCount() {
    return (int) text.chars().filter(each -> each == '@').count();
  }

  boolean isAfter() {
    return text.contains("AFTER");
  }

  boolean hasSecret() {
    return text.contains("HASH");
  }

  boolean isTaproot() {
    return text.startsWith("tr");
  }

  boolean isSegwit() {
    return isTaproot() || text.contains("w");
  }

  /** Whether bitcoin-kmp signs it; it knows taproot by the key of the output only. */
  boolean isSignedByKmp() {
    return !isTaproot() || this == TR;
  }

  /** Whether bitcoin-kmp makes its scripts, and puts signatures into them. */
  boolean isKnownToKmp() {
    return EnumSet.range(PK, SH_WSH_MULTI).contains(this);
  }
}
