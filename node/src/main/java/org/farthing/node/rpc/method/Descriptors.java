package org.farthing.node.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.DescriptorParser;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletException;

/** Descriptors in the parameters of methods, with Bitcoin Core's errors. */
public final class Descriptors {
  private static final int MAX_RANGE = 1_000_000;
  private static final int COMPRESSED_COMBO = 4;

  /** The indexes that a ranged descriptor is derived at if none are given. */
  private static final Range DEFAULT_RANGE = new Range(0, 1000);

  private Descriptors() {}

  /** Indexes, both included. */
  public record Range(int first, int last) {
    /** The indexes of a descriptor without a range. */
    public static final Range ONE = new Range(0, 0);
  }

  /**
   * A script that a descriptor leads to.
   *
   * @param descriptor of this script alone, as far as it is known
   */
  public record Derived(Script script, String descriptor) {}

  /** The descriptors, more than one for a multipath. */
  public static List<Descriptor> parse(String text, Network network) {
    try {
      return new DescriptorParser(network).parse(text);
    } catch (WalletException e) {
      throw invalid(e.getMessage());
    }
  }

  /** The same; there must be a checksum. */
  public static List<Descriptor> parseChecked(String text, Network network) {
    try {
      return new DescriptorParser(network).parseChecked(text);
    } catch (WalletException e) {
      throw invalid(e.getMessage());
    }
  }

  /** The one script that coins are to be paid to. */
  public static Script payout(List<Descriptor> descriptors) {
    if (descriptors.size() > 1) {
      throw RpcException.invalidParameter("Multipath descriptor not accepted");
    }
    Descriptor descriptor = descriptors.get(0);
    if (descriptor.isRanged()) {
      throw RpcException.invalidParameter(
          "Ranged descriptor not accepted. Maybe pass through deriveaddresses first?");
    }
    checkDerivable(descriptor, "");
    return payoutAt(descriptor, 0);
  }

  /** The one script of an index that coins are to be paid to. */
  public static Script payoutAt(Descriptor descriptor, int index) {
    List<Script> scripts = descriptor.scriptsAt(index);
    return switch (scripts.size()) {
      case 1 -> scripts.get(0);
      case COMPRESSED_COMBO -> scripts.get(2);
      default -> scripts.get(1);
    };
  }

  /** A number, the last index, or an array of the first and the last. */
  public static Range range(JsonNode value) {
    long first = 0;
    long last;
    if (value.isArray()) {
      if (value.size() != 2) {
        throw RpcException.invalidParameter("Range must have exactly two elements: [begin, end]");
      }
      first = Read.int64(value.get(0));
      last = Read.int64(value.get(1));
      if (first > last) {
        throw RpcException.invalidParameter(
            "Range specified as [begin,end] must not have begin after end");
      }
    } else if (value.isNumber()) {
      last = Read.int64(value);
    } else {
      throw RpcException.invalidParameter("Range must be specified as end or as [begin,end]");
    }
    if (first < 0) {
      throw RpcException.invalidParameter("Range should be greater or equal than 0");
    }
    if (last >> 31 != 0) {
      throw RpcException.invalidParameter("End of range is too high");
    }
    if (last >= first + MAX_RANGE) {
      throw RpcException.invalidParameter("Range is too large");
    }
    return new Range((int) first, (int) last);
  }

  /** A descriptor, and the indexes that are meant. */
  public record Ranged(Descriptor descriptor, Range range) {}

  /** What stands for scripts in the parameters of methods. */
  public static Param<?>[] scanObject() {
    return new Param<?>[] {
      Param.text("descriptor", "A descriptor"),
      Param.object(
          "",
          "A descriptor of many scripts",
          Param.text("desc", "A descriptor"),
          Param.range("range", "The indexes to derive", Descriptors::range).or(1000))
    };
  }

  /**
   * The descriptors of a scan object: a descriptor, or an object with a descriptor ({@code desc})
   * and a range.
   */
  public static List<Ranged> scanObject(JsonNode scanObject, Network network) {
    String text;
    Range range = DEFAULT_RANGE;
    if (scanObject.isTextual()) {
      text = scanObject.textValue();
    } else if (scanObject.isObject()) {
      if (!scanObject.hasNonNull("desc")) {
        throw RpcException.invalidParameter("Descriptor needs to be provided in scan object");
      }
      text = Read.text(scanObject.get("desc"));
      if (scanObject.hasNonNull("range")) {
        range = range(scanObject.get("range"));
      }
    } else {
      throw RpcException.invalidParameter("Scan object needs to be either a string or an object");
    }
    List<Ranged> all = new ArrayList<>();
    for (Descriptor descriptor : parse(text, network)) {
      checkDerivable(descriptor, ": '" + text + "'");
      all.add(new Ranged(descriptor, descriptor.isRanged() ? range : Range.ONE));
    }
    return all;
  }

  /** All scripts of a scan object. */
  public static List<Derived> scripts(JsonNode scanObject, ScriptJson json, Network network) {
    List<Derived> all = new ArrayList<>();
    for (Ranged ranged : scanObject(scanObject, network)) {
      addScripts(ranged.descriptor(), ranged.range(), json, all);
    }
    return all;
  }

  private static void addScripts(
      Descriptor descriptor, Range range, ScriptJson json, List<Derived> all) {
    for (long index = range.first(); index <= range.last(); index++) {
      for (ScriptExpression expression : descriptor.expand((int) index)) {
        Script script = expression.scriptAt(0);
        all.add(
            new Derived(
                script, expression.isSolvable() ? expression.text() : json.descriptor(script)));
      }
    }
  }

  /** Refuses a descriptor whose scripts only private keys could tell. */
  public static void checkDerivable(Descriptor descriptor, String where) {
    if (!descriptor.canDerive()) {
      throw invalid("Cannot derive script without private keys" + where);
    }
  }

  private static RpcException invalid(String message) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, message);
  }
}
