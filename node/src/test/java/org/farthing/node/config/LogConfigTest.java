package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.farthing.node.config.LogConfig.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected of wrong values is what Bitcoin Core's feature_logging expects. */
class LogConfigTest {
  private static LogConfig read(Option option, String... values) throws ConfigException {
    OptionValues given = new OptionValues();
    for (String value : values) {
      given.add(option, value);
    }
    return LogConfigReader.read(new OptionReader(List.of(given)));
  }

  @Test
  void nothingIsDetailedIfNothingIsSaid() throws ConfigException {
    LogConfig config = read(Option.DEBUG);
    assertThat(config.details()).isEmpty();
    assertThat(config.level()).isEqualTo(Level.INFO);
    assertThat(config.targets()).isEqualTo(new LogConfig.Targets(true, false));
    assertThat(config.line()).isEqualTo(new LogConfig.LineFormat(true, false, false, false));
  }

  @Test
  void whatStandsBeforeNoneDoesNotCount() throws ConfigException {
    assertThat(read(Option.DEBUG, "http", "abc", "none", "rpc", "net").details())
        .containsOnlyKeys(LogCategory.RPC, LogCategory.NET);
    assertThat(read(Option.DEBUG, "1").details()).hasSize(LogCategory.values().length);
    assertThat(read(Option.DEBUG, "").details()).hasSize(LogCategory.values().length);
    assertThat(read(Option.DEBUG, "all", "0").details()).isEmpty();
  }

  @Test
  void categoriesAreExcludedAndHaveLevels() throws ConfigException {
    OptionValues given =
        new OptionValues()
            .add(Option.DEBUG, "all")
            .add(Option.DEBUG_EXCLUDE, "net")
            .add(Option.DEBUG_EXCLUDE, "libevent")
            .add(Option.DEBUG_LEVEL, "trace")
            .add(Option.DEBUG_LEVEL, "http:debug");
    assertThat(LogConfigReader.read(new OptionReader(List.of(given))).details())
        .doesNotContainKey(LogCategory.NET)
        .containsEntry(LogCategory.HTTP, Level.DEBUG)
        .containsEntry(LogCategory.RPC, Level.TRACE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEBUG | abc | Unsupported logging category -debug=abc.",
        "DEBUG_EXCLUDE | abc | Unsupported logging category -debugexclude=abc.",
        "DEBUG_LEVEL | abc | Unsupported global logging level -loglevel=abc. Valid values: info,"
            + " debug, trace.",
        "DEBUG_LEVEL | net:abc | Unsupported category-specific logging level -loglevel=net:abc.",
        "DEBUG_LEVEL | net:info:abc | Unsupported category-specific logging level"
            + " -loglevel=net:info:abc.",
      })
  void wrongValuesAreRefused(Option option, String value, String message) {
    assertThatThrownBy(() -> read(option, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }
}
