package org.farthing.node.config.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.NetworkReader;

/** Which network the options choose: {@code -regtest}, {@code -signet}, {@code -chain=…}. */
final class CoreNetwork {
  private static final String CHAIN = "chain";

  private CoreNetwork() {}

  /**
   * The name as it was given; {@code main} if none was.
   *
   * @param file only what stands before all sections counts
   */
  static String chosen(List<CoreSetting> commandLine, List<CoreSetting> file)
      throws ConfigException {
    Map<String, CoreSetting> words = new LinkedHashMap<>();
    for (CoreSetting setting : file) {
      if (setting.section().isEmpty() && isAboutNetworks(setting)) {
        words.putIfAbsent(setting.name(), setting);
      }
    }
    commandLine.stream()
        .filter(CoreNetwork::isAboutNetworks)
        .forEach(setting -> words.put(setting.name(), setting));
    List<String> chosen = new ArrayList<>();
    for (CoreSetting word : words.values()) {
      if (word.name().equals(CHAIN)) {
        chosen.add(word.value());
      } else if (word.isTrue()) {
        chosen.add(word.name());
      }
    }
    if (chosen.size() > 1) {
      throw new ConfigException(
          "Invalid combination of -regtest, -signet, -testnet, -testnet4 and -chain. Can use at"
              + " most one.");
    }
    return chosen.isEmpty() ? "main" : chosen.get(0);
  }

  private static boolean isAboutNetworks(CoreSetting setting) {
    return setting.name().equals(CHAIN)
        || CoreName.of(setting.name()).filter(CoreName.OfNetwork.class::isInstance).isPresent();
  }

  /** Whether a node can run on it. */
  static void checkOffered(String name, boolean byChain) throws ConfigException {
    Optional<ConsensusParams> params = NetworkReader.runnable(name);
    // -testnet is Bitcoin's; the network of that name that we have is our own.
    boolean ours = name.equals(ConsensusParams.testnet().network().name());
    if (params.isPresent() && (byChain || !ours)) {
      return;
    }
    List<String> known = List.of("main", "test", "testnet", "testnet4", "signet", "regtest");
    throw new ConfigException(
        known.contains(name)
            ? "Farthing does not offer Bitcoin's "
                + name
                + " network; choose -regtest, for example."
            : "Unknown chain " + name + ".");
  }

  static boolean byChain(List<CoreSetting> commandLine, List<CoreSetting> file) {
    return commandLine.stream().anyMatch(setting -> setting.name().equals(CHAIN))
        || file.stream().anyMatch(s -> s.section().isEmpty() && s.name().equals(CHAIN));
  }
}
