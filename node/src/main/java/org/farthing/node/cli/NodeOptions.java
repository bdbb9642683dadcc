package org.farthing.node.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a node on the command line: made from the one list of them that there is. */
final class NodeOptions {
  /** What an option says that stands alone, without a value. */
  static final String YES = "1";

  static final String NO = "0";

  private NodeOptions() {}

  static void addTo(CommandSpec spec) {
    options().forEach(option -> spec.addOption(toSpec(option)));
    flags()
        .forEach(
            flag ->
                spec.addOption(
                    OptionSpec.builder("--no-" + flag.label())
                        .type(boolean.class)
                        .description("the opposite of --" + flag.label())
                        .build()));
  }

  /** What was given on the command line. */
  static OptionValues read(CommandSpec spec) {
    OptionValues values = new OptionValues();
    options().forEach(option -> given(spec, option).forEach(value -> values.add(option, value)));
    flags()
        .filter(flag -> Boolean.TRUE.equals(spec.findOption("--no-" + flag.label()).getValue()))
        .forEach(flag -> values.add(flag, NO));
    return values;
  }

  private static List<String> given(CommandSpec spec, Option option) {
    String[] values = spec.findOption("--" + option.label()).getValue();
    return values == null ? List.of() : List.of(values);
  }

  private static Stream<Option> options() {
    return Arrays.stream(Option.values()).filter(NodeOptions::isOwn);
  }

  /** All but those that every command has. */
  static boolean isOwn(Option option) {
    return option != Option.NETWORK && option != Option.DATA_DIR;
  }

  /** Whether it means something without a value. */
  static boolean canStandAlone(Option option) {
    return option == Option.MINE
        || option == Option.STRATUM
        || option == Option.BLOCK_FILTER_INDEX
        || option.isFlag();
  }

  private static Stream<Option> flags() {
    return options().filter(Option::isFlag);
  }

  private static OptionSpec toSpec(Option option) {
    boolean canStandAlone = canStandAlone(option);
    return OptionSpec.builder("--" + option.label())
        .type(String[].class)
        .paramLabel(paramLabel(option))
        .arity(canStandAlone ? "0..1" : "1")
        .fallbackValue(canStandAlone ? YES : "")
        .description(option.description().replace("%", "%%"))
        .build();
  }

  private static String paramLabel(Option option) {
    if (option.isFlag()) {
      return "0|1";
    }
    return switch (option) {
      case BIND, RPC_BIND -> "IP[:PORT]";
      case RPC_ALLOW_IP -> "SUBNET";
      case RPC_COOKIE_PERMS -> "owner|group|all";
      case RPC_WHITELIST -> "USER:METHODS";
      case DEBUG, DEBUG_EXCLUDE -> "CATEGORY";
      case DEBUG_LEVEL -> "[CATEGORY:]LEVEL";
      case PORT, RPC_PORT, METRICS_PORT -> "PORT";
      case CONNECT, ADD_NODE -> "HOST[:PORT]";
      case SEED -> "HOST";
      case PROXY -> "HOST:PORT[=NETWORK]";
      case ONION, TOR_CONTROL, I2P_SAM -> "HOST:PORT";
      case ONLY_NET -> "NETWORK";
      case WHITELIST -> "[PERMISSIONS@]SUBNET";
      case MINE_TO -> "ADDRESS|DESCRIPTOR|wallet:NAME";
      case MINE_POLICY -> "POLICY";
      case CONF, PID, DEBUG_LOG_FILE, RPC_COOKIE_FILE -> "FILE";
      case RPC_USER, WALLET -> "NAME";
      case RPC_PASSWORD, TOR_PASSWORD, UA_COMMENT -> "TEXT";
      case RPC_AUTH -> "USER:SALT$HMAC";
      case LOG_LEVEL -> "LEVEL";
      case MIN_RELAY_FEE,
          INCREMENTAL_RELAY_FEE,
          DUST_RELAY_FEE,
          BLOCK_MIN_TX_FEE,
          FALLBACK_FEE,
          MIN_TX_FEE,
          MAX_TX_FEE ->
          "COINS";
      case ADDRESS_TYPE, CHANGE_TYPE -> "TYPE";
      case MINIMUM_CHAIN_WORK, SIGNET_CHALLENGE -> "HEX";
      case ASSUME_VALID -> "HASH";
      case TEST_ACTIVATION_HEIGHT -> "RULE@HEIGHT";
      case VB_PARAMS -> "NAME:START:END";
      case TEST -> "RULE";
      case BLOCK_FILTER_INDEX -> "basic|0|1";
      case EVENTS_ORIGIN -> "ORIGIN";
      case ELECTRUM -> "HOST:PORT";
      case STRATUM -> "[HOST:]PORT|1";
      case LOG_FORMAT -> "text|json";
      case ZMQ_PUB_HASH_BLOCK,
          ZMQ_PUB_HASH_TX,
          ZMQ_PUB_RAW_BLOCK,
          ZMQ_PUB_RAW_TX,
          ZMQ_PUB_SEQUENCE ->
          "ADDRESS";
      case ALERT_NOTIFY, BLOCK_NOTIFY, WALLET_NOTIFY, STARTUP_NOTIFY, SHUTDOWN_NOTIFY -> "COMMAND";
      default -> "N";
    };
  }
}
