package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.wallet.StandardKeychains.Purpose;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.DerivedKey;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.store.WalletRecord;

/** The extended keys (BIP-0032) that the descriptors of a wallet are made of. */
public final class WalletHdKeys {
  private final WalletContext context;
  private final WalletState state;
  private final WalletDescriptors descriptors;
  private final SecureRandom random;

  WalletHdKeys(
      WalletContext context,
      WalletState state,
      WalletDescriptors descriptors,
      SecureRandom random) {
    this.context = context;
    this.random = random;
    this.state = state;
    this.descriptors = descriptors;
  }

  /** Which keys. */
  public enum Filter {
    ALL,
    /** Those that new addresses come from. */
    ACTIVE,
    /** Those that were added for descriptors which are yet to be made. */
    UNUSED
  }

  /**
   * A key as it stands in descriptors.
   *
   * @param publicKey without its secret
   * @param hasSecret whether the wallet has the private key
   * @param keychains those whose descriptors have it
   */
  public record HdKey(ExtendedKey publicKey, boolean hasSecret, List<Keychain> keychains) {
    public HdKey {
      keychains = List.copyOf(keychains);
    }
  }

  /** What is done with a private key, which must not be kept. */
  @FunctionalInterface
  public interface KeyUse<T> {
    T apply(ExtendedKey privateKey) throws WalletException;
  }

  /** The keys, in the order of their bytes. */
  public List<HdKey> list(Filter filter) {
    context.owner().check();
    Map<ExtendedKey, HdKey> all = new LinkedHashMap<>();
    for (Keychain keychain : descriptors.all()) {
      boolean wanted =
          switch (filter) {
            case ALL -> true;
            case ACTIVE -> descriptors.isActive(keychain);
            case UNUSED -> !keychain.descriptor().hasScripts();
          };
      if (wanted) {
        add(keychain, all);
      }
    }
    return all.values().stream()
        .sorted(Comparator.comparing(key -> key.publicKey().publicKey(), Arrays::compareUnsigned))
        .toList();
  }

  private static void add(Keychain keychain, Map<ExtendedKey, HdKey> all) {
    int position = 0;
    // Participants of a musig() are not told: none of them spends anything alone.
    for (KeyExpression key : keychain.source().keys()) {
      if (key instanceof DerivedKey derived) {
        boolean own = keychain.details().ownKeys().contains(position);
        ExtendedKey publicKey = derived.key().toPublic();
        HdKey found = new HdKey(publicKey, own, List.of(keychain));
        all.merge(publicKey, found, WalletHdKeys::together);
      }
      position += key.leaves().size();
    }
  }

  private static HdKey together(HdKey one, HdKey other) {
    List<Keychain> keychains = new ArrayList<>(one.keychains());
    other.keychains().stream().filter(k -> !keychains.contains(k)).forEach(keychains::add);
    return new HdKey(one.publicKey(), one.hasSecret() || other.hasSecret(), keychains);
  }

  /** Whether the wallet has the private key of an expression, wherever it comes from. */
  public boolean hasSecretOf(KeyExpression key) throws WalletException {
    context.owner().check();
    return state
        .keyring()
        .use(
            now(), secrets -> key.withoutSecret().withSecret(secrets, state.network()).isPrivate());
  }

  /**
   * Runs an action with the private form of a key, which is wiped afterwards.
   *
   * @throws WalletException LOCKED; NOT_FOUND if the wallet does not have it
   */
  public <T> T use(ExtendedKey publicKey, KeyUse<T> action) throws WalletException {
    context.owner().check();
    return state
        .keyring()
        .use(
            now(),
            secrets -> {
              Optional<ExtendedKey> found = secrets.extendedKey(publicKey.toPublic());
              if (found.isEmpty()) {
                throw new WalletException(
                    WalletError.NOT_FOUND,
                    "Private key for "
                        + publicKey.toPublicString(state.network())
                        + " is not known");
              }
              return action.apply(found.get());
            });
  }

