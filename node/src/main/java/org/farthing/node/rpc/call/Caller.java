package org.farthing.node.rpc.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who sent an HTTP request, and to which wallet. Used by one thread at a time. */
public final class Caller {
  private final String user;
  private final Optional<String> wallet;
  private final List<Runnable> afterwards = new ArrayList<>();

  /**
   * @param wallet the name in the path {@code /wallet/<name>}; may be the empty name
   */
  public Caller(String user, Optional<String> wallet) {
    this.user = user;
    this.wallet = wallet;
  }

  public String user() {
    return user;
  }

  public Optional<String> wallet() {
    return wallet;
  }

  /** Runs the task when the answer has been sent, or the connection is gone. */
  public void whenAnswered(Runnable task) {
    afterwards.add(task);
  }

  /** To be called once, when the answer has been sent. */
  public void answered() {
    afterwards.forEach(Runnable::run);
  }
}
