package org.farthing.node.rpc.json;

import java.io.IOException;

/** There is no room in memory for what a text says. */
public final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1L;

  NoRoomException() {
    super("no room in memory");
  }
}
