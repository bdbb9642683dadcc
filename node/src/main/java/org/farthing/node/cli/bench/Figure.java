package org.farthing.node.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.Json;

/**
 * Something that was measured, several times where chance plays a part.
 *
 * @param name what was measured, for people
 * @param unit of the samples
 * @param aim what we want, in words such as {@code < 1.5}
 * @param samples in the order of their taking; at least one
 */
public record Figure(String name, String unit, Optional<String> aim, List<Double> samples) {
  public Figure {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples of " + name);
    }
    samples = List.copyOf(samples);
  }

  static Figure of(String name, String unit, List<Double> samples) {
    return new Figure(name, unit, Optional.empty(), samples);
  }

  Figure aim(String text) {
    return new Figure(name, unit, Optional.of(text), samples);
  }

  public double least() {
    return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double greatest() {
    return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** The sample in the middle; of an even number, the mean of the two there. */
  public double median() {
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("name", name);
    json.put("unit", unit);
    aim.ifPresent(text -> json.put("aim", text));
    json.put("min", least());
    json.put("median", median());
    json.put("max", greatest());
    json.set("samples", Json.of(samples));
    return json;
  }
}
