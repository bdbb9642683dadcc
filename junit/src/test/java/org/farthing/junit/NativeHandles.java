package org.farthing.junit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.rocksdb.AbstractImmutableNativeReference;

/**
 * Finds the objects of RocksDB that something holds: each stands for memory that Java does not see.
 */
final class NativeHandles {
  private static final List<String> NOT_LOOKED_INTO =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.netty.", "org.slf4j.");

  /** RocksDB's own: some hundred bytes for each database, which its Java part never gives back. */
  private static final String NEVER_CLOSED = "defaultReadOptions_";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final List<AbstractImmutableNativeReference> found = new ArrayList<>();

  private NativeHandles() {}

  /** All that can be reached by fields, elements and entries. */
  static List<AbstractImmutableNativeReference> heldBy(Object root) {
    NativeHandles search = new NativeHandles();
    search.add(root);
    while (!search.open.isEmpty()) {
      search.look(search.open.remove());
    }
    return search.found;
  }

  private void add(Object object) {
    if (object != null && seen.add(object)) {
      open.add(object);
    }
  }

  private void look(Object object) {
    if (object instanceof AbstractImmutableNativeReference handle) {
      found.add(handle);
    }
    Class<?> type = object.getClass();
    if (object instanceof Collection<?> collection) {
      List.copyOf(collection).forEach(this::add);
    } else if (object instanceof Map<?, ?> map) {
      Map.copyOf(map)
          .forEach(
              (key, value) -> {
                add(key);
                add(value);
              });
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::add);
    } else if (object instanceof AtomicReference<?> reference) {
      add(reference.get());
    } else if (type.isArray()) {
      lookAtElements(object);
    } else if (NOT_LOOKED_INTO.stream().noneMatch(type.getName()::startsWith)) {
      for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
        lookAtFields(at, object);
      }
    }
  }

  private void lookAtElements(Object array) {
    if (!array.getClass().getComponentType().isPrimitive()) {
      for (int i = 0; i < Array.getLength(array); i++) {
        add(Array.get(array, i));
      }
    }
  }

  private void lookAtFields(Class<?> type, Object object) {
    if (NOT_LOOKED_INTO.stream().anyMatch(type.getName()::startsWith)) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      boolean holds = !Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive();
      if (holds && !field.getName().equals(NEVER_CLOSED)) {
        field.setAccessible(true);
        try {
          add(field.get(object));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
