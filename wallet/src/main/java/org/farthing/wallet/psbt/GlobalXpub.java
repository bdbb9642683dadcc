package org.farthing.wallet.psbt;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.psbt.PsbtField.FieldRule;

/**
 * An extended public key from which keys of the transaction are derived.
 *
 * @param xpub 78 bytes, with the version of whatever network
 */
public record GlobalXpub(ByteString xpub, KeyOrigin origin) {
  private static final int CHAIN_CODE = 13;
  private static final int PUBLIC_KEY = 45;

  private static final FieldRule SIZE = PsbtField.size("Global XPUB", ExtendedKey.SIZE + 1);

  private static final Comparator<List<Integer>> PATHS =
      Comparator.<List<Integer>>comparingInt(List::size).thenComparing(GlobalXpub::compareSteps);

  /** By origin, shorter paths first, then by key. */
  static final Comparator<GlobalXpub> ORDER =
      Comparator.<GlobalXpub, Integer>comparing(
              entry -> entry.origin.fingerprint(), Integer::compareUnsigned)
          .thenComparing(entry -> entry.origin.path().steps(), PATHS)
          .thenComparing(entry -> entry.xpub.slice(PUBLIC_KEY))
          .thenComparing(entry -> entry.xpub.slice(CHAIN_CODE, PUBLIC_KEY))
          .thenComparing(GlobalXpub::xpub);

  private static int compareSteps(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = Integer.compareUnsigned(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  static void checkKey(ByteString key) throws DecodeException {
    SIZE.check(key);
    FieldValues.checkKey(key.slice(1 + PUBLIC_KEY), "Invalid pubkey");
  }

  static GlobalXpub of(Map.Entry<ByteString, ByteString> field) {
    return new GlobalXpub(field.getKey().slice(1), Origins.read(field.getValue()));
  }
}
