package org.farthing.node.metrics;

import jdk.jfr.FlightRecorder;
import org.farthing.node.sync.BlockStages;

/** What flight recordings of the JVM get to know of the node. */
public final class FlightRecordings {
  private FlightRecordings() {}

  /**
   * Records that a block has come one stage further. The recorder looks through an event's class as
   * soon as that is loaded, whether it records or not, for which a download's first headers would
   * have to wait.
   */
  public static void record(BlockStages.Step step) {
    if (FlightRecorder.isInitialized()) {
      BlockStageEvent.record(step);
    }
  }
}
