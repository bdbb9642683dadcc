package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.WholeFile;
import org.farthing.node.peer.AddressList;
import org.farthing.node.peer.UnsupportedBookException;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers that a node had for blocks alone when it was stopped, in Bitcoin Core's form ({@code
 * anchors.dat}): the next run calls them first, so that nobody gets all of its connections by
 * making it start again. The file is gone as soon as it was read: where they make the node fail,
 * the run after that does without them.
 */
final class AnchorsFile {
  private static final Logger LOG = LoggerFactory.getLogger(AnchorsFile.class);

  private final Optional<Path> file;
  private final int magic;

  /**
   * @param file empty: nothing outlives the node
   * @param magic of the network
   */
  AnchorsFile(Optional<Path> file, int magic) {
    this.file = file;
    this.magic = magic;
  }

  /** What the last run has left, and nothing where it cannot be read. */
  List<TimedAddress> take() {
    List<TimedAddress> anchors = new ArrayList<>();
    if (file.isEmpty()) {
      return anchors;
    }
    Path path = file.get();
    try {
      Sealed.open(magic, Files.readAllBytes(path), in -> anchors.addAll(AddressList.read(in)));
      LOG.info("Loaded {} addresses from \"{}\"", anchors.size(), path.getFileName());
    } catch (NoSuchFileException e) {
      // The first run, or the last one did not come to its end.
    } catch (IOException | DecodeException | UnsupportedBookException e) {
      LOG.warn("Cannot read {}, doing without it: {}", path, e.getMessage());
      anchors.clear();
    }
    remove(path);
    return anchors;
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}: {}", path, e.toString());
    }
  }

  void save(List<TimedAddress> anchors) {
    if (file.isEmpty()) {
      return;
    }
    LOG.info(
        "DumpAnchors: Flush {} outbound block-relay-only peer addresses to anchors.dat",
        anchors.size());
    try {
      WholeFile.write(file.get(), Sealed.seal(magic, AddressList.write(anchors)));
    } catch (IOException e) {
      LOG.warn("Could not save the anchors: {}", e.toString());
    }
  }
}
