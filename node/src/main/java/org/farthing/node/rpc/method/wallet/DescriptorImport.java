package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletDescriptors.Import;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** One of the requests of {@code importdescriptors}, with Bitcoin Core's checks in their order. */
final class DescriptorImport {
  private static final long LEAST_TIME = 1;

  private final Wallet wallet;
  private final JsonNode request;
  private final long timeSeconds;
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param timeSeconds see {@link #timeSeconds(JsonNode, long)}
   */
  DescriptorImport(Wallet wallet, JsonNode request, long timeSeconds) {
    this.wallet = wallet;
    this.request = request;
    this.timeSeconds = timeSeconds;
  }

  /** What the indexes of a descriptor are to be. */
  private record Indexes(int first, int end, int next) {}

  /**
   * From when on payments are to be looked for.
   *
   * @param nowSeconds what the word {@code now} means
   */
  static long timeSeconds(JsonNode request, long nowSeconds) {
    if (!request.has("timestamp")) {
      throw RpcException.typeError("Missing required timestamp field for key");
    }
    JsonNode given = request.get("timestamp");
    if (given.isNumber()) {
      return Math.max(LEAST_TIME, Read.int64(given));
    }
    if (given.isTextual() && given.textValue().equals("now")) {
      return Math.max(LEAST_TIME, nowSeconds);
    }
    throw RpcException.typeError(
        "Expected number or \"now\" timestamp value for key. got type " + Json.typeName(given));
  }

  /** What the caller should know, also where the import failed. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Takes the descriptors in.
   *
   * @return the time from which on all blocks are there to be looked at
   * @throws RpcException why it was not done
   */
  long run() {
    if (!request.has("desc")) {
      throw RpcException.invalidParameter("Descriptor not found.");
    }
    String text = Read.text(request.get("desc"));
    boolean active = request.has("active") && Read.flag(request.get("active"));
    String label = request.has("label") ? Labels.checked(Read.text(request.get("label"))) : "";
    List<Descriptor> descriptors = Descriptors.parseChecked(text, wallet.network());
    boolean internal = isInternal(descriptors);
    Indexes indexes = indexes(descriptors.get(0));
    check(descriptors, active, internal);
    if (descriptors.get(0) instanceof Descriptor.Unused unused) {
      check(unused);
    }
    long searchedFrom = 0;
    for (int i = 0; i < descriptors.size(); i++) {
      boolean change = descriptors.size() == 2 ? i == 1 : internal;
      Descriptor descriptor = descriptors.get(i);
      warnings.addAll(descriptor.warnings());
      Keychain.Details details =
          new Keychain.Details(timeSeconds, indexes.first(), indexes.end(), Set.of());
      Import wanted =
          new Import(
              descriptor,
              change ? Role.CHANGE : Role.RECEIVE,
              active,
              details,
              indexes.next(),
              label);
      searchedFrom = Math.max(searchedFrom, add(wanted, text));
      if (active && descriptor.addressType().isEmpty()) {
        warnings.add("Unknown output type, cannot set descriptor to active.");
      }
    }
    return searchedFrom;
  }

  private boolean isInternal(List<Descriptor> descriptors) {
    if (!request.has("internal")) {
      return false;
    }
    if (descriptors.size() > 1) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY,
          "Cannot have multipath descriptor while also specifying 'internal'");
    }
    return Read.flag(request.get("internal"));
  }

  private Indexes indexes(Descriptor descriptor) {
    if (!descriptor.isRanged()) {
      if (request.has("range")) {
        throw RpcException.invalidParameter(
            "Range should not be specified for an un-ranged descriptor");
      }
      return new Indexes(0, 1, 0);
    }
    Descriptors.Range range;
    if (request.has("range")) {
      range = Descriptors.range(request.get("range"));
    } else {
      warnings.add("Range not given, using default keypool range");
      range = new Descriptors.Range(0, wallet.descriptors().gapLimit() - 1);
    }
    long next = range.first();
    if (request.has("next_index")) {
      next = Read.int64(request.get("next_index"));
      if (next < range.first() || next > range.last()) {
        throw RpcException.invalidParameter("next_index is out of range");
      }
    }
    return new Indexes(range.first(), range.last() + 1, (int) next);
  }

  private void check(List<Descriptor> descriptors, boolean active, boolean internal) {
    Descriptor first = descriptors.get(0);
    if (active && !first.isRanged()) {
      throw RpcException.invalidParameter("Active descriptors must be ranged");
    }
    if (request.has("label")) {
      if (descriptors.size() > 1) {
        throw RpcException.invalidParameter("Multipath descriptors should not have a label");
      }
      if (first.isRanged()) {
        throw RpcException.invalidParameter("Ranged descriptors should not have a label");
      }
      if (internal) {
        throw RpcException.invalidParameter("Internal addresses should not have a label");
      }
    }
    if (active && first instanceof Descriptor.Combo) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR, "Combo descriptors cannot be set to active");
    }
  }

  /** A key that is kept for later is of use only with its secret, and once. */
  private void check(Descriptor.Unused unused) {
    boolean allowed = wallet.descriptors().hasPrivateKeys();
    if (!allowed && !unused.hasPrivateKeys()) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Cannot import unused() to wallet without private keys enabled");
    }
    if (allowed && unused.hasPrivateKeys() && isKnown(unused)) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Cannot import an unused() descriptor when its private key is already in the wallet");
    }
  }

  private boolean isKnown(Descriptor.Unused unused) {
    try {
      return wallet.hdKeys().hasSecretOf(unused.key());
    } catch (WalletException e) {
      throw WalletErrors.answer(e);
    }
  }

  private long add(Import wanted, String text) {
    try {
      long searchedFrom = wallet.descriptors().add(wanted);
      boolean lacksSome =
          !wanted.descriptor().leafKeys().stream().allMatch(KeyExpression::isPrivate);
      if (wallet.descriptors().hasPrivateKeys() && lacksSome) {
        warnings.add(
            "Not all private keys provided. Some wallet functionality may return unexpected"
                + " errors");
      }
      return searchedFrom;
    } catch (WalletException e) {
      if (e.error() == WalletError.RANGE_REFUSED) {
        throw new RpcException(
            RpcErrorCode.WALLET_ERROR,
            "Could not add descriptor '" + text + "': " + e.getMessage());
      }
      throw WalletErrors.answer(e);
    }
  }
}
