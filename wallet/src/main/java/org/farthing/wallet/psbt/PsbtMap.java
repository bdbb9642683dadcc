package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;

/** The fields of one map, each in the normal form of its kind; immutable. */
final class PsbtMap {
  static final PsbtMap EMPTY = new PsbtMap(new TreeMap<>());

  private final NavigableMap<ByteString, ByteString> fields;

  private PsbtMap(NavigableMap<ByteString, ByteString> fields) {
    this.fields = fields;
  }

  /** A map being made. */
  static final class Builder {
    private final NavigableMap<ByteString, ByteString> fields;

    private Builder(NavigableMap<ByteString, ByteString> fields) {
      this.fields = new TreeMap<>(fields);
    }

    Builder put(ByteString key, ByteString value) {
      fields.put(key, value);
      return this;
    }

    Builder put(PsbtField field, ByteString value) {
      return put(field.key(), value);
    }

    /** Puts what a writer writes. */
    Builder put(PsbtField field, Consumer<ByteWriter> value) {
      ByteWriter out = new ByteWriter();
      value.accept(out);
      return put(field, PsbtField.written(out));
    }

    Builder putIfAbsent(ByteString key, ByteString value) {
      fields.putIfAbsent(key, value);
      return this;
    }

    Builder remove(PsbtField field) {
      fields.keySet().removeIf(field::owns);
      return this;
    }

    boolean has(ByteString key) {
      return fields.containsKey(key);
    }

    PsbtMap build() {
      return new PsbtMap(new TreeMap<>(fields));
    }
  }

  static Builder builder() {
    return EMPTY.toBuilder();
  }

  Builder toBuilder() {
    return new Builder(fields);
  }

  boolean has(PsbtField field) {
    return fields.containsKey(field.key());
  }

  /** The value of the only field of a kind. */
  Optional<ByteString> get(PsbtField field) {
    return Optional.ofNullable(fields.get(field.key()));
  }

  /** All fields of a kind, in its order. */
  List<Map.Entry<ByteString, ByteString>> all(PsbtField field) {
    List<Map.Entry<ByteString, ByteString>> found = select(field::owns);
    found.sort(field.order());
    return found;
  }

  /** All fields of kinds that are not among these. */
  NavigableMap<ByteString, ByteString> others(PsbtField[] known) {
    NavigableMap<ByteString, ByteString> found = new TreeMap<>();
    select(key -> isOther(key, known))
        .forEach(field -> found.put(field.getKey(), field.getValue()));
    return Collections.unmodifiableNavigableMap(found);
  }

  private static boolean isOther(ByteString key, PsbtField[] known) {
    for (PsbtField field : known) {
      if (field.owns(key)) {
        return false;
      }
    }
    return true;
  }

  private List<Map.Entry<ByteString, ByteString>> select(Predicate<ByteString> wanted) {
    List<Map.Entry<ByteString, ByteString>> found = new ArrayList<>();
    for (Map.Entry<ByteString, ByteString> field : fields.entrySet()) {
      if (wanted.test(field.getKey())) {
        found.add(Map.entry(field.getKey(), field.getValue()));
      }
    }
    return found;
  }

  /** These fields, and those of another map whose keys are not here (BIP-0174, combiner). */
  PsbtMap union(PsbtMap other) {
    Builder both = other.toBuilder();
    fields.forEach(both::put);
    return both.build();
  }

  /**
   * Writes the fields by kind, those of other kinds last, and the separator.
   *
   * @param order the kinds in the order in which they are written
   * @param written which kinds are
   */
  <F extends PsbtField> void writeTo(ByteWriter out, F[] order, Predicate<F> written) {
    for (F field : order) {
      if (written.test(field)) {
        all(field).forEach(entry -> write(out, entry.getKey(), entry.getValue()));
      }
    }
    others(order).forEach((key, value) -> write(out, key, value));
    out.uint8(0);
  }

  private static void write(ByteWriter out, ByteString key, ByteString value) {
    out.compactSize(key.size());
    key.writeTo(out);
    out.compactSize(value.size());
    value.writeTo(out);
  }

  /** Proprietary fields, by key. */
  List<Proprietary> proprietary(PsbtField field) {
    return all(field).stream()
        .map(entry -> Proprietary.of(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Proprietary::key))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PsbtMap that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }
}
