package org.farthing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What holds for every decoder, whatever its input: it answers, or refuses with the one exception
 * that it documents, and on the way allocates no more than a fixed multiple of the input.
 */
public final class Decoding {
  /**
   * Bytes that a call may allocate whatever its input: an exception, buffers of a fixed size, and
   * what a fuzzer takes to watch it.
   */
  private static final long FIXED_BYTES = 256 * 1024;

  /**
   * Bytes that a call may allocate for each byte of its input. The most is asked for by blocks of
   * empty transactions: ten bytes on the wire, two hashes and a dozen objects in the heap.
   */
  private static final long BYTES_FOR_EACH = 256;

  /**
   * While a fuzzer watches it copies both sides of each comparison of texts or arrays, on the
   * account of the call. What must not be is then only roughly bounded; the exact bounds hold when
   * its inputs are replayed.
   */
  private static final long WATCHED = Boolean.getBoolean("farthing.fuzzing") ? 64 : 1;

  /** Loading classes and compiling allocate too, but not again and again. */
  private static final int ATTEMPTS = 8;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Decoding() {}

  /** A decoder with its input. */
  @FunctionalInterface
  public interface Call<T> {
    T decode() throws Exception;
  }

  /**
   * Decodes.
   *
   * @param size of the input in bytes
   * @param refusal the only exception that may come
   * @return empty if the input was refused
   * @throws Exception any other one, which is a bug
   */
  public static <T> Optional<T> of(int size, Class<? extends Exception> refusal, Call<T> call)
      throws Exception {
    return bounded(FIXED_BYTES + BYTES_FOR_EACH * size, () -> attempt(refusal, call));
  }

  /**
   * The same for texts, which are compared with others on the way.
   *
   * @param size of the input in bytes
   */
  public static <T> Optional<T> ofText(int size, Class<? extends Exception> refusal, Call<T> call)
      throws Exception {
    return bounded(watched(FIXED_BYTES + BYTES_FOR_EACH * size), () -> attempt(refusal, call));
  }

  /** So many bytes, or what they become while a fuzzer copies all that is compared. */
  public static long watched(long bytes) {
    return WATCHED * bytes;
  }

  private static <T> Optional<T> attempt(Class<? extends Exception> refusal, Call<T> call)
      throws Exception {
    try {
      return Optional.of(call.decode());
    } catch (Exception e) {
      if (refusal.isInstance(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Makes a call that may allocate so many bytes. */
  public static <T> T bounded(long maxBytes, Call<T> call) throws Exception {
    long least = Long.MAX_VALUE;
    T result = null;
    for (int i = 0; i < ATTEMPTS && least > maxBytes; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      result = call.decode();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes allocated").isLessThanOrEqualTo(maxBytes);
    return result;
  }
}
