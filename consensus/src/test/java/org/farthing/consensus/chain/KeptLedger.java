package org.farthing.consensus.chain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.store.RocksLedger;

/**
 * A ledger in memory that outlives the chains that are opened on it, and can break down: like a
 * disk whose process is killed, it keeps what was committed before.
 */
final class KeptLedger implements AutoCloseable {
  private final Ledger kept;
  private final Ledger view;
  private int commitsLeft = Integer.MAX_VALUE;

  KeptLedger(ConsensusParams params) {
    kept = RocksLedger.inMemory(params);
    view =
        (Ledger)
            Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> call(method, arguments));
  }

  /** What a commit throws that comes too late. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What a chain is opened on; to close it has no effect. */
  Ledger view() {
    return view;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (method.getName().equals("commit") && commitsLeft-- <= 0) {
      throw new Killed();
    }
    try {
      return method.invoke(kept, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Takes {@code commits} more updates, and breaks down at the next one. */
  void breakAfter(int commits) {
    commitsLeft = commits;
  }

  /** Works again. */
  void repair() {
    breakAfter(Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    kept.close();
  }
}
