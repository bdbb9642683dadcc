package org.farthing.node.compatibility;

import java.util.List;
import java.util.Set;

/**
 * What an output asks for. {@code @0}, {@code @1} … stand for keys, {@code OLDER}, {@code AFTER}
 * and {@code HASH} for a number of blocks, a lock time and the SHA-256 of a secret; {@code NOBODY}
 * is a key that nobody has the secret of (BIP-0341).
 */
enum PsbtForm {
  PK("pk(@0)", keys(0)),
  PKH("pkh(@0)", keys(0)),
  WPKH("wpkh(@0)", keys(0)),
  SH_WPKH("sh(wpkh(@0))", keys(0)),
  TR("tr(@0)", keys(0)),
  SH_MULTI("sh(multi(2,@0,@1,@2))", keys(0, 1), keys(0, 2), keys(1, 2)),
  WSH_MULTI("wsh(multi(2,@0,@1,@2))", keys(0, 1), keys(0, 2), keys(1, 2)),
  SH_WSH_MULTI("sh(wsh(sortedmulti(2,@0,@1,@2)))", keys(0, 1), keys(0, 2), keys(1, 2)),
  WSH_BOTH("wsh(and_v(v:pk(@0),pk(@1)))", keys(0, 1)),
  WSH_HEIR("wsh(or_d(pk(@0),and_v(v:pkh(@1),older(OLDER))))", keys(0), old(1)),
  WSH_SWAP("wsh(andor(pk(@0),sha256(HASH),pk(@1)))", keys(0), keys(1)),
  WSH_THRESHOLD("wsh(thresh(2,pk(@0),s:pk(@1),sln:older(OLDER)))", keys(0, 1), old(0), old(1)),
  SH_WSH_AFTER("sh(wsh(and_v(v:pk(@0),after(AFTER))))", keys(0)),
  TR_OR_LEAF("tr(@0,pk(@1))", keys(0), keys(1)),
  TR_LEAF("tr(NOBODY,pk(@0))", keys(0)),
  TR_MULTI("tr(NOBODY,multi_a(2,@0,@1,@2))", keys(0, 1), keys(0, 2), keys(1, 2)),
  TR_TREE("tr(NOBODY,{and_v(v:pk(@0),pk(@1)),pk(@2)})", keys(0, 1), keys(2)),
  TR_OLDER("tr(NOBODY,and_v(v:pk(@0),older(OLDER)))", old(0));

  /**
   * What suffices.
   *
   * @param keys which have to sign
   * @param old whether the output has to be as old as {@code OLDER} says
   */
  record Way(Set<Integer> keys, boolean old) {}

  private final String text;
  private final List<Way> ways;

  PsbtForm(String text, Way... ways) {
    this.text = text;
    this.ways = List.of(ways);
  }

  private static Way keys(Integer... keys) {
    return new Way(Set.of(keys), false);
  }

  private static Way old(Integer... keys) {
    return new Way(Set.of(keys), true);
  }

  String text() {
    return text;
  }

  List<Way> ways() {
    return ways;
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
    return ordinal() <= SH_WSH_MULTI.ordinal();
  }
}
