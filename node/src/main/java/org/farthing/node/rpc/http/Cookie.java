package org.farthing.node.rpc.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.config.RpcConfig;
import org.farthing.node.config.RpcLogin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password that changes with each start, in a file that only its owner can read: who can read the
 * file may call the node. Its form is that of Bitcoin Core: {@code __cookie__:<hex>}, no line end.
 */
final class Cookie implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cookie.class);

  private static final String USER = "__cookie__";
  private static final int PASSWORD_BYTES = 32;

  private final RpcConfig.CookieFile wanted;
  private final String content;
  private final RpcLogin login;

  private Cookie(RpcConfig.CookieFile wanted, String password) {
    this.wanted = wanted;
    this.content = USER + ":" + password;
    this.login = RpcLogin.ofPassword(USER, password);
  }

  /** Makes a new password. */
  static Cookie create(RpcConfig.CookieFile wanted) {
    byte[] password = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(password);
    return new Cookie(wanted, Hex.encode(password));
  }

  /** Writes the file: all of it or nothing. */
  void write() throws IOException {
    Path file = wanted.path();
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      if (Files.isRegularFile(unfinished)) {
        Files.delete(unfinished);
      }
      try (var channel =
          Files.newByteChannel(
              unfinished,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              permissions())) {
        channel.write(StandardCharsets.US_ASCII.encode(content));
      }
    } catch (IOException e) {
      throw new IOException(
          "Unable to open cookie authentication file " + unfinished + " for writing", e);
    }
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    if (isPosix() && wanted.readers().isPresent()) {
      // Once more: what a mask took away when the file was made.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(symbols()));
    }
    LOG.info("Generated RPC authentication cookie {}", file);
    if (isPosix()) {
      LOG.info(
          "Permissions used for cookie: {}",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  private String symbols() {
    return wanted.readers().orElse(RpcConfig.Readers.OWNER).permissions();
  }

  private FileAttribute<?>[] permissions() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(symbols()))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  RpcLogin login() {
    return login;
  }

  /** Removes the file, unless another node has replaced it. */
  @Override
  public void close() throws IOException {
    Path file = wanted.path();
    if (Files.isRegularFile(file)
        && Files.readString(file, StandardCharsets.US_ASCII).equals(content)) {
      Files.delete(file);
    }
  }
}
