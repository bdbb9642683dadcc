package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;

/** Those who are told what happens to the chain, each on the owner's thread. */
final class ChainListeners {
  private final List<Consumer<ChainEvent>> changes = new ArrayList<>();
  private final List<BiConsumer<HeaderNode, Verdict.Rejected>> failures = new ArrayList<>();
  private final List<BiConsumer<HeaderNode, ScriptVerification>> verifications = new ArrayList<>();
  private final List<BiConsumer<HeaderNode, Block>> arrivals = new ArrayList<>();
  private HeaderNode lastVerified;
  private ScriptVerification lastVerification;

  void onChange(Consumer<ChainEvent> listener) {
    changes.add(listener);
  }

  void onFailure(BiConsumer<HeaderNode, Verdict.Rejected> listener) {
    failures.add(listener);
  }

  void onScriptVerification(BiConsumer<HeaderNode, ScriptVerification> listener) {
    verifications.add(listener);
    if (lastVerification != null) {
      listener.accept(lastVerified, lastVerification);
    }
  }

  void onArrival(BiConsumer<HeaderNode, Block> listener) {
    arrivals.add(listener);
  }

  void arrived(HeaderNode node, Block block) {
    arrivals.forEach(listener -> listener.accept(node, block));
  }

  void changed(ChainEvent event) {
    changes.forEach(listener -> listener.accept(event));
  }

  void failed(HeaderNode block, Verdict.Rejected verdict) {
    failures.forEach(listener -> listener.accept(block, verdict));
  }

  /** Passes on only what differs from the time before. */
  void verifying(HeaderNode block, ScriptVerification verification) {
    if (!verification.equals(lastVerification)) {
      lastVerified = block;
      lastVerification = verification;
      verifications.forEach(listener -> listener.accept(block, verification));
    }
  }
}
