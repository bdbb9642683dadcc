package org.farthing.node.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.node.cli.client.Json;

/**
 * On what figures were measured, in general terms.
 *
 * @param cores that this process may use
 * @param shaInstructions whether the processor has instructions for SHA-256, where the system says
 */
record Machine(int cores, Optional<Boolean> shaInstructions, String java, String system) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        readShaInstructions(),
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** Linux lists them as a flag (x86: sha_ni) or a feature (ARM: sha2). */
  private static Optional<Boolean> readShaInstructions() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .map(line -> line.matches(".*\\b(sha_ni|sha2)\\b.*"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String describe() {
    String sha =
        shaInstructions
            .map(there -> there ? ", with SHA instructions" : ", without SHA instructions")
            .orElse("");
    return "%d cores%s; %s; Java %s".formatted(cores, sha, system, java);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("cores", cores);
    shaInstructions.ifPresent(there -> json.put("sha_instructions", there));
    json.put("java", java);
    json.put("system", system);
    return json;
  }
}
