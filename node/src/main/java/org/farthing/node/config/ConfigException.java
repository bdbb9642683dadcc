package org.farthing.node.config;

/** A choice that cannot be followed; the message names it and says what would be right. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
