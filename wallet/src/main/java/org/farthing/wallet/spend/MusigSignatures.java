package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Musig2;
import org.farthing.consensus.crypto.Musig2.SecretNonce;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.spend.MusigData.Slot;

/**
 * Takes part in signatures of several participants (BIP-0327, BIP-0328): first each tells a nonce,
 * then each signs its part, then anybody puts the parts together. What comes from others is
 * believed only as far as it can be checked.
 */
final class MusigSignatures {
  private final SigningKeys keys;
  private final MusigData musig;
  private final TaprootData taproot;

  MusigSignatures(SigningKeys keys, SpendData data) {
    this.keys = keys;
    this.musig = data.musig();
    this.taproot = data.taproot();
  }

  /**
   * What is to be signed, and for which key.
   *
   * @param xOnlyKey 32 bytes, as it stands in the leaf, or the internal or the output's key
   * @param merkleRoot what an internal key is tweaked with; absent where the key is not tweaked
   * @param leafHash empty where the output is spent by its key
   * @param hash 32 bytes, which the signature covers
   */
  record Wanted(
      ByteString xOnlyKey,
      Optional<ByteString> merkleRoot,
      Optional<ByteString> leafHash,
      ByteString hash) {}

  /** All that one key of several participants takes. */
  private record Signing(Musig2.Session session, List<Slot> slots, ByteString hash) {
    /** Tells a signature apart from all others, also of the same transaction. */
    ByteString id(Slot slot, ByteString nonce) {
      return slot.key().then(slot.participant()).then(hash).then(nonce);
    }
  }

  /** The signature without its hash type, if nothing is missing; else the next step is taken. */
  Optional<ByteString> sign(Wanted wanted) {
    for (Map.Entry<ByteString, List<ByteString>> each : musig.participants().entrySet()) {
      Optional<Signing> signing = signing(each.getKey(), each.getValue(), wanted);
      Optional<ByteString> signature = signing.flatMap(this::combine);
      if (signature.isPresent()) {
        return signature;
      }
      signing.ifPresent(this::advance);
    }
    return Optional.empty();
  }

  /** Empty where the key that is wanted is not one of these participants. */
  private Optional<Signing> signing(
      ByteString aggregate, List<ByteString> participants, Wanted wanted) {
    List<byte[]> publicKeys = participants.stream().map(ByteString::toByteArray).toList();
    List<Musig2.Tweak> tweaks = new ArrayList<>();
    try {
      if (!Musig2.isAvailable() || !ByteString.of(Musig2.aggregate(publicKeys)).equals(aggregate)) {
        return Optional.empty();
      }
      Optional<ByteString> derived = derive(aggregate, wanted.xOnlyKey(), tweaks);
      if (derived.isEmpty()) {
        return Optional.empty();
      }
      ByteString key = tweaked(derived.get(), wanted, tweaks);
      List<Slot> slots = new ArrayList<>();
      participants.forEach(each -> slots.add(new Slot(each, key, wanted.leafHash())));
      Musig2.Session session = new Musig2.Session(publicKeys, tweaks, wanted.hash().toByteArray());
      return Optional.of(new Signing(session, slots, wanted.hash()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key on the path that the transaction names, if that leads to the one that is wanted. */
  private Optional<ByteString> derive(
      ByteString aggregate, ByteString wanted, List<Musig2.Tweak> tweaks) {
    if (SigningKeys.xOnly(aggregate).equals(wanted)) {
      return Optional.of(aggregate);
    }
    ExtendedKey key = ExtendedKey.ofMusig(aggregate.toByteArray());
    int root = key.fingerprint();
    Optional<DerivationPath> path =
        Optional.ofNullable(taproot.keys().get(wanted))
            .map(TaprootData.TaprootKey::origin)
            .filter(origin -> origin.fingerprint() == root)
            .map(origin -> origin.path())
            .filter(steps -> steps.steps().stream().noneMatch(DerivationPath::isHardened));
    for (int step : path.map(DerivationPath::steps).orElse(List.of())) {
      tweaks.add(new Musig2.Tweak(ByteString.of(key.tweak(step)), false));
      key = key.child(step);
    }
    ByteString derived = ByteString.of(key.publicKey());
    return Optional.of(derived).filter(found -> SigningKeys.xOnly(found).equals(wanted));
  }

  private static ByteString tweaked(ByteString key, Wanted wanted, List<Musig2.Tweak> tweaks) {
    if (wanted.merkleRoot().isEmpty()) {
      return key;
    }
    byte[] xOnly = wanted.xOnlyKey().toByteArray();
    byte[] root = wanted.merkleRoot().get().toByteArray();
    tweaks.add(new Musig2.Tweak(ByteString.of(Taproot.tweak(xOnly, root)), true));
    return ByteString.of(Taproot.outputKey(xOnly, root));
  }

  private Optional<ByteString> combine(Signing signing) {
    Optional<List<byte[]>> nonces = MusigData.all(signing.slots(), musig.nonces()::get);
    Optional<List<byte[]>> parts = MusigData.all(signing.slots(), musig.parts()::get);
    return nonces.isPresent() && parts.isPresent()
        ? signing.session().combine(nonces.get(), parts.get()).map(ByteString::of)
        : Optional.empty();
  }

  /** Signs where all nonces are there; tells nonces where nobody has signed yet. */
  private void advance(Signing signing) {
    Optional<List<byte[]>> nonces = MusigData.all(signing.slots(), musig.nonces()::get);
    for (int i = 0; nonces.isPresent() && i < signing.slots().size(); i++) {
      signPart(signing, nonces.get(), i);
    }
    if (signing.slots().stream().noneMatch(musig.parts()::containsKey)) {
      signing.slots().forEach(slot -> tellNonce(signing, slot));
    }
  }

  private void signPart(Signing signing, List<byte[]> nonces, int position) {
    Slot slot = signing.slots().get(position);
    Optional<PrivateKey> key = keys.privateKey(slot.participant());
    if (key.isEmpty() || musig.parts().containsKey(slot)) {
      return;
    }
    ByteString told = ByteString.of(nonces.get(position));
    Optional<SecretNonce> nonce = keys.nonces().flatMap(kept -> kept.take(signing.id(slot, told)));
    byte[] secret = key.get().secret();
    nonce
        .flatMap(own -> signing.session().sign(own, secret, nonces, position))
        .ifPresent(part -> musig.addPart(slot, ByteString.of(part)));
    Arrays.fill(secret, (byte) 0);
  }

  private void tellNonce(Signing signing, Slot slot) {
    Optional<PrivateKey> key = keys.privateKey(slot.participant());
    if (key.isEmpty() || keys.nonces().isEmpty() || musig.nonces().containsKey(slot)) {
      return;
    }
    MusigNonces kept = keys.nonces().get();
    byte[] secret = key.get().secret();
    SecretNonce nonce = signing.session().nonce(secret, kept.random());
    Arrays.fill(secret, (byte) 0);
    ByteString told = ByteString.of(nonce.publicNonce());
    kept.put(signing.id(slot, told), nonce);
    musig.addNonce(slot, told);
  }
}
