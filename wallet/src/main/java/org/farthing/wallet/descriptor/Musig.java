package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Musig2;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.keys.Secrets;

/**
 * The key of several participants together, who sign as one (BIP-0390); and a path from it, taken
 * as an extended key with a chain code that all know (BIP-0328).
 *
 * @param path from the key of all; without hardened steps
 * @param ranged whether the path ends in one step for each index; then no participant has one
 */
public record Musig(
    Network network, List<KeyExpression> participants, DerivationPath path, boolean ranged)
    implements KeyExpression {
  public Musig {
    participants = List.copyOf(participants);
  }

  @Override
  public List<KeyExpression> leaves() {
    return participants;
  }

  @Override
  public Musig withLeaves(UnaryOperator<KeyExpression> change) {
    return new Musig(network, participants.stream().map(change).toList(), path, ranged);
  }

  @Override
  public boolean isRanged() {
    return ranged || participants.stream().anyMatch(KeyExpression::isRanged);
  }

  /** Whether one of the participants is. */
  @Override
  public boolean isPrivate() {
    return participants.stream().anyMatch(KeyExpression::isPrivate);
  }

  @Override
  public boolean canDerive() {
    return participants.stream().allMatch(KeyExpression::canDerive);
  }

  /** The keys of the participants at an index, 33 bytes each, in the order in which they count. */
  public List<ByteString> participantKeys(int index) {
    List<byte[]> keys = new ArrayList<>();
    participants.forEach(participant -> keys.add(participant.publicKey(index)));
    keys.sort(Arrays::compareUnsigned);
    return keys.stream().map(ByteString::of).toList();
  }

  /** The key of all at an index, before the path: 33 bytes. */
  public byte[] aggregateKey(int index) {
    return Musig2.aggregate(participantKeys(index).stream().map(ByteString::toByteArray).toList());
  }

  private ExtendedKey root(int index) {
    return ExtendedKey.ofMusig(aggregateKey(index));
  }

  private DerivationPath pathAt(int index) {
    return ranged ? path.child(index) : path;
  }

  @Override
  public byte[] publicKey(int index) {
    return root(index).derive(pathAt(index)).publicKey();
  }

  /** Nobody has it. */
  @Override
  public Optional<PrivateKey> privateKey(int index) {
    return Optional.empty();
  }

  @Override
  public KeyOrigin originOf(int index) {
    return new KeyOrigin(root(index).fingerprint(), pathAt(index));
  }

  @Override
  public Musig at(int index) {
    List<KeyExpression> fixed = new ArrayList<>();
    participants.forEach(participant -> fixed.add(participant.at(index)));
    return new Musig(network, fixed, pathAt(index), false);
  }

  @Override
  public KeyExpression shortened() {
    if (participants.stream().anyMatch(KeyExpression::isRanged)) {
      return withLeaves(KeyExpression::shortened);
    }
    DerivedKey.Wildcard wildcard = ranged ? DerivedKey.Wildcard.PLAIN : DerivedKey.Wildcard.NONE;
    return new DerivedKey(
        network,
        Optional.empty(),
        root(0).derive(path),
        DerivationPath.EMPTY,
        wildcard,
        DerivedKey.HardenedMarker.LETTER);
  }

  @Override
  public Musig withoutSecret() {
    return withLeaves(KeyExpression::withoutSecret);
  }

  @Override
  public Musig withSecret(Secrets secrets, Network ofTexts) {
    return withLeaves(key -> key.withSecret(secrets, ofTexts));
  }

  @Override
  public Secrets secret() {
    Secrets all = Secrets.none();
    for (KeyExpression participant : participants) {
      all = all.with(participant.secret());
    }
    return all;
  }

  @Override
  public Musig normalized() {
    return withLeaves(KeyExpression::normalized);
  }

  @Override
  public String toString() {
    return text(KeyExpression::toString);
  }

  @Override
  public String privateText() {
    return text(KeyExpression::privateText);
  }

  private String text(Function<KeyExpression, String> keyText) {
    return "musig("
        + String.join(",", participants.stream().map(keyText).toList())
        + ")"
        + (path.steps().isEmpty() ? "" : "/" + path)
        + (ranged ? "/*" : "");
  }
}
