package org.farthing.node.cli.bench;

import org.farthing.node.cli.process.RunningNode;

/**
 * What a process has used since it began.
 *
 * @param cpuSeconds of all its threads
 * @param peakBytes the most memory that it held at any time; 0 where the system does not say
 * @param writtenBytes to disks; 0 where the system does not say
 */
record ProcessFigures(double cpuSeconds, long peakBytes, long writtenBytes) {
  static final ProcessFigures NONE = new ProcessFigures(0, 0, 0);

  static ProcessFigures of(RunningNode node) {
    return new ProcessFigures(
        node.cpuSeconds(), node.peakResidentBytes().orElse(0), node.writtenBytes().orElse(0));
  }
}
