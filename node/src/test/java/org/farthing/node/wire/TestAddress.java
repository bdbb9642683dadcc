package org.farthing.node.wire;

import org.farthing.consensus.bytes.DecodeException;

/** Addresses that a test writes down. */
public final class TestAddress {
  private TestAddress() {}

  /**
   * @param text a number or a name of Tor or I2P, with or without a port
   * @param usualPort the port if there is none
   */
  public static NetAddress of(String text, int usualPort) {
    try {
      return NetAddress.parse(text, usualPort);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }
}
