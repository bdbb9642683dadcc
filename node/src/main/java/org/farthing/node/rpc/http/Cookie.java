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
import org.farthing.node.config.RpcLogin;

/**
 * A password that changes with each start, in a file that only its owner can read: who can read the
 * file may call the node. Its form is that of Bitcoin Core: {@code __cookie__:<hex>}, no line end.
 */
final class Cookie implements AutoCloseable {
  private static final String USER = "__cookie__";
  private static final int PASSWORD_BYTES = 32;

  private final Path file;
  private final String content;
  private final RpcLogin login;

  private Cookie(Path file, String password) {
    this.file = file;
    this.content = USER + ":" + password;
    this.login = RpcLogin.ofPassword(USER, password);
  }

  /** Makes a new password. */
  static Cookie create(Path file) {
    byte[] password = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(password);
    return new Cookie(file, Hex.encode(password));
  }

  /** Writes the file: all of it or nothing. */
  void write() throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(unfinished);
    try (var channel =
        Files.newByteChannel(
            unfinished,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly())) {
      channel.write(StandardCharsets.US_ASCII.encode(content));
    }
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  RpcLogin login() {
    return login;
  }

  /** Removes the file, unless another node has replaced it. */
  @Override
  public void close() throws IOException {
    if (Files.exists(file) && Files.readString(file, StandardCharsets.US_ASCII).equals(content)) {
      Files.delete(file);
    }
  }
}
