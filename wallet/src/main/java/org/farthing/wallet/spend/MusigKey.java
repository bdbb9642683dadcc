package org.farthing.wallet.spend;

import java.util.List;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.wallet.descriptor.Musig;

/**
 * A key of several participants, as it stands in a script.
 *
 * @param key 33 bytes, derived
 * @param aggregate 33 bytes, the key of all before derivation
 * @param participants 33 bytes each, in the order in which they count
 */
record MusigKey(ByteString key, ByteString aggregate, List<ByteString> participants) {
  MusigKey {
    participants = List.copyOf(participants);
  }

  /** Of an expression without a range. */
  static MusigKey of(Musig musig) {
    return new MusigKey(
        ByteString.of(musig.publicKey(0)),
        ByteString.of(musig.aggregateKey(0)),
        musig.participantKeys(0));
  }
}
