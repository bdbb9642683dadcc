package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompilerFaultTest {
  private final Map<String, String> options =
      new HashMap<>(Map.of("UseAVX", "3", "TieredStopAtLevel", "4"));

  private boolean isPossible(int java) {
    return CompilerFault.isPossible(java, name -> Optional.ofNullable(options.get(name)));
  }

  @Test
  void olderJavasOnProcessorsWithAvx512MayHaveIt() {
    assertThat(isPossible(17)).isTrue();
    assertThat(isPossible(24)).isTrue();
    options.put("ArrayOperationPartialInlineSize", "32");
    assertThat(isPossible(17)).isTrue();
  }

  @Test
  void java25HasItNot() {
    assertThat(isPossible(25)).isFalse();
  }

  @Test
  void whoeverHasDoneSomethingAboutItIsNotWarned() {
    options.put("ArrayOperationPartialInlineSize", "0");
    assertThat(isPossible(17)).isFalse();
    options.remove("ArrayOperationPartialInlineSize");
    options.put("TieredStopAtLevel", "1");
    assertThat(isPossible(17)).isFalse();
    options.put("TieredStopAtLevel", "4");
    options.put("UseAVX", "2");
    assertThat(isPossible(17)).isFalse();
  }

  @Test
  void anotherProcessorOrVirtualMachineHasItNot() {
    options.clear();
    assertThat(isPossible(17)).isFalse();
  }
}
