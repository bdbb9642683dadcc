package org.farthing.junit;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fault of HotSpot's second compiler on processors with AVX-512: small arrays are copied wrongly
 * now and then, and a hash of what was copied is then wrong (docs/embedding.md). Only flags of the
 * JVM help, which whoever embeds a node has to give.
 */
final class CompilerFault {
  private static final Logger LOG = LoggerFactory.getLogger(CompilerFault.class);

  private static final int FIRST_SOUND_JAVA = 25;

  /** The least value of {@code UseAVX} with which arrays are copied by AVX-512. */
  private static final int AVX_512 = 3;

  private static final String SECOND_COMPILER = "4";
  private static final String REMEDY =
      "-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions"
          + " -XX:ArrayOperationPartialInlineSize=0";

  private static final AtomicBoolean LOOKED = new AtomicBoolean();

  private CompilerFault() {}

  /** Says once what to do where this JVM may have it; nobody waits for that. */
  static void look() {
    if (LOOKED.compareAndSet(false, true)) {
      Thread thread = new Thread(CompilerFault::warn, "regtest-java");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void warn() {
    if (isPossible(Runtime.version().feature(), CompilerFault::option)) {
      LOG.warn(
          "On this processor Java {} sometimes copies small arrays wrongly, so that a node may find"
              + " a valid block or signature invalid. Start the JVM (Surefire: argLine) with {},"
              + " or use Java {}.",
          Runtime.version().feature(),
          REMEDY,
          FIRST_SOUND_JAVA);
    }
  }

  /**
   * @param java the version
   * @param options of the JVM, by their names; empty where it does not tell
   */
  static boolean isPossible(int java, Function<String, Optional<String>> options) {
    return java < FIRST_SOUND_JAVA
        && options.apply("UseAVX").filter(CompilerFault::isAvx512).isPresent()
        && options.apply("TieredStopAtLevel").filter(SECOND_COMPILER::equals).isPresent()
        && options.apply("ArrayOperationPartialInlineSize").filter("0"::equals).isEmpty();
  }

  private static boolean isAvx512(String level) {
    return Integer.parseInt(level) >= AVX_512;
  }

  /** Diagnostic options are told only where they are unlocked, as they are to be changed. */
  private static Optional<String> option(String name) {
    try {
      return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
          .map(machine -> machine.getVMOption(name).getValue());
    } catch (IllegalArgumentException e) {
      // There is no such option, or no machine of this kind.
      return Optional.empty();
    }
  }
}
