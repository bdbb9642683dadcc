package org.farthing.node.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a node keeps its things. Each network has a folder of its own below the base.
 *
 * @param base chosen by the user; holds the configuration file
 * @param folder of the network: {@code <base>/<network>}
 * @param pid holds the process identifier of the node that runs here
 * @param log what the node says of itself
 */
public record DataDirectory(Path base, Path folder, Path pid, Path log) {
  /** The name of the configuration file in the base folder. */
  public static final String CONFIG_FILE = "farthing.conf";

  private static final String PID_FILE = "farthing.pid";
  private static final String LOG_FILE = "debug.log";

  /** Below the user's home directory, if nothing else is chosen. */
  public static Path defaultBase() {
    return Path.of(System.getProperty("user.home"), ".farthing");
  }

  /** With the usual names of all files. */
  public static DataDirectory of(Path base, String network) {
    Path absolute = base.toAbsolutePath().normalize();
    Path folder = absolute.resolve(network);
    return new DataDirectory(absolute, folder, folder.resolve(PID_FILE), folder.resolve(LOG_FILE));
  }

  /** The same with other files; relative paths begin at the network's folder. */
  DataDirectory with(Path otherPid, Path otherLog) {
    return new DataDirectory(base, folder, folder.resolve(otherPid), folder.resolve(otherLog));
  }

  /**
   * Makes sure that the folder is not another program's: Bitcoin Core keeps a chain in folders of
   * the same names, and to write there would damage it.
   *
   * @throws ConfigException if it is Bitcoin Core's
   */
  public void refuseBitcoinCores() throws ConfigException {
    if (Files.isDirectory(blocks().resolve("index")) || hasBlockFiles()) {
      throw new ConfigException(
          ("The folder %s holds the blocks of Bitcoin Core, which Farthing would damage. Choose"
                  + " another data directory.")
              .formatted(folder));
    }
  }

  private boolean hasBlockFiles() throws ConfigException {
    if (!Files.isDirectory(blocks())) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(blocks(), "blk*.dat")) {
      return files.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      throw new ConfigException("Cannot read the folder " + blocks() + ": " + e.getMessage());
    }
  }

  /** The secret that lets programs of the same user call the node; gone when the node stops. */
  public Path cookie() {
    return folder.resolve(".cookie");
  }

  /** Messages of peers, where they are captured. */
  public Path messageCapture() {
    return folder.resolve("message_capture");
  }

  /** Held by the node that uses the folder. */
  public Path lock() {
    return folder.resolve(".lock");
  }

  /** The TCP port that the RPC server got, in decimal; gone when the node stops. */
  public Path rpcPort() {
    return folder.resolve("rpc.port");
  }

  /** The TCP port that peers connect to, in decimal; gone when the node stops. */
  public Path p2pPort() {
    return folder.resolve("p2p.port");
  }

  /** The TCP port that Electrum clients connect to, in decimal; gone when the node stops. */
  public Path electrumPort() {
    return folder.resolve("electrum.port");
  }

  /** The TCP port that Stratum miners connect to, in decimal; gone when the node stops. */
  public Path stratumPort() {
    return folder.resolve("stratum.port");
  }

  /** The TCP port at which the node is watched, in decimal; gone when the node stops. */
  public Path metricsPort() {
    return folder.resolve("metrics.port");
  }

  public Path peers() {
    return folder.resolve("peers.dat");
  }

  /** Peers for blocks alone, which the next run calls first; there only while no node runs. */
  public Path anchors() {
    return folder.resolve("anchors.dat");
  }

  /** By which Tor gives the node's onion service the same name again. */
  public Path onionKey() {
    return folder.resolve("onion_v3_private_key");
  }

  /** By which the node has the same address in I2P again. */
  public Path i2pKey() {
    return folder.resolve("i2p_private_key");
  }

  /** What waits from one run to the next. */
  public Path mempool() {
    return folder.resolve("mempool.dat");
  }

  public Path bans() {
    return folder.resolve("banlist.json");
  }

  /** Who misbehaved. */
  public Path discouraged() {
    return folder.resolve("discouraged.json");
  }

  /** What is known of fees, a file for each estimator; made when there is something to keep. */
  public Path fees() {
    return folder.resolve("fees");
  }

  /** Where Bitcoin Core kept the same before; a program may have put it there. */
  public Path feesBefore() {
    return folder.resolve("fee_estimates.dat");
  }

  /** What the node remembers of itself: the wallets to load, for example. */
  public Path settings() {
    return folder.resolve("settings.json");
  }

  public Path chainstate() {
    return folder.resolve("chainstate");
  }

  /** Where Bitcoin Core keeps blocks; ours are in the ledger, but programs expect the folder. */
  public Path blocks() {
    return folder.resolve("blocks");
  }

  public Path indexes() {
    return folder.resolve("indexes");
  }

  /** The log of events: among the indexes, for programs expect no other folder. */
  public Path events() {
    return indexes().resolve("events");
  }

  /**
   * Where the wallets are, each in a folder of its own: beside the chain where there is no folder
   * for them, as in Bitcoin Core.
   */
  public Path wallets() {
    Path own = walletsOfItsOwn();
    return Files.isDirectory(own) ? own : folder;
  }

  /** The folder for wallets that a new data directory gets. */
  public Path walletsOfItsOwn() {
    return folder.resolve("wallets");
  }
}
