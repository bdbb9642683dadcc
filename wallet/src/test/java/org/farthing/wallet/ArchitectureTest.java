package org.farthing.wallet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import org.farthing.testing.PackageOrder;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "org.farthing.wallet";
  private final PackageOrder packages = new PackageOrder(ROOT);

  @Test
  void aPackageImportsOnlyThoseBeforeIt() {
    packages.check(
        List.of(
            "error",
            "encoding",
            "keys",
            "address",
            "message",
            "miniscript",
            "descriptor",
            "history",
            "selection",
            "spend",
            "psbt",
            "store"));
  }

  @Test
  void nothingBelowTheRootImportsIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(packages.classes());
  }

  @Test
  void filesOnlyInStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..")
        .check(packages.classes());
  }

  @Test
  void theClockIsPassedIn() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.time..")
        .check(packages.classes());
  }
}
