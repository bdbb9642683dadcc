package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.farthing.consensus.bytes.ByteString;

/** The part of {@link SpendData} that keys of several participants have (BIP-0373). */
public final class MusigData {
  private final NavigableMap<ByteString, List<ByteString>> participants = new TreeMap<>();
  private final NavigableMap<Slot, ByteString> nonces = new TreeMap<>();
  private final NavigableMap<Slot, ByteString> parts = new TreeMap<>();

  /**
   * Whose contribution, and to which signature.
   *
   * @param participant 33 bytes
   * @param key 33 bytes, under which all sign: derived, and tweaked where the output is spent by it
   * @param leafHash 32 bytes; empty where the output is spent by its key
   */
  public record Slot(ByteString participant, ByteString key, Optional<ByteString> leafHash)
      implements Comparable<Slot> {
    private ByteString bytes() {
      return key.then(leafHash.orElse(ByteString.EMPTY)).then(participant);
    }

    @Override
    public int compareTo(Slot other) {
      return bytes().compareTo(other.bytes());
    }
  }

  /**
   * @param aggregate 33 bytes, the key of all before derivation
   * @param keys 33 bytes each, in the order in which they count
   */
  public void addParticipants(ByteString aggregate, List<ByteString> keys) {
    participants.putIfAbsent(aggregate, List.copyOf(keys));
  }

  /**
   * @param nonce 66 bytes
   */
  public void addNonce(Slot slot, ByteString nonce) {
    nonces.putIfAbsent(slot, nonce);
  }

  /**
   * @param part 32 bytes
   */
  public void addPart(Slot slot, ByteString part) {
    parts.putIfAbsent(slot, part);
  }

  /** By the key of all before derivation. */
  public NavigableMap<ByteString, List<ByteString>> participants() {
    return Collections.unmodifiableNavigableMap(participants);
  }

  public NavigableMap<Slot, ByteString> nonces() {
    return Collections.unmodifiableNavigableMap(nonces);
  }

  /** Partial signatures. */
  public NavigableMap<Slot, ByteString> parts() {
    return Collections.unmodifiableNavigableMap(parts);
  }

  /** The values of all slots, in their order; empty unless all are there. */
  static Optional<List<byte[]>> all(List<Slot> slots, Function<Slot, ByteString> values) {
    List<byte[]> all = new ArrayList<>();
    slots.stream()
        .map(values)
        .filter(Objects::nonNull)
        .forEach(value -> all.add(value.toByteArray()));
    return all.size() == slots.size() ? Optional.of(all) : Optional.empty();
  }
}
