package org.farthing.consensus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import org.farthing.testing.PackageOrder;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "org.farthing.consensus";
  private final PackageOrder packages = new PackageOrder(ROOT);

  @Test
  void aPackageImportsOnlyThoseBeforeIt() {
    packages.check(
        List.of(
            "bytes",
            "natives",
            "column",
            "crypto",
            "primitives",
            "script",
            "params",
            "validation",
            "chain",
            "filter",
            "index",
            "store"));
  }

  @Test
  void onlyCryptoKnowsTheCryptographicLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".crypto..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..", "fr.acinq..")
        .check(packages.classes());
  }

  @Test
  void onlyStoreKnowsRocksDb() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(packages.classes());
  }

  @Test
  void noClockLoggerThreadOrFileOutsideStore() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".store..", ROOT + ".natives..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.time..", "java.io..", "java.nio.file..", "org.slf4j..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, java.util.logging.Logger.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(packages.classes());
  }
}