  /**
   * Takes in a new key, for descriptors that are yet to be made.
   *
   * @return its public form
   * @throws WalletException LOCKED, NO_PRIVATE_KEYS
   */
  public ExtendedKey addNew() throws WalletException {
    ExtendedKey key = ExtendedKey.generate(random);
    try {
      add(key);
      return key.toPublic();
    } finally {
      key.wipe();
    }
  }

  /**
   * Takes in a key, for descriptors that are yet to be made.
   *
   * @param key with its secret, which is copied
   * @return whether it was not there yet in this way
   * @throws WalletException LOCKED, NO_PRIVATE_KEYS
   */
  public boolean add(ExtendedKey key) throws WalletException {
    context.owner().check();
    DerivedKey expression =
        new DerivedKey(
            state.network(),
            Optional.empty(),
            key,
            DerivationPath.EMPTY,
            DerivedKey.Wildcard.NONE,
            DerivedKey.HardenedMarker.LETTER);
    Descriptor descriptor = new Descriptor.Unused(expression);
    if (descriptors.known(descriptor).isPresent()) {
      return false;
    }
    Keychain.Details details = new Keychain.Details(now(), 0, 0, Set.of());
    descriptors.add(new WalletDescriptors.Import(descriptor, Role.RECEIVE, false, details, 0, ""));
    return true;
  }

  /**
   * Makes keychains of the usual kind from one of the wallet's keys; new addresses of the kind come
   * from them.
   *
   * @return those that were not there
   * @throws WalletException LOCKED, NOT_FOUND; DESCRIPTOR_REFUSED if all of them were there
   */
  public List<Keychain> createKeychains(ExtendedKey publicKey, AddressType type, List<Role> roles)
      throws WalletException {
    List<Keychain> made =
        use(
            publicKey,
            root -> {
              StandardKeychains standard = new StandardKeychains(state.network(), root, birth());
              List<Keychain> missing = new ArrayList<>();
              for (Role role : roles) {
                Purpose purpose = new Purpose(type, role);
                if (descriptors.known(standard.descriptor(purpose)).isEmpty()) {
                  int id = state.keychains().unusedId() + missing.size();
                  missing.add(standard.keychain(id, purpose));
                }
              }
              return missing;
            });
    if (made.isEmpty()) {
      throw new WalletException(WalletError.DESCRIPTOR_REFUSED, "Descriptor already exists");
    }
    state.append(activate(made));
    state.setKind(state.kind().withBlank(false));
    return made;
  }

  /**
   * Makes new addresses of all kinds come from another root key. What came from others stays the
   * wallet's.
   *
   * @param root with its secret, which the keyring has already
   * @return what is to be stored
   */
  List<WalletRecord> renew(ExtendedKey root) {
    StandardKeychains standard = new StandardKeychains(state.network(), root, birth());
    List<Keychain> all = new ArrayList<>();
    for (Purpose purpose : Purpose.all()) {
      all.add(standard.keychain(state.keychains().unusedId() + all.size(), purpose));
    }
    return activate(all);
  }

  private List<WalletRecord> activate(List<Keychain> made) {
    List<WalletRecord> records = new ArrayList<>();
    for (Keychain keychain : made) {
      AddressType type = keychain.descriptor().addressType().orElseThrow();
      state.keychains().add(keychain, 0);
      state.keychains().activate(type, keychain.role(), keychain);
      records.addAll(KeychainRecords.of(keychain));
      records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
      records.add(new WalletRecord.Activated(type, keychain.role(), keychain.id()));
    }
    return records;
  }

  /** Nobody has paid to addresses that are only made now. */
  private long birth() {
    return Math.min(context.chain().snapshot().tip().header().timeSeconds(), now());
  }

  private long now() {
    return context.nowSeconds().getAsLong();
  }
}
