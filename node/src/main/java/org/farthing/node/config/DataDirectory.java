package org.farthing.node.config;

import java.nio.file.Path;

/**
 * Where a node keeps its things. Each network has a folder of its own below the base.
 *
 * @param base chosen by the user; holds the configuration file
 * @param folder of the network: {@code <base>/<network>}
 */
public record DataDirectory(Path base, Path folder) {
  /** The name of the configuration file in the base folder. */
  public static final String CONFIG_FILE = "farthing.conf";

  /** Below the user's home directory, if nothing else is chosen. */
  public static Path defaultBase() {
    return Path.of(System.getProperty("user.home"), ".farthing");
  }

  public static DataDirectory of(Path base, String network) {
    Path absolute = base.toAbsolutePath().normalize();
    return new DataDirectory(absolute, absolute.resolve(network));
  }

  /** The secret that lets programs of the same user call the node; gone when the node stops. */
  public Path cookie() {
    return folder.resolve(".cookie");
  }

  /** Held by the node that uses the folder. */
  public Path lock() {
    return folder.resolve(".lock");
  }

  /** The process identifier of the node that runs here. */
  public Path pid() {
    return folder.resolve("farthing.pid");
  }

  /** The TCP port that the RPC server got, in decimal; gone when the node stops. */
  public Path rpcPort() {
    return folder.resolve("rpc.port");
  }

  /** The TCP port that peers connect to, in decimal; gone when the node stops. */
  public Path p2pPort() {
    return folder.resolve("p2p.port");
  }

  public Path log() {
    return folder.resolve("debug.log");
  }

  public Path peers() {
    return folder.resolve("peers.dat");
  }

  /** What the node remembers of itself: the wallets to load, for example. */
  public Path settings() {
    return folder.resolve("settings.json");
  }

  public Path chainstate() {
    return folder.resolve("chainstate");
  }

  public Path wallets() {
    return folder.resolve("wallets");
  }
}
