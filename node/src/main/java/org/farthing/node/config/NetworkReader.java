package org.farthing.node.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.params.SignalledDeployment;
import org.farthing.consensus.primitives.Script;

/** Which network, and what the options change of its rules. */
public final class NetworkReader {
  private static final int MIN_SCHEDULE_PARTS = 3;
  private static final int MAX_SCHEDULE_PARTS = 4;

  private final OptionReader in;

  private NetworkReader(OptionReader in) {
    this.in = in;
  }

  /** The name of the network that was chosen. */
  static String name(OptionReader in) throws ConfigException {
    String name = in.text(Option.NETWORK).orElse(ConsensusParams.testnet().network().name());
    if (runnable(name).isEmpty()) {
      String known =
          ConsensusParams.runnable()
              .map(params -> params.network().name())
              .collect(Collectors.joining(" or "));
      throw new ConfigException("network: '" + name + "' is not known; use " + known);
    }
    return name;
  }

  /** The network of this name, if a node can be part of it. */
  public static Optional<ConsensusParams> runnable(String name) {
    return ConsensusParams.runnable().filter(p -> p.network().name().equals(name)).findFirst();
  }

  /** The rules of the network of this name, as the options will have them. */
  static ConsensusParams params(OptionReader in, String name) throws ConfigException {
    NetworkReader reader = new NetworkReader(in);
    ConsensusParams usual = reader.withChallenge(runnable(name).orElseThrow());
    return reader.withTests(reader.withSchedules(reader.withHeights(usual)));
  }

  /** Bitcoin Core has other tests too, which are none of the rules' business. */
  private ConsensusParams withTests(ConsensusParams params) {
    boolean bip94 = in.all(Option.TEST).contains("bip94");
    return bip94 && params.difficulty() instanceof Difficulty.Fixed ? params.withBip94() : params;
  }

  private ConsensusParams withChallenge(ConsensusParams params) throws ConfigException {
    List<String> challenges = in.allAsGiven(Option.SIGNET_CHALLENGE);
    if (params.blockChallenge().isEmpty() || challenges.isEmpty()) {
      return params;
    }
    if (challenges.size() > 1) {
      throw new ConfigException("-signetchallenge cannot be multiple values.");
    }
    try {
      return ConsensusParams.signet(Script.of(Hex.decode(challenges.get(0))));
    } catch (DecodeException e) {
      throw new ConfigException("-signetchallenge must be hex, not '" + challenges.get(0) + "'.");
    }
  }

  /** Each is {@code deployment:start:end[:min_activation_height]}. */
  private ConsensusParams withSchedules(ConsensusParams params) throws ConfigException {
    ConsensusParams changed = params;
    for (String text : in.all(Option.VB_PARAMS)) {
      String[] parts = text.split(":", -1);
      if (parts.length < MIN_SCHEDULE_PARTS || parts.length > MAX_SCHEDULE_PARTS) {
        throw new ConfigException(
            "Version bits parameters malformed, expecting"
                + " deployment:start:end[:min_activation_height]");
      }
      long start = whole(parts[1], "Invalid nStartTime (%s)");
      long end = whole(parts[2], "Invalid nTimeout (%s)");
      long minimum =
          parts.length < MAX_SCHEDULE_PARTS
              ? 0
              : whole(parts[3], "Invalid min_activation_height (%s)");
      try {
        changed =
            changed.withSchedule(
                parts[0], new SignalledDeployment.Schedule(start, end, (int) minimum));
      } catch (IllegalArgumentException e) {
        throw new ConfigException("Invalid deployment (" + parts[0] + ")");
      }
    }
    return changed;
  }

  private static long whole(String text, String message) throws ConfigException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ConfigException(message.formatted(text));
    }
  }

  private ConsensusParams withHeights(ConsensusParams params) throws ConfigException {
    ConsensusParams moved = params;
    for (String text : in.all(Option.TEST_ACTIVATION_HEIGHT)) {
      int at = text.indexOf('@');
      if (at < 0) {
        throw new ConfigException(
            "Invalid format (" + text + ") for -testactivationheight=name@height.");
      }
      String height = text.substring(at + 1);
      if (!height.matches("[0-9]{1,9}")) {
        throw new ConfigException(
            "Invalid height value (" + text + ") for -testactivationheight=name@height.");
      }
      Deployment deployment =
          Deployment.byOptionName(text.substring(0, at))
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "Invalid name (" + text + ") for -testactivationheight=name@height."));
      moved = moved.withActivationHeight(deployment, Integer.parseInt(height));
    }
    return moved;
  }
}
