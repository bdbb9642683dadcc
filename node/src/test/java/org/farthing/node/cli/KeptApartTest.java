package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The methods that the launcher keeps apart from those that call them. */
class KeptApartTest {
  private static final String PACKAGE = "org.farthing.consensus";
  private static final Pattern METHODS = Pattern.compile("\"([a-z]+\\.[\\w*]+::[\\w*<>]+)\"");

  /** Later Javas do not start with any other: a star at the beginning or the end of a name. */
  private static final Pattern UNDERSTOOD =
      Pattern.compile("[a-z]+\\.(\\w+\\*?|\\*)::(\\*?\\w+|\\w+\\*|\\*|<init>)");

  private static List<String> patterns() throws IOException {
    // Beside the module, in which tests run.
    String launcher =
        Files.readString(Path.of("").toAbsolutePath().getParent().resolve("farthing"));
    return METHODS.matcher(launcher).results().map(result -> result.group(1)).toList();
  }

  @Test
  void eachPatternIsUnderstoodAndNamesMethodsThatThereAre() throws IOException {
    JavaClasses classes = new ClassFileImporter().importPackages(PACKAGE);
    Set<String> methods =
        classes.stream()
            .flatMap(type -> type.getCodeUnits().stream())
            .map(method -> method.getOwner().getName() + "::" + method.getName())
            .collect(Collectors.toSet());
    assertThat(patterns()).isNotEmpty().allMatch(UNDERSTOOD.asMatchPredicate());
    for (String pattern : patterns()) {
      assertThat(methods).as(pattern).anyMatch(asMatcher(pattern).asMatchPredicate());
    }
  }

  private static Pattern asMatcher(String pattern) {
    return Pattern.compile(
        Stream.of((PACKAGE + "." + pattern).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
