package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.WholeFile;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.UnsupportedBookException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address book between two runs, in Bitcoin Core's form ({@code peers.dat}): the magic of the
 * network, the book, a checksum. It is replaced as a whole or not at all. A file that is damaged
 * stops the start: who lets it pass could be made to forget all honest nodes.
 */
final class PeersFile {
  private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);

  private static final String BUG_REPORTS = "https://github.com/bitcoin/bitcoin/issues";

  private final Optional<Path> file;
  private final int magic;

  /**
   * @param file empty: nothing outlives the node
   * @param magic of the network
   */
  PeersFile(Optional<Path> file, int magic) {
    this.file = file;
    this.magic = magic;
  }

  void save(AddressBook book) {
    file.ifPresent(
        path -> {
          try {
            WholeFile.write(path, Sealed.seal(magic, book.toBytes()));
          } catch (IOException e) {
            LOG.warn("Could not save the addresses of peers: {}", e.toString());
          }
        });
  }

  /**
   * Fills the book with what was kept.
   *
   * @throws StartException if it cannot be read; the message says what to do
   */
  void load(AddressBook book) throws StartException {
    if (file.isEmpty()) {
      return;
    }
    Path path = file.get();
    try {
      read(Files.readAllBytes(path), book);
      LOG.info("Loaded {} addresses from peers.dat", book.size());
    } catch (NoSuchFileException e) {
      LOG.info("Creating peers.dat because the file was not found (\"{}\")", path);
      save(book);
    } catch (UnsupportedBookException e) {
      putAside(path);
      save(book);
    } catch (DecodeException | IOException e) {
      throw damaged(path, e);
    }
  }

  private static StartException damaged(Path path, Exception problem) {
    return new StartException(
            ("Invalid or corrupt peers.dat (%s). If you believe this is a bug, please report it to"
                    + " %s. As a workaround, you can move the file (\"%s\") out of the way (rename,"
                    + " move, or delete) to have a new one created on the next start.")
                .formatted(problem.getMessage(), BUG_REPORTS, path),
            problem)
        .reworded(
            ("The addresses of other nodes in %s are damaged (%s). Move the file away, mv %s"
                    + " %s.damaged, and start the node again: it makes a new one, and learns"
                    + " addresses anew from its peers and from what --seed, --seed-node or"
                    + " --add-node name. If no disk failed and no power was lost, please report it"
                    + " to the makers of Farthing, with the file.")
                .formatted(path, problem.getMessage(), path, path));
  }

  private void read(byte[] content, AddressBook book)
      throws DecodeException, UnsupportedBookException {
    // An earlier version of ours kept lines of text.
    if (content.length == 0 || Character.isDigit(content[0])) {
      throw new UnsupportedBookException("lines of text");
    }
    Sealed.open(magic, content, book::load);
  }

  private static void putAside(Path path) throws StartException {
    try {
      WholeFile.putAside(path);
    } catch (IOException e) {
      throw new StartException(
          "Failed to rename invalid peers.dat file. Please move or delete it and try again.", e);
    }
    LOG.warn(
        "Creating new peers.dat because the file version was not compatible (\"{}\"). Original"
            + " backed up to peers.dat.bak",
        path);
  }
}
