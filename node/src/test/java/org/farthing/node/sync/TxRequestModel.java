package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.node.sync.TxRequestTracker.Request;

/** What {@link TxRequestTracker} promises, with one list that is gone through for everything. */
final class TxRequestModel {
  /** The secret order among equals. */
  interface Priority {
    long of(long peer, Hash256 hash);
  }

  private enum State {
    CANDIDATE,
    REQUESTED,
    COMPLETED
  }

  private static final class Announcement {
    final long peer;
    final Hash256 hash;
    final boolean preferred;
    State state = State.CANDIDATE;
    long atMillis;

    Announcement(long peer, Hash256 hash, boolean preferred, long atMillis) {
      this.peer = peer;
      this.hash = hash;
      this.preferred = preferred;
      this.atMillis = atMillis;
    }

    boolean isOf(Hash256 other) {
      return List.of(hash.word(0), hash.word(1), hash.word(2), hash.word(3))
          .equals(List.of(other.word(0), other.word(1), other.word(2), other.word(3)));
    }
  }

  private final List<Announcement> all = new ArrayList<>();
  private final Priority priority;

  TxRequestModel(Priority priority) {
    this.priority = priority;
  }

  void announced(long peer, Hash256 hash, boolean preferred, long fromMillis) {
    if (all.stream().noneMatch(each -> each.peer == peer && each.isOf(hash))) {
      all.add(new Announcement(peer, hash, preferred, fromMillis));
    }
  }

  void disconnected(long peer) {
    all.removeIf(each -> each.peer == peer);
    forgetHopeless();
  }

  void settled(Hash256 hash) {
    all.removeIf(each -> each.isOf(hash));
  }

  void responded(long peer, Hash256 hash) {
    all.stream()
        .filter(each -> each.peer == peer && each.isOf(hash))
        .forEach(each -> each.state = State.COMPLETED);
    forgetHopeless();
  }

  void requested(long peer, Hash256 hash, long untilMillis) {
    for (Announcement each : all) {
      if (each.peer == peer && each.isOf(hash) && each.state == State.CANDIDATE) {
        all.stream()
            .filter(other -> other.isOf(hash) && other.state == State.REQUESTED)
            .forEach(other -> other.state = State.COMPLETED);
        each.state = State.REQUESTED;
        each.atMillis = untilMillis;
        return;
      }
    }
  }

  List<Hash256> requestable(long peer, long nowMillis, Consumer<Request> expired) {
    for (Announcement each : all) {
      if (each.state == State.REQUESTED && each.atMillis <= nowMillis) {
        expired.accept(new Request(each.peer, each.hash));
        each.state = State.COMPLETED;
      }
    }
    forgetHopeless();
    return all.stream()
        .filter(each -> each.peer == peer && isBest(each, nowMillis))
        .map(each -> each.hash)
        .toList();
  }

  private boolean isBest(Announcement announcement, long nowMillis) {
    return isReady(announcement, nowMillis)
        && all.stream()
            .filter(other -> other != announcement && other.isOf(announcement.hash))
            .noneMatch(
                other ->
                    other.state == State.REQUESTED
                        || (isReady(other, nowMillis) && isBetter(other, announcement)));
  }

  private static boolean isReady(Announcement announcement, long nowMillis) {
    return announcement.state == State.CANDIDATE && announcement.atMillis <= nowMillis;
  }

  private boolean isBetter(Announcement one, Announcement other) {
    if (one.preferred != other.preferred) {
      return one.preferred;
    }
    long ofOne = priority.of(one.peer, one.hash);
    return Long.compareUnsigned(ofOne, priority.of(other.peer, other.hash)) > 0;
  }

  private void forgetHopeless() {
    List<Announcement> hopeful =
        all.stream().filter(each -> each.state != State.COMPLETED).toList();
    all.removeIf(each -> hopeful.stream().noneMatch(other -> other.isOf(each.hash)));
  }

  int size() {
    return all.size();
  }

  int count(long peer) {
    return count(peer, each -> true);
  }

  int inFlight(long peer) {
    return count(peer, each -> each.state == State.REQUESTED);
  }

  int candidates(long peer) {
    return count(peer, each -> each.state == State.CANDIDATE);
  }

  private int count(long peer, Predicate<Announcement> which) {
    return (int) all.stream().filter(each -> each.peer == peer).filter(which).count();
  }

  List<Long> holders(Hash256 hash) {
    return all.stream()
        .filter(each -> each.isOf(hash) && each.state != State.COMPLETED)
        .map(each -> each.peer)
        .toList();
  }
}
