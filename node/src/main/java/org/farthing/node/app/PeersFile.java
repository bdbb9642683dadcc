package org.farthing.node.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.WholeFile;
import org.farthing.node.peer.KnownAddress;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address book between two runs: a line for each address, {@code time services address source
 * new|tried}. It is replaced as a whole or not at all; a line that cannot be read is left out,
 * since peers tell us addresses again.
 */
final class PeersFile {
  private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);

  private static final int FIELDS = 5;
  private static final String NEW = "new";
  private static final String TRIED = "tried";

  private final Optional<Path> file;

  /**
   * @param file empty: nothing outlives the node
   */
  PeersFile(Optional<Path> file) {
    this.file = file;
  }

  void save(List<KnownAddress> addresses) {
    file.ifPresent(path -> write(path, addresses));
  }

  private static void write(Path file, List<KnownAddress> addresses) {
    StringBuilder text = new StringBuilder();
    for (KnownAddress each : addresses) {
      TimedAddress told = each.address();
      text.append(told.timeSeconds()).append(' ');
      text.append(Long.toUnsignedString(told.services())).append(' ');
      text.append(told.address()).append(' ');
      text.append(each.source()).append(' ');
      text.append(each.tried() ? TRIED : NEW).append('\n');
    }
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      LOG.warn("Could not save the addresses of peers: {}", e.toString());
    }
  }

  List<KnownAddress> load() {
    return file.map(PeersFile::read).orElse(List.of());
  }

  private static List<KnownAddress> read(Path file) {
    List<KnownAddress> addresses = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        addresses.add(parse(line));
      }
    } catch (NoSuchFileException e) {
      LOG.info("Creating peers.dat because the file was not found (\"{}\")", file);
    } catch (IOException | DecodeException | IllegalArgumentException e) {
      LOG.warn("The rest of {} cannot be read and is left out: {}", file, e.toString());
    }
    return addresses;
  }

  private static KnownAddress parse(String line) throws DecodeException {
    String[] fields = line.split(" ", -1);
    boolean isComplete = fields.length == FIELDS && List.of(NEW, TRIED).contains(fields[4]);
    if (!isComplete) {
      throw new DecodeException(
          "not 'time services address source " + NEW + "|" + TRIED + "': '" + line + "'");
    }
    TimedAddress told =
        new TimedAddress(
            Long.parseLong(fields[0]),
            Long.parseUnsignedLong(fields[1]),
            NetAddress.parse(fields[2], 0));
    return new KnownAddress(told, NetAddress.parse(fields[3], 0), fields[4].equals(TRIED));
  }
}
