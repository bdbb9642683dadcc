package org.farthing.node.wallets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.chain.StoreException;
import org.farthing.node.config.WholeFile;

/**
 * What the node remembers of itself in {@code settings.json}: the wallets that it loads at its
 * start, under Bitcoin Core's key {@code wallet}. Other keys are kept as they are.
 */
final class Settings {
  private static final String WALLETS = "wallet";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;

  Settings(Path file) {
    this.file = file;
  }

  List<String> wallets() {
    List<String> names = new ArrayList<>();
    read().path(WALLETS).forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Writes nothing where nothing changes. */
  void remember(String wallet, boolean loadAtStart) {
    Set<String> names = new LinkedHashSet<>(wallets());
    boolean changed = loadAtStart ? names.add(wallet) : names.remove(wallet);
    if (changed) {
      ObjectNode settings = read();
      ArrayNode list = settings.putArray(WALLETS);
      names.forEach(list::add);
      write(settings);
    }
  }

  private ObjectNode read() {
    try {
      if (Files.exists(file) && MAPPER.readTree(file.toFile()) instanceof ObjectNode settings) {
        return settings;
      }
      return MAPPER.createObjectNode();
    } catch (IOException e) {
      throw new StoreException("cannot read " + file, e);
    }
  }

  private void write(ObjectNode settings) {
    try {
      WholeFile.write(file, settings.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new StoreException("cannot write " + file, e);
    }
  }
}
