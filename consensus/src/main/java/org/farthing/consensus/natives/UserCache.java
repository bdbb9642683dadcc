package org.farthing.consensus.natives;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a user's programs keep what they could make again: {@code $XDG_CACHE_HOME} or {@code
 * ~/.cache}, {@code ~/Library/Caches} on macOS, {@code %LOCALAPPDATA%} on Windows.
 *
 * @param system the name of the operating system, as {@code os.name} has it
 * @param home of the user, as {@code user.home} has it; "?" where the user has none
 * @param environment of the process
 */
record UserCache(String system, String home, Map<String, String> environment) {
  /** Farthing's folder of the user of this process; it may not exist yet. */
  static Optional<Path> folder() {
    return new UserCache(
            System.getProperty("os.name", ""), System.getProperty("user.home", ""), System.getenv())
        .ours();
  }

  /** Empty where the user has no home of its own. */
  Optional<Path> ours() {
    return base().map(base -> base.resolve("farthing"));
  }

  private Optional<Path> base() {
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      return absolute(environment.getOrDefault("LOCALAPPDATA", ""));
    }
    Optional<Path> own = absolute(home).filter(Files::isDirectory);
    if (lower.startsWith("mac")) {
      return own.map(path -> path.resolve("Library/Caches"));
    }
    return absolute(environment.getOrDefault("XDG_CACHE_HOME", ""))
        .or(() -> own.map(path -> path.resolve(".cache")));
  }

  /** The XDG base directory specification has relative paths ignored. */
  private static Optional<Path> absolute(String path) {
    return Optional.of(Path.of(path)).filter(Path::isAbsolute);
  }
}
