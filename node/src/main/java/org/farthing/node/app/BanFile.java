package org.farthing.node.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.config.WholeFile;
import org.farthing.node.peer.BanList.Ban;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.wire.NetRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bans between two runs, in Bitcoin Core's form ({@code banlist.json}). The file is replaced as
 * a whole or not at all; a ban that cannot be read is left out.
 */
final class BanFile {
  private static final Logger LOG = LoggerFactory.getLogger(BanFile.class);

  private static final String BANS = "banned_nets";
  private static final String VERSION_KEY = "version";
  private static final int VERSION = 1;
  private static final String ADDRESS = "address";
  private static final String CREATED = "ban_created";
  private static final String UNTIL = "banned_until";

  private final Optional<Path> file;

  /**
   * @param file empty: nothing is kept
   */
  BanFile(Optional<Path> file) {
    this.file = file;
  }

  /** The bans that were kept; where there is no file, there will be one. */
  List<Ban> load() {
    List<Ban> bans = new ArrayList<>();
    if (file.isEmpty()) {
      return bans;
    }
    try {
      Json.parse(Files.readAllBytes(file.get()))
          .path(BANS)
          .forEach(json -> read(json).ifPresent(bans::add));
      return bans;
    } catch (NoSuchFileException e) {
      // The first run, or the operator has removed it.
    } catch (IOException e) {
      LOG.warn("Cannot load banlist {}: {}", file.get(), e.toString());
    }
    LOG.info("Recreating the banlist database");
    save(List.of());
    return bans;
  }

  private static Optional<Ban> read(JsonNode json) {
    if (json.path(VERSION_KEY).asInt() != VERSION) {
      LOG.info(
          "Dropping entry with unknown version ({}) from ban list", json.path(VERSION_KEY).asInt());
      return Optional.empty();
    }
    String address = json.path(ADDRESS).asText();
    Optional<NetRange> range = NetRange.parse(address);
    if (range.isEmpty()) {
      LOG.info("Dropping entry with unparseable address or subnet ({}) from ban list", address);
    }
    return range.map(
        found -> new Ban(found, json.path(CREATED).asLong(), json.path(UNTIL).asLong()));
  }

  void save(List<Ban> bans) {
    if (file.isEmpty()) {
      return;
    }
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray(BANS);
    for (Ban ban : bans) {
      list.addObject()
          .put(VERSION_KEY, VERSION)
          .put(CREATED, ban.createdSeconds())
          .put(UNTIL, ban.untilSeconds())
          .put(ADDRESS, ban.range().toString());
    }
    try {
      WholeFile.write(file.get(), Json.pretty(json) + "\n");
    } catch (IOException e) {
      LOG.warn("Could not save the bans: {}", e.toString());
    }
  }
}
