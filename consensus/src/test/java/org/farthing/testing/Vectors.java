package org.farthing.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Public test vectors, read from the folder that the system property {@code farthing.vectors}
 * names. A test that wants a file is reported as skipped where the folder is missing.
 */
public final class Vectors {
  private static final Path FOLDER =
      Path.of(System.getProperty("farthing.vectors", "../../shared/vectors"));

  private Vectors() {}

  /** The file, or a skipped test. */
  public static Path file(String name) {
    assumeTrue(Files.isDirectory(FOLDER), () -> "no test vectors at " + FOLDER.toAbsolutePath());
    return FOLDER.resolve(name);
  }

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(file(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> lines(String name) {
    try {
      return Files.readAllLines(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole number of 32 bits; anything else is an error, where Jackson would say 0. */
  public static int int32(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new AssertionError("not a number of 32 bits: " + node);
    }
    return node.intValue();
  }

  /** A whole number of 64 bits; anything else is an error. */
  public static long int64(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new AssertionError("not a number of 64 bits: " + node);
    }
    return node.longValue();
  }
}
