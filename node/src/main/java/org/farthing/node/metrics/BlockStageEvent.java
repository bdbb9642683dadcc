package org.farthing.node.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.farthing.node.peer.Peer;
import org.farthing.node.sync.BlockStages;

/** A stage of a block's life, as a flight recording of the JVM shows it. */
@Name("farthing.BlockStage")
@Label("Block Stage")
@Category({"Farthing", "Blocks"})
@Description("A block has come one stage further on its way through the node.")
@StackTrace(false)
final class BlockStageEvent extends Event {
  @Label("Block")
  String hash;

  @Label("Height")
  int height;

  @Label("Stage")
  String stage;

  @Label("Peer")
  @Description("Number of the peer that announced it, was asked for it or sent it, or -1.")
  long peer;

  @Label("Peer's Address")
  String address;

  @Label("Since Last Stage")
  @Timespan(Timespan.NANOSECONDS)
  @Description("Time since the stage that the block reached before, 0 at its first.")
  long sinceLast;

  /** Records the step, if somebody wants to know of this kind of event. */
  static void record(BlockStages.Step step) {
    BlockStageEvent event = new BlockStageEvent();
    if (event.isEnabled()) {
      event.tell(step);
      event.commit();
    }
  }

  private void tell(BlockStages.Step step) {
    hash = step.block().hash().toString();
    height = step.block().height();
    stage = step.stage().label();
    peer = step.peer().map(Peer::id).orElse(-1L);
    address = step.peer().map(Peer::name).orElse("");
    sinceLast = step.sinceLastNanos().orElse(0);
  }
}
