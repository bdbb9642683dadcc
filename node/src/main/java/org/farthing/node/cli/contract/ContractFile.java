package org.farthing.node.cli.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.config.WholeFile;

/**
 * What is known of a contract, in a file of JSON. It holds no private keys: they come from the
 * wallet, by paths. A change is on disk as a whole before anything follows from it.
 */
public final class ContractFile {
  private final Path path;
  private final ObjectNode content;

  private ContractFile(Path path, ObjectNode content) {
    this.path = path;
    this.content = content;
  }

  /**
   * A file that is not there yet.
   *
   * @param kind of the contract
   */
  public static ContractFile create(Path path, String kind) throws CliException {
    if (Files.exists(path)) {
      throw CliException.usage("the file " + path + " is there already");
    }
    return new ContractFile(path, Json.object().put("kind", kind));
  }

  public static ContractFile open(Path path) throws CliException {
    try {
      if (Json.parse(Files.readString(path)) instanceof ObjectNode content && content.has("kind")) {
        return new ContractFile(path, content);
      }
    } catch (JsonProcessingException e) {
      // Said below.
    } catch (IOException e) {
      throw CliException.usage("cannot read " + path + ": " + e.getMessage());
    }
    throw CliException.usage("the file " + path + " holds no contract");
  }

  public ObjectNode content() {
    return content;
  }

  public String kind() {
    return content.path("kind").asText();
  }

  public Path path() {
    return path;
  }

  /** Expects a contract of a kind. */
  public ContractFile expect(String kind) throws CliException {
    if (!kind().equals(kind)) {
      throw CliException.usage("the file " + path + " holds a contract of kind '" + kind() + "'");
    }
    return this;
  }

  /** Writes all of it, so that after a kill the file is what it was or what it is now. */
  public void save() throws CliException {
    try {
      WholeFile.writeDurably(path, Json.pretty(content) + "\n");
    } catch (IOException e) {
      throw CliException.failed("cannot write " + path + ": " + e.getMessage());
    }
  }
}
