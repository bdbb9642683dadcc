package org.farthing.consensus.params;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of the rules that a network has seen or may see.
 *
 * @param heights the first height at which each buried deployment is in force
 * @param signalled those that miners decide on
 * @param unknown when others, of which this software knows nothing, are worth a warning
 */
public record Deployments(
    Map<Deployment, Integer> heights, List<SignalledDeployment> signalled, Unknown unknown) {

  /**
   * How signals without known meaning are counted.
   *
   * @param fromHeight earlier ones are known after all: they belong to buried deployments
   */
  public record Unknown(SignalledDeployment.Poll poll, int fromHeight) {}

  public Deployments {
    for (Deployment deployment : Deployment.values()) {
      if (!heights.containsKey(deployment)) {
        throw new IllegalArgumentException("no activation height for " + deployment);
      }
    }
    heights = Map.copyOf(heights);
    signalled = List.copyOf(signalled);
  }

  Deployments withHeight(Deployment deployment, int height) {
    Map<Deployment, Integer> moved = new EnumMap<>(heights);
    moved.put(deployment, height);
    return new Deployments(moved, signalled, unknown);
  }

  Deployments withSchedule(String name, SignalledDeployment.Schedule schedule) {
    if (signalled.stream().noneMatch(deployment -> deployment.name().equals(name))) {
      throw new IllegalArgumentException("no deployment " + name);
    }
    List<SignalledDeployment> changed =
        signalled.stream().map(d -> d.name().equals(name) ? d.with(schedule) : d).toList();
    return new Deployments(heights, changed, unknown);
  }
}
