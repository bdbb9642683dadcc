package org.farthing.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.store.WalletRecord;

/** The records of a wallet, folded into the last one about each thing. */
final class StoredWallet {
  private final Network network;
  private final int count;
  private final Map<Integer, WalletRecord.KeychainAdded> keychains = new LinkedHashMap<>();
  private final Map<Integer, WalletRecord.KeychainDetails> details = new HashMap<>();
  private final Map<Integer, List<WalletRecord.KeysTaught>> taught = new HashMap<>();
  private final Map<Integer, List<WalletRecord.ScriptsDerived>> derived = new HashMap<>();
  private final Map<Keychains.Active, Integer> active = new LinkedHashMap<>();
  private final Map<Integer, Integer> progress = new HashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Set<OutPoint> lockedCoins = new LinkedHashSet<>();
  private final Map<Txid, WalletTx> transactions = new LinkedHashMap<>();
  private WalletRecord.Identity identity;
  private WalletRecord.Vault vault;
  private WalletRecord.Position position;
  private WalletRecord.Kind kind = WalletRecord.Kind.USUAL;
  private int searchFrom = -1;
  private int lastClient;

  /**
   * @throws WalletException UNREADABLE_WALLET, OTHER_CHAIN
   */
  StoredWallet(ConsensusParams params, List<WalletRecord> records) throws WalletException {
    this.network = params.network();
    this.count = records.size();
    for (WalletRecord entry : records) {
      RecordChecks.check(entry);
      if (entry instanceof WalletRecord.OfKeychain ofKeychain) {
        apply(ofKeychain);
      } else {
        apply(entry);
      }
    }
    if (identity == null || vault == null || position == null) {
      throw unreadable("the wallet's file is incomplete: restore it from a backup or its words");
    }
    RecordChecks.check(transactions.values());
    if (!identity.genesis().equals(params.genesis().hash())) {
      throw new WalletException(
          WalletError.OTHER_CHAIN,
          "Wallet file verification failed. The wallet belongs to the network '"
              + identity.network()
              + "', this node is on '"
              + network.name()
              + "'");
    }
  }

  private void apply(WalletRecord entry) throws WalletException {
    if (entry instanceof WalletRecord.Identity found) {
      identity = found;
    } else if (entry instanceof WalletRecord.Vault found) {
      vault = found;
    } else if (entry instanceof WalletRecord.Kind found) {
      kind = found;
    } else if (entry instanceof WalletRecord.OpenedBy found) {
      lastClient = found.client();
    } else if (entry instanceof WalletRecord.Recovering found) {
      searchFrom = found.fromHeight();
    } else if (entry instanceof WalletRecord.Label found) {
      putLabel(labels, found.address(), found.label());
    } else if (entry instanceof WalletRecord.CoinLock found) {
      if (found.locked()) {
        lockedCoins.add(found.coin());
      } else {
        lockedCoins.remove(found.coin());
      }
    } else if (entry instanceof WalletRecord.TxAdded added) {
      transactions.put(added.transaction().txid(), added.transaction());
    } else if (entry instanceof WalletRecord.TxForgotten forgotten) {
      transactions.remove(forgotten.txid());
    } else if (entry instanceof WalletRecord.TxChanged changed) {
      WalletTx known = transactions.get(changed.txid());
      if (known == null) {
        throw unreadable("the wallet's file changes a transaction that it doesn't have");
      }
      transactions.put(changed.txid(), known.withState(changed.state()));
    } else if (entry instanceof WalletRecord.Position found) {
      position = found;
    }
  }

  private void apply(WalletRecord.OfKeychain entry) throws WalletException {
    if (entry instanceof WalletRecord.KeychainAdded added) {
      keychains.put(added.id(), added);
    } else if (entry instanceof WalletRecord.KeychainDetails found) {
      details.put(found.id(), found);
    } else if (entry instanceof WalletRecord.KeysTaught found) {
      taught.computeIfAbsent(found.id(), key -> new ArrayList<>()).add(found);
    } else if (entry instanceof WalletRecord.ScriptsDerived found) {
      derived.computeIfAbsent(found.id(), key -> new ArrayList<>()).add(found);
    } else if (entry instanceof WalletRecord.KeychainProgress found) {
      progress.put(found.id(), found.next());
    } else if (entry instanceof WalletRecord.Activated found) {
      active.put(new Keychains.Active(found.type(), found.role()), found.id());
    }
  }

