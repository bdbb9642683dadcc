package org.farthing.node.compatibility;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Calls of Kotlin's methods with unsigned numbers, whose names Java cannot write. */
public final class KotlinCalls {
  private KotlinCalls() {}

  /** Calls a method whose name may have a hash of its unsigned parameters behind it. */
  public static Object call(Object target, String name, Object... arguments) throws Exception {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(each -> each.getName().equals(name) || each.getName().startsWith(name + "-"))
            .filter(each -> each.getParameterCount() == arguments.length)
            .findFirst()
            .orElseThrow();
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
