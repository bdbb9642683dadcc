package org.farthing.node.tor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The forms of Tor's control-spec, 2.1.1, with examples of what Tor says. */
class TorTextTest {
  @Test
  void valuesStandPlainOrQuoted() {
    assertThat(TorText.mapping("METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/run/tor/auth cookie\""))
        .isEqualTo(Map.of("METHODS", "COOKIE,SAFECOOKIE", "COOKIEFILE", "/run/tor/auth cookie"));
    assertThat(TorText.mapping("Tor=\"0.4.8.10 (git-a0df)\""))
        .isEqualTo(Map.of("Tor", "0.4.8.10 (git-a0df)"));
    assertThat(TorText.mapping("a=b=c d=")).isEqualTo(Map.of("a", "b=c", "d", ""));
  }

  @Test
  void backslashesEscapeAsInC() {
    assertThat(TorText.mapping("a=\"\\\"b\\\\\"")).isEqualTo(Map.of("a", "\"b\\"));
    assertThat(TorText.mapping("a=\"\\n\\t\\r\\@\"")).isEqualTo(Map.of("a", "\n\t\r@"));
    // Three digits up to 377, two beyond.
    assertThat(TorText.mapping("a=\"\\1a\\60\\101\\400\""))
        .isEqualTo(Map.of("a", "\1a" + "0" + "A" + "\40" + "0"));
  }

  @Test
  void whatIsNotWellFormedSaysNothing() {
    assertThat(TorText.mapping("a=\"b")).isEmpty();
    assertThat(TorText.mapping("a=\"b\\\"")).isEmpty();
    assertThat(TorText.mapping("alone")).isEmpty();
    assertThat(TorText.mapping("a=b and more")).isEqualTo(Map.of("a", "b"));
  }
}
