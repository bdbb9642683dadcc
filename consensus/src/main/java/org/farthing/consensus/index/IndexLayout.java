package org.farthing.consensus.index;

import java.util.List;
import org.farthing.consensus.column.Column;

/**
 * What an index keeps.
 *
 * @param name as Bitcoin Core calls it, where it has such an index
 * @param format the version of its columns: rows of another one are made anew
 */
public record IndexLayout(String name, int format, List<Column<?, ?>> columns) {
  public IndexLayout {
    columns = List.copyOf(columns);
  }
}
