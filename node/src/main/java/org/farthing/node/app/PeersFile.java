package org.farthing.node.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address book between two runs: a line for each address, {@code time services address}. It is
 * replaced as a whole or not at all; a line that cannot be read is left out, since peers tell us
 * addresses again.
 */
final class PeersFile {
  private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);

  private final Optional<Path> file;

  /**
   * @param file empty: nothing outlives the node
   */
  PeersFile(Optional<Path> file) {
    this.file = file;
  }

  void save(List<TimedAddress> addresses) {
    file.ifPresent(path -> write(path, addresses));
  }

  private static void write(Path file, List<TimedAddress> addresses) {
    StringBuilder text = new StringBuilder();
    for (TimedAddress each : addresses) {
      text.append(each.timeSeconds()).append(' ');
      text.append(Long.toUnsignedString(each.services())).append(' ');
      text.append(each.address()).append('\n');
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text, StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("Could not save the addresses of peers: {}", e.toString());
    }
  }

  List<TimedAddress> load() {
    return file.map(PeersFile::read).orElse(List.of());
  }

  private static List<TimedAddress> read(Path file) {
    List<TimedAddress> addresses = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        addresses.add(parse(line));
      }
    } catch (NoSuchFileException e) {
      // The first run.
    } catch (IOException | DecodeException | IllegalArgumentException e) {
      LOG.warn("The rest of {} cannot be read and is left out: {}", file, e.toString());
    }
    return addresses;
  }

  private static TimedAddress parse(String line) throws DecodeException {
    String[] fields = line.split(" ", -1);
    if (fields.length != 3) {
      throw new DecodeException("not 'time services address': '" + line + "'");
    }
    return new TimedAddress(
        Long.parseLong(fields[0]),
        Long.parseUnsignedLong(fields[1]),
        NetAddress.parse(fields[2], 0));
  }
}
