package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.testing.Vectors;
import org.junit.jupiter.api.Test;

/**
 * Reported as skipped where the folder of vectors is missing: a factory of dynamic tests that finds
 * none leaves no trace in Maven's counts.
 */
class VectorFolderTest {
  @Test
  void vectorsAreThereToBeTested() {
    assertThat(Vectors.lines("README.md")).isNotEmpty();
  }
}
