package org.farthing.node.rpc.method.address;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.AddressEvent;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Param;

/** The part of a history that a call is about: heights, both included. */
record HeightRange(int start, int end) {
  static final Param<Integer> START =
      Param.integer("start", "The first height that counts").orNothing();
  static final Param<Integer> END = Param.integer("end", "The last height that counts").orNothing();

  /** More events can only be had in parts. */
  static final int MOST = 20_000;

  /** As a query says, or all. */
  static HeightRange of(AddressQuery query) {
    int start = query.option(START).orElse(0);
    int end = query.option(END).orElse(Integer.MAX_VALUE);
    if (start < 0 || end < start) {
      throw RpcException.invalidParameter("End value is expected to be greater than start");
    }
    return new HeightRange(start, end);
  }

  /**
   * What happened to a script in these blocks, in their order.
   *
   * @param room how many events there may be
   * @throws RpcException if there are more
   */
  List<AddressEvent> events(AddressView view, NamedScript script, int room) {
    AddressEvent.Place first = new AddressEvent.Place(start, 0, AddressEvent.Kind.RECEIVED, 0);
    AddressEvent.Place last =
        new AddressEvent.Place(end, Integer.MAX_VALUE, AddressEvent.Kind.SPENT, Integer.MAX_VALUE);
    List<AddressEvent> events =
        view.index().history(script.key(), first, last, Order.ASCENDING, room + 1);
    if (events.size() > room) {
      throw RpcException.misc(
          "More than "
              + MOST
              + " entries: ask for parts, with start and end, or for pages of"
              + " getaddresshistory");
    }
    return events;
  }

  /** An event with the script that it happened to. */
  record Of(NamedScript script, AddressEvent event) {}

  /** The same for all scripts of a query. */
  List<Of> events(AddressView view, AddressQuery query) {
    List<Of> all = new ArrayList<>();
    for (NamedScript script : query.scripts()) {
      for (AddressEvent event : events(view, script, MOST - all.size())) {
        all.add(new Of(script, event));
      }
    }
    return all;
  }
}
