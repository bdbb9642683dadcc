package org.farthing.consensus.fullblock;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.store.RocksLedger;

/** Where the chains of these tests live. Each call of a supplier opens the same ledger again. */
final class Ledgers {
  private Ledgers() {}

  static Supplier<Ledger> onDisk(Path directory, ConsensusParams params) {
    return () -> RocksLedger.open(directory, params);
  }

  /** In memory, and there until it is closed itself: a chain that is closed lets go of it only. */
  static final class Surviving implements Supplier<Ledger>, AutoCloseable {
    private final Ledger ledger;

    Surviving(ConsensusParams params) {
      ledger = RocksLedger.inMemory(params);
    }

    @Override
    public Ledger get() {
      return (Ledger)
          Proxy.newProxyInstance(
              Ledger.class.getClassLoader(),
              new Class<?>[] {Ledger.class},
              (proxy, method, arguments) -> forward(method, arguments));
    }

    private Object forward(Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("close")) {
        return null;
      }
      try {
        return method.invoke(ledger, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    @Override
    public void close() {
      ledger.close();
    }
  }
}
