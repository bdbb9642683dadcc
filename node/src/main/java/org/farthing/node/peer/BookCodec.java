package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/**
 * An address book as bytes, in Bitcoin Core's form: format, key, counts, the new addresses, those
 * that were tried, for each bucket the numbers of the new ones in it, and the version of a map of
 * autonomous systems, of which there is none.
 */
final class BookCodec {
  /** The form that is written: several ports at one host. */
  private static final int FORMAT = 4;

  private static final int FIRST_WITH_KEYED_BUCKETS = 1;
  private static final int FIRST_WITH_ASMAP = 2;
  private static final int FIRST_WITH_BIP155 = 3;
  private static final int COMPATIBILITY_BASE = 32;
  private static final int COUNT_MASK = 1 << 30;

  /** The smallest entry: version, time, services, address, source, success, attempts. */
  private static final int MIN_ENTRY_SIZE = 4 + 4 + 1 + 5 + 3 + 8 + 4;

  private BookCodec() {}

  static byte[] write(BookTables tables) {
    ByteWriter out = new ByteWriter();
    out.uint8(FORMAT).uint8(COMPATIBILITY_BASE + FORMAT).bytes(tables.key.secret());
    out.int32(tables.freshSize()).int32(tables.triedSize());
    out.int32(BookTable.NEW_BUCKETS ^ COUNT_MASK);
    IdentityHashMap<BookEntry, Integer> numbers = new IdentityHashMap<>();
    for (BookEntry entry : tables.list()) {
      if (!entry.tried) {
        numbers.put(entry, numbers.size());
        writeEntry(out, entry);
      }
    }
    tables.list().stream().filter(entry -> entry.tried).forEach(entry -> writeEntry(out, entry));
    List<List<Integer>> buckets = new ArrayList<>();
    for (int i = 0; i < BookTable.NEW_BUCKETS; i++) {
      buckets.add(new ArrayList<>(0));
    }
    tables
        .fresh
        .all()
        .forEach((place, entry) -> buckets.get(place.bucket()).add(numbers.get(entry)));
    for (List<Integer> bucket : buckets) {
      out.int32(bucket.size());
      bucket.forEach(out::int32);
    }
    return out.bytes(new byte[BookKey.SIZE]).toByteArray();
  }

  private static void writeEntry(ByteWriter out, BookEntry entry) {
    DiskAddress.write(out, entry.told());
    DiskAddress.writeHost(out, entry.source);
    out.int64(entry.lastSuccessSeconds).int32(entry.attempts);
  }

  static BookTables read(ByteReader in) throws DecodeException, UnsupportedBookException {
    int format = in.uint8();
    int compatibility = in.uint8();
    if (compatibility < COMPATIBILITY_BASE) {
      throw new DecodeException(
          ("Corrupted addrman database: The compat value (%d) is lower than the expected minimum"
                  + " value %d.: iostream error")
              .formatted(compatibility, COMPATIBILITY_BASE));
    }
    int lowest = compatibility - COMPATIBILITY_BASE;
    if (lowest > FORMAT) {
      throw new UnsupportedBookException(
          ("Unsupported format of addrman database: %d. It is compatible with formats >=%d, but"
                  + " the maximum supported by this version of Farthing is %d.")
              .formatted(format, lowest, FORMAT));
    }
    BookTables tables = new BookTables(new BookKey(in.bytes(BookKey.SIZE)));
    int freshCount = in.int32();
    int triedCount = in.int32();
    int buckets = in.int32();
    buckets = format >= FIRST_WITH_KEYED_BUCKETS ? buckets ^ COUNT_MASK : buckets;
    limit("nNew", freshCount, BookTable.NEW_BUCKETS * BookTable.BUCKET_SIZE);
    limit("nTried", triedCount, BookTable.TRIED_BUCKETS * BookTable.BUCKET_SIZE);
    boolean modern = format >= FIRST_WITH_BIP155;
    List<BookEntry> fresh = readFresh(in, tables, freshCount, modern);
    readTried(in, tables, triedCount, modern);
    List<int[]> places = readPlaces(in, buckets, fresh.size());
    boolean sameBuckets = buckets == BookTable.NEW_BUCKETS;
    if (format >= FIRST_WITH_ASMAP) {
      byte[] asmap = in.bytes(BookKey.SIZE);
      for (byte each : asmap) {
        sameBuckets &= each == 0;
      }
    }
    place(tables, fresh, places, sameBuckets);
    return tables;
  }

  private static void limit(String name, int count, int most) throws DecodeException {
    if (count < 0 || count > most) {
      throw new DecodeException(
          "Corrupt AddrMan serialization: %s=%d, should be in [0, %d]: iostream error"
              .formatted(name, count, most));
    }
  }

  private static List<BookEntry> readFresh(
      ByteReader in, BookTables tables, int count, boolean modern) throws DecodeException {
    require(in, count);
    List<BookEntry> fresh = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BookEntry entry = readEntry(in, modern);
      fresh.add(entry);
      if (tables.find(entry.address).isPresent()) {
        throw new DecodeException("Corrupt data. Consistency check failed with code -5");
      }
      tables.create(entry);
    }
    return fresh;
  }

  /** No list is made for more than can be there. */
  private static void require(ByteReader in, int count) throws DecodeException {
    if ((long) count * MIN_ENTRY_SIZE > in.remaining()) {
      throw new DecodeException("AutoFile::read: end of file: iostream error");
    }
  }

  private static void readTried(ByteReader in, BookTables tables, int count, boolean modern)
      throws DecodeException {
    require(in, count);
    for (int i = 0; i < count; i++) {
      BookEntry entry = readEntry(in, modern);
      BookTable.Place place = tables.triedPlace(entry.address);
      if (tables.tried.get(place) == null && tables.find(entry.address).isEmpty()) {
        tables.create(entry);
        tables.putTried(place, entry);
      }
    }
  }

  private static BookEntry readEntry(ByteReader in, boolean modern) throws DecodeException {
    TimedAddress told = DiskAddress.read(in, modern);
    NetAddress source = DiskAddress.readHost(in, modern);
    BookEntry entry = new BookEntry(told, source);
    entry.lastSuccessSeconds = in.int64();
    entry.attempts = in.int32();
    return entry;
  }

  /** Pairs of bucket and number. */
  private static List<int[]> readPlaces(ByteReader in, int buckets, int fresh)
      throws DecodeException {
    List<int[]> places = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      int count = in.int32();
      for (int i = 0; i < count; i++) {
        int number = in.int32();
        if (number >= 0 && number < fresh) {
          places.add(new int[] {bucket, number});
        }
      }
    }
    return places;
  }

  private static void place(
      BookTables tables, List<BookEntry> fresh, List<int[]> places, boolean sameBuckets) {
    for (int[] each : places) {
      BookEntry entry = fresh.get(each[1]);
      if (entry.places >= BookTables.MAX_PLACES) {
        continue;
      }
      BookTable.Place place =
          new BookTable.Place(each[0], tables.key.position(entry.address, false, each[0]));
      if (!sameBuckets || tables.fresh.get(place) != null) {
        place = tables.freshPlace(entry.address, entry.source);
      }
      if (tables.fresh.get(place) == null) {
        tables.putFresh(place, entry);
      }
    }
    fresh.stream().filter(entry -> entry.places == 0).forEach(tables::delete);
  }
}
