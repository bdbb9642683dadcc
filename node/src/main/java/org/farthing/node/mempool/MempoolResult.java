package org.farthing.node.mempool;

import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;

/** What the mempool says of a transaction. */
public sealed interface MempoolResult {
  static MempoolResult refused(PolicyReason reason, String detail) {
    return new Refused(reason, reason.label(), detail);
  }

  static MempoolResult refused(PolicyReason reason) {
    return refused(reason, "");
  }

  /** The reason in Bitcoin Core's words, with the detail behind it; empty if accepted. */
  String reason();

  default boolean isAccepted() {
    return this instanceof Accepted;
  }

  /**
   * It waits now (or would, if only a test was asked for).
   *
   * @param replaced what has to go for it
   */
  record Accepted(MempoolEntry entry, List<MempoolEntry> replaced) implements MempoolResult {
    public Accepted {
      replaced = List.copyOf(replaced);
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /** A rule of blocks is broken: no node will ever take it. */
  record Invalid(RejectReason reasonCode, String detail) implements MempoolResult {
    static Invalid of(Verdict.Rejected verdict) {
      return new Invalid(verdict.reason(), verdict.detail());
    }

    @Override
    public String reason() {
      return reasonCode.label();
    }

    @Override
    public String toString() {
      return withDetail(reason(), detail);
    }
  }

  /**
   * Blocks may contain it, but this node doesn't keep it.
   *
   * @param label the reason's string, for scripts with the error in parentheses
   */
  record Refused(PolicyReason reasonCode, String label, String detail) implements MempoolResult {
    @Override
    public String reason() {
      return label;
    }

    @Override
    public String toString() {
      return withDetail(label, detail);
    }
  }

  /** It spends outputs that neither the chain nor the mempool has: perhaps they are to come. */
  record MissingInputs(Set<OutPoint> missing) implements MempoolResult {
    public MissingInputs {
      missing = Set.copyOf(missing);
    }

    @Override
    public String reason() {
      return "bad-txns-inputs-missingorspent";
    }

    @Override
    public String toString() {
      return reason();
    }
  }

  private static String withDetail(String label, String detail) {
    return detail.isEmpty() ? label : label + ", " + detail;
  }
}
