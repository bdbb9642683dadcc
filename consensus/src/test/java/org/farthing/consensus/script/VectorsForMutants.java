package org.farthing.consensus.script;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/**
 * The vectors once more, a file in one test: pitest would read the file anew for each line and each
 * mutant. No build runs this class but that of the profile {@code mutation}.
 */
class VectorsForMutants {
  private static void all(Stream<DynamicTest> tests) throws Throwable {
    for (DynamicTest test : tests.toList()) {
      test.getExecutable().execute();
    }
  }

  @Test
  void scripts() throws Throwable {
    all(new ScriptVectorsTest().vectors());
  }

  @Test
  void validTransactions() throws Throwable {
    all(new TransactionVectorsTest().valid());
  }

  @Test
  void invalidTransactions() throws Throwable {
    all(new TransactionVectorsTest().invalid());
  }

  @Test
  void signatureHashes() throws Throwable {
    all(new SigHashTest().legacy());
  }

  @Test
  void taproot() throws Throwable {
    all(new TaprootVectorsTest().outputs());
    all(new TaprootVectorsTest().keyPathSpending());
  }
}
