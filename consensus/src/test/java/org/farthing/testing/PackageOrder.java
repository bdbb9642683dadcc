package org.farthing.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** Holds the direction of imports: a package knows only those before it in a list. */
public final class PackageOrder {
  private final String root;
  private final JavaClasses classes;

  public PackageOrder(String root) {
    this.root = root;
    this.classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(root);
  }

  public JavaClasses classes() {
    return classes;
  }

  /**
   * Fails where a package imports a later one, where packages form a cycle, or where one is not
   * listed.
   */
  public void check(List<String> order) {
    for (int i = 0; i < order.size(); i++) {
      if (i + 1 < order.size()) {
        String[] later =
            order.subList(i + 1, order.size()).stream().map(this::in).toArray(String[]::new);
        noClasses()
            .that()
            .resideInAPackage(in(order.get(i)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .allowEmptyShould(true)
            .check(classes);
      }
    }
    slices().matching(root + ".(*)..").should().beFreeOfCycles().check(classes);
    noClasses()
        .should()
        .resideOutsideOfPackages(
            Stream.concat(Stream.of(root), order.stream().map(this::in)).toArray(String[]::new))
        .check(classes);
  }

  private String in(String name) {
    return root + "." + name + "..";
  }
}
