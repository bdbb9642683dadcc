package org.farthing.node.compatibility;

import java.lang.reflect.Constructor;
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
      throw reason(e);
    }
  }

  /** Calls a constructor, which has one parameter more because some of them are unsigned. */
  public static <T> T construct(Class<T> type, Object... arguments) throws Exception {
    Object[] withMark = Arrays.copyOf(arguments, arguments.length + 1);
    Constructor<?> constructor =
        Arrays.stream(type.getConstructors())
            .filter(each -> each.getParameterCount() == withMark.length)
            .findFirst()
            .orElseThrow();
    try {
      return type.cast(constructor.newInstance(withMark));
    } catch (InvocationTargetException e) {
      throw reason(e);
    }
  }

  private static Exception reason(InvocationTargetException e) {
    return e.getCause() instanceof Exception cause ? cause : e;
  }
}
