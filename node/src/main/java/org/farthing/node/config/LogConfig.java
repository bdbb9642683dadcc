package org.farthing.node.config;

/**
 * @param level of what is logged
 * @param console also to standard output, beside the file
 */
public record LogConfig(Level level, boolean console) {

  /** From everything to nothing but failures. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
