package org.farthing.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/** What lets a program call a node. */
public sealed interface Credentials {
  /** A name and a password. */
  static Credentials password(String user, String password) {
    return new Password(user, password);
  }

  /**
   * The cookie that a node writes into its folder when it starts. It is read again when a node
   * refuses what it said before.
   *
   * @param file {@code .cookie} in the folder of the node's network
   */
  static Credentials cookie(Path file) {
    return new Cookie(file);
  }

  /**
   * {@code user:password} as of now.
   *
   * @throws ConnectionException if there is none
   */
  String pair();

  /** The value of HTTP's header. */
  default String header() {
    byte[] pair = pair().getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** A name and a password. */
  record Password(String user, String password) implements Credentials {
    public Password {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String pair() {
      return user + ":" + password;
    }

    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /** The cookie in a file. */
  record Cookie(Path file) implements Credentials {
    @Override
    public String pair() {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new ConnectionException("there is no cookie " + file + ": does the node run?", 0, e);
      }
    }
  }
}