  static void putLabel(Map<String, String> labels, String address, String label) {
    if (label.isEmpty()) {
      labels.remove(address);
    } else {
      labels.put(address, label);
    }
  }

  /** How many records there were. */
  int count() {
    return count;
  }

  WalletRecord.Identity identity() {
    return identity;
  }

  WalletRecord.Kind kind() {
    return kind;
  }

  WalletRecord.Vault vault() {
    return vault;
  }

  WalletRecord.Position position() {
    return position;
  }

  int searchFrom() {
    return searchFrom;
  }

  /** By which version of a node the wallet was last opened; 0 if none has said so. */
  int lastClient() {
    return lastClient;
  }

  Map<String, String> labels() {
    return labels;
  }

  Set<OutPoint> lockedCoins() {
    return lockedCoins;
  }

  List<WalletTx> transactions() {
    return List.copyOf(transactions.values());
  }

  /** How far a keychain was used. */
  int progress(Keychain keychain) {
    return progress.getOrDefault(keychain.id(), keychain.details().first());
  }

  /** All keychains, derived as far as they are wanted. */
  Keychains keychains(int gapLimit) throws WalletException {
    Keychains all = new Keychains(gapLimit);
    for (WalletRecord.KeychainAdded added : keychains.values()) {
      Keychain keychain = keychain(added);
      RecordChecks.check(keychain, progress(keychain));
      for (WalletRecord.KeysTaught found : taught.getOrDefault(added.id(), List.of())) {
        List<byte[]> keys = publicKeys(found);
        RecordChecks.check(keychain, keys);
        keychain.teach(found.index(), keys);
      }
      for (WalletRecord.ScriptsDerived found : derived.getOrDefault(added.id(), List.of())) {
        // What doesn't fit is derived again, as if it had not been stored.
        keychain.remember(found.block(), found.scripts());
      }
      all.add(keychain, progress(keychain));
    }
    activate(all);
    return all;
  }

  private Keychain keychain(WalletRecord.KeychainAdded added) throws WalletException {
    Descriptor descriptor = Descriptor.parse(added.descriptor(), network);
    WalletRecord.KeychainDetails found = details.get(added.id());
    if (found == null) {
      Set<Integer> ownKeys = new LinkedHashSet<>();
      for (int i = 0; i < descriptor.leafKeys().size(); i++) {
        ownKeys.add(i);
      }
      Keychain.Details usual = new Keychain.Details(identity.createdSeconds(), 0, 0, ownKeys);
      return new Keychain(added.id(), added.role(), descriptor, descriptor, usual);
    }
    return new Keychain(
        added.id(),
        added.role(),
        descriptor,
        Descriptor.parse(found.source(), network),
        new Keychain.Details(
            found.createdSeconds(), found.first(), found.end(), Set.copyOf(found.ownKeys())));
  }

  private static List<byte[]> publicKeys(WalletRecord.KeysTaught taught) throws WalletException {
    List<byte[]> keys = new ArrayList<>();
    try {
      for (String key : taught.publicKeys()) {
        keys.add(Hex.decode(key));
      }
    } catch (DecodeException e) {
      throw unreadable("the wallet's file has a public key that is none");
    }
    return keys;
  }

  private void activate(Keychains all) {
    active.forEach(
        (kindOfScript, id) ->
            all.get(id)
                .ifPresent(
                    keychain -> all.activate(kindOfScript.type(), kindOfScript.role(), keychain)));
    // Wallets of old had no such records, and nothing but their own keychains.
    if (active.isEmpty() && details.isEmpty()) {
      for (Role role : Role.values()) {
        all.all().stream()
            .filter(keychain -> keychain.role() == role)
            .findFirst()
            .ifPresent(
                first ->
                    all.activate(
                        first.descriptor().addressType().orElse(AddressType.BECH32), role, first));
      }
    }
  }

  private static WalletException unreadable(String message) {
    return new WalletException(WalletError.UNREADABLE_WALLET, message);
  }
}
