package org.farthing.consensus.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;

/**
 * Coins as bytes on pages, each at a place that is a number other than 0: its state and the length
 * of its value (4 bytes), its key and its value as they stand in {@link Columns#COINS}. Places that
 * are given back are used again for entries of the same length. For one thread at a time.
 */
final class CoinArena {
  private static final int KEY_AT = 4;
  private static final int INDEX_AT = KEY_AT + Txid.SIZE;
  private static final int VALUE_AT = KEY_AT + OutPoint.SIZE;
  private static final int STATE_BITS = 2;

  /** Places are counted in so many bytes, and entries begin at such. */
  private static final int UNIT = 4;

  private static final int PAGE_UNITS = CoinPages.PAGE_BYTES / UNIT;

  /** Longer entries are rare, and their places are not used again. */
  private static final int MAX_REUSED_UNITS = 64;

  private final CoinPages.Holder memory;
  private final int[] reusable = new int[MAX_REUSED_UNITS + 1];
  private ByteBuffer[] pages = new ByteBuffer[2];
  private int pageCount;

  /** The first unit of the last page that was never used. */
  private int end = PAGE_UNITS;

  CoinArena(CoinPages.Holder memory) {
    this.memory = memory;
  }

  /** Returns the place of a new entry. */
  int add(OutPoint outPoint, CoinState state, byte[] value) {
    int place = allocate(units(value.length));
    ByteBuffer page = page(place);
    int at = offset(place);
    page.putInt(at, (value.length << STATE_BITS) | state.code());
    for (int word = 0; word < 4; word++) {
      page.putLong(at + KEY_AT + word * Long.BYTES, outPoint.txid().word(word));
    }
    page.putInt(at + INDEX_AT, Integer.reverseBytes(outPoint.index()));
    page.put(at + VALUE_AT, value);
    return place;
  }

  private static int units(int valueLength) {
    return (VALUE_AT + valueLength + UNIT - 1) / UNIT;
  }

  private int allocate(int units) {
    if (units <= MAX_REUSED_UNITS && reusable[units] != 0) {
      int place = reusable[units];
      reusable[units] = page(place).getInt(offset(place));
      return place;
    }
    if (end + units > PAGE_UNITS) {
      if (pageCount == pages.length) {
        pages = Arrays.copyOf(pages, 2 * pageCount);
      }
      pages[pageCount++] = memory.take();
      // No entry stands at 0.
      end = 1;
    }
    int place = (pageCount - 1) * PAGE_UNITS + end;
    end += units;
    return place;
  }

  /** Forgets an entry. */
  void remove(int place) {
    int units = units(valueLength(place));
    if (units <= MAX_REUSED_UNITS) {
      page(place).putInt(offset(place), reusable[units]);
      reusable[units] = place;
    }
  }

  /** Forgets everything, and gives all memory back. */
  void clear() {
    for (int i = 0; i < pageCount; i++) {
      memory.giveBack(pages[i]);
    }
    pages = new ByteBuffer[2];
    pageCount = 0;
    end = PAGE_UNITS;
    Arrays.fill(reusable, 0);
  }

  private ByteBuffer page(int place) {
    return pages[place / PAGE_UNITS];
  }

  private static int offset(int place) {
    return place % PAGE_UNITS * UNIT;
  }

  CoinState state(int place) {
    return CoinState.of(page(place).getInt(offset(place)) & ((1 << STATE_BITS) - 1));
  }

  private int valueLength(int place) {
    return page(place).getInt(offset(place)) >>> STATE_BITS;
  }

  byte[] value(int place) {
    byte[] value = new byte[valueLength(place)];
    page(place).get(offset(place) + VALUE_AT, value);
    return value;
  }

  byte[] key(int place) {
    byte[] key = new byte[OutPoint.SIZE];
    page(place).get(offset(place) + KEY_AT, key);
    return key;
  }

  OutPoint outPoint(int place) {
    ByteBuffer page = page(place);
    int at = offset(place);
    byte[] txid = new byte[Txid.SIZE];
    page.get(at + KEY_AT, txid);
    return new OutPoint(Txid.of(txid), Integer.reverseBytes(page.getInt(at + INDEX_AT)));
  }

  boolean isOf(int place, OutPoint outPoint) {
    ByteBuffer page = page(place);
    int at = offset(place);
    Txid txid = outPoint.txid();
    return page.getLong(at + KEY_AT) == txid.word(0)
        && page.getInt(at + INDEX_AT) == Integer.reverseBytes(outPoint.index())
        && page.getLong(at + KEY_AT + 8) == txid.word(1)
        && page.getLong(at + KEY_AT + 16) == txid.word(2)
        && page.getLong(at + KEY_AT + 24) == txid.word(3);
  }

  /** As the keys are ordered. */
  int compareKeys(int one, int other) {
    ByteBuffer pageOfOne = page(one);
    ByteBuffer pageOfOther = page(other);
    int atOne = offset(one) + KEY_AT;
    int atOther = offset(other) + KEY_AT;
    for (int i = 0; i < Txid.SIZE; i += Long.BYTES) {
      long wordOfOne = pageOfOne.getLong(atOne + i);
      long wordOfOther = pageOfOther.getLong(atOther + i);
      if (wordOfOne != wordOfOther) {
        return Long.compareUnsigned(Long.reverseBytes(wordOfOne), Long.reverseBytes(wordOfOther));
      }
    }
    return Integer.compareUnsigned(
        Integer.reverseBytes(pageOfOne.getInt(atOne + Txid.SIZE)),
        Integer.reverseBytes(pageOfOther.getInt(atOther + Txid.SIZE)));
  }

  /** The first four bytes of the key, as a number that is ordered as they are. */
  int keyPrefix(int place) {
    return Integer.reverseBytes(page(place).getInt(offset(place) + KEY_AT));
  }
}
