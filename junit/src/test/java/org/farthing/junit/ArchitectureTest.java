package org.farthing.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.farthing.junit");

  @Test
  void onlyTheExtensionKnowsJunit() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RegtestExtension")
        .and()
        .doNotHaveSimpleName("RegtestTest")
        .and()
        .doNotHaveSimpleName("Settings")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.junit..")
        .check(classes);
  }

  /** Not how it is called, or how its log is written. */
  @Test
  void itKnowsTheNodeFromTheInside() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.farthing.node.cli..",
            "org.farthing.node.rpc.http..",
            "org.farthing.node.rpc.method..",
            "io.netty..",
            "org.rocksdb..",
            "org.bouncycastle..",
            "ch.qos.logback..",
            "picocli..")
        .check(classes);
  }

  @Test
  void aClassThatIsPublicIsThereForTests() {
    classes()
        .that()
        .arePublic()
        .should()
        .haveSimpleNameStartingWith("Regtest")
        .orShould()
        .haveSimpleNameEndingWith("Snapshot")
        .orShould()
        .haveSimpleName("Reorganisation")
        .check(classes);
  }
}
