package org.farthing.node.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;

/**
 * {@code farthing node} with options that leave nothing to guess, read without the command-line
 * library: to load that library, whose classes are too old for an archive of classes, and to make
 * its model of all options takes a good part of a start. Whatever is not as plain as the cases
 * below is left to it: help, mistakes, options before the command, empty values.
 */
final class PlainNodeLine {
  private static final String DASHES = "--";
  private static final String NO = "--no-";

  private final OptionValues values = new OptionValues();
  private final List<String> newWallets = new ArrayList<>();
  private final Set<String> once = new HashSet<>();
  private Optional<String> network = Optional.empty();
  private Optional<Path> data = Optional.empty();
  private boolean exitWithParent;

  private PlainNodeLine() {}

  /**
   * What the arguments say, or empty where they are not that plain. Which node is meant is told to
   * the session.
   */
  static Optional<NodeRun> read(Session session, String... arguments) {
    PlainNodeLine line = new PlainNodeLine();
    if (arguments.length == 0 || !arguments[0].equals("node") || !line.takeAll(arguments)) {
      return Optional.empty();
    }
    session.which().choose(line.network, line.data);
    return Optional.of(new NodeRun(line.values, line.newWallets, line.exitWithParent));
  }

  private boolean takeAll(String... arguments) {
    int next = 1;
    while (next < arguments.length) {
      String argument = arguments[next++];
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      Optional<String> value = Optional.empty();
      if (equals >= 0) {
        value = Optional.of(argument.substring(equals + 1));
      } else if (next < arguments.length && !arguments[next].startsWith("-")) {
        value = Optional.of(arguments[next++]);
      }
      // The library can read a file of arguments.
      if (argument.startsWith("@")
          || (value.isPresent() && (value.get().isEmpty() || value.get().startsWith("@")))
          || !(value.isPresent() ? takes(name, value.get(), equals >= 0) : takes(name))) {
        return false;
      }
    }
    return true;
  }

  /** An option that stands alone. */
  private boolean takes(String name) {
    if (name.equals(NodeCommand.EXIT_WITH_PARENT)) {
      exitWithParent = true;
      return once.add(name);
    }
    if (name.startsWith(NO)) {
      Optional<Option> flag = named(DASHES + name.substring(NO.length()));
      return flag.isPresent()
          && flag.get().isFlag()
          && once.add(name)
          && says(flag.get(), NodeOptions.NO);
    }
    Optional<Option> option = named(name);
    return option.isPresent()
        && NodeOptions.canStandAlone(option.get())
        && says(option.get(), NodeOptions.YES);
  }

  /** An option with its value, which is part of the same argument or is the next one. */
  private boolean takes(String name, String value, boolean attached) {
    switch (name) {
      case NodeCommand.NEW_WALLET -> newWallets.add(value);
      case NetworkOptions.NETWORK -> {
        network = Optional.of(value);
        return once.add(name);
      }
      case NetworkOptions.DATA, NetworkOptions.DATA_DIR, NetworkOptions.DATADIR -> {
        try {
          data = Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
          return false;
        }
        return once.add(NetworkOptions.DATA);
      }
      default -> {
        // What follows an option that can stand alone may be its value or not.
        Optional<Option> option = named(name);
        return option.isPresent()
            && (attached || !NodeOptions.canStandAlone(option.get()))
            && says(option.get(), value);
      }
    }
    return true;
  }

  private boolean says(Option option, String value) {
    values.add(option, value);
    return true;
  }

  private static Optional<Option> named(String name) {
    Optional<Option> option = Option.named(name);
    boolean isExact =
        option.isPresent()
            && name.equals(DASHES + option.get().label())
            && NodeOptions.isOwn(option.get());
    return isExact ? option : Optional.empty();
  }
}
