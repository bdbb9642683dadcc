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
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.WholeFile;
import org.farthing.node.peer.BanList.Discouraged;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who misbehaved, between two runs ({@code discouraged.json}): otherwise it would be enough to make
 * a node start again. The file is replaced as a whole or not at all. One that is damaged is put
 * aside, and the node begins without. After a start nobody counts whose misdeed is older than a ban
 * would last: addresses change their owners.
 */
final class DiscouragedFile {
  private static final Logger LOG = LoggerFactory.getLogger(DiscouragedFile.class);

  private static final String VERSION_KEY = "version";
  private static final int VERSION = 1;
  private static final String LIST = "discouraged";
  private static final String ADDRESS = "address";
  private static final String NETWORK = "network";
  private static final String SINCE = "since";

  private final Optional<Path> file;
  private final long lastingSeconds;

  /**
   * @param file empty: nothing is kept
   * @param lastingSeconds after which a misdeed is forgotten
   */
  DiscouragedFile(Optional<Path> file, long lastingSeconds) {
    this.file = file;
    this.lastingSeconds = lastingSeconds;
  }

  /** Those that still count. */
  List<Discouraged> load(long nowSeconds) {
    if (file.isEmpty()) {
      return List.of();
    }
    Path path = file.get();
    try {
      List<Discouraged> all = read(Json.parse(Files.readAllBytes(path)));
      List<Discouraged> lasting =
          all.stream().filter(each -> nowSeconds - each.sinceSeconds() < lastingSeconds).toList();
      LOG.info("Loaded {} discouraged addresses from {}", lasting.size(), path.getFileName());
      return lasting;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | DecodeException e) {
      putAside(path, e);
      return List.of();
    }
  }

  private static List<Discouraged> read(JsonNode json) throws DecodeException {
    if (json.path(VERSION_KEY).asInt() != VERSION || !json.path(LIST).isArray()) {
      throw new DecodeException("not a list of discouraged addresses of version " + VERSION);
    }
    List<Discouraged> all = new ArrayList<>();
    for (JsonNode each : json.path(LIST)) {
      NetAddress address = NetAddress.parse(each.path(ADDRESS).asText(), 0);
      boolean isCjdns = each.path(NETWORK).asText().equals(AddressNetwork.CJDNS.label());
      all.add(new Discouraged(isCjdns ? address.asCjdns() : address, each.path(SINCE).asLong()));
    }
    return all;
  }

  private static void putAside(Path path, Exception problem) {
    try {
      Path aside = WholeFile.putAside(path);
      LOG.warn(
          "{} is damaged ({}); it was put aside as {}, and nobody is discouraged for now",
          path,
          problem.getMessage(),
          aside.getFileName());
    } catch (IOException e) {
      LOG.warn("{} is damaged ({}), and cannot be put aside: {}", path, problem.getMessage(), e);
    }
  }

  void save(List<Discouraged> discouraged) {
    if (file.isEmpty()) {
      return;
    }
    ObjectNode json = Json.object().put(VERSION_KEY, VERSION);
    ArrayNode list = json.putArray(LIST);
    for (Discouraged each : discouraged) {
      // A name stands for what only a proxy knows, and that may be somebody else in the next run.
      if (!each.address().isName()) {
        list.addObject()
            .put(ADDRESS, each.address().host())
            .put(NETWORK, each.address().network().label())
            .put(SINCE, each.sinceSeconds());
      }
    }
    try {
      WholeFile.write(file.get(), Json.pretty(json) + "\n");
    } catch (IOException e) {
      LOG.warn("Could not save who is discouraged: {}", e.toString());
    }
  }
}
