package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.store.WalletRecord;

/** The descriptors that a wallet consists of: those it was made with, and those taken in later. */
public final class WalletDescriptors {
  /** Clocks of miners may differ by so much: blocks that are so much older are searched too. */
  public static final long TIME_WINDOW_SECONDS = 2 * 60 * 60;

  /** In the place of a keychain's number. */
  private static final int NONE = -1;

  private final WalletContext context;
  private final WalletState state;
  private final ChainFollower follower;
  private final SecureRandom random;
  private final Runnable searchBegun;
  private final KeyTeacher teacher;

  /**
   * @param searchBegun told when blocks are to be looked through again
   */
  WalletDescriptors(
      WalletContext context,
      WalletState state,
      ChainFollower follower,
      SecureRandom random,
      Runnable searchBegun) {
    this.context = context;
    this.state = state;
    this.follower = follower;
    this.random = random;
    this.searchBegun = searchBegun;
    this.teacher = new KeyTeacher(context, state);
  }

  /**
   * A descriptor that is to become part of the wallet.
   *
   * @param descriptor with its secrets, if the wallet is to sign with them
   * @param active new addresses come from it, if it has an address type and a range
   * @param details from which time and which indexes on payments are looked for; its own keys are
   *     found out
   * @param next the first index to be given away
   * @param label of the addresses of a descriptor without a range; may be empty
   */
  public record Import(
      Descriptor descriptor,
      Role role,
      boolean active,
      Keychain.Details details,
      int next,
      String label) {}

  /** All keychains of the wallet, in the order in which they came into it. */
  public List<Keychain> all() {
    return state.keychains().all();
  }

  public boolean isActive(Keychain keychain) {
    return state.keychains().isActive(keychain);
  }

  /** How many scripts are derived ahead of the last one in use. */
  public int gapLimit() {
    return state.keychains().gapLimit();
  }

  /** Whether the wallet may have private keys. */
  public boolean hasPrivateKeys() {
    return state.kind().privateKeys();
  }

  /**
   * A keychain's descriptor as its owner wrote it, with all secrets that the wallet has.
   *
   * @throws WalletException LOCKED
   */
  public String privateText(Keychain keychain) throws WalletException {
    context.owner().check();
    return state
        .keyring()
        .use(now(), secrets -> withSecrets(keychain.source(), secrets).privateText());
  }

  private Descriptor withSecrets(Descriptor descriptor, Secrets secrets) {
    return descriptor.withKeys(key -> key.withSecret(secrets, state.network()));
  }

  /**
   * Takes in a descriptor, or changes the range of one that is there; all that belongs to that is
   * stored at once. Payments of the past are looked for from the descriptor's time on, as {@link
   * #search} says.
   *
   * @return as {@link #search} does
   * @throws WalletException NO_PRIVATE_KEYS, DESCRIPTOR_REFUSED, RANGE_REFUSED, LOCKED; nothing is
   *     changed then
   */
  public long add(Import wanted) throws WalletException {
    context.owner().check();
    check(wanted.descriptor());
    if (state.keyring().isLocked(now())) {
      throw new WalletException(
          WalletError.LOCKED, "the wallet is locked: unlock it with its passphrase first");
    }
    Optional<Keychain> known = known(wanted.descriptor());
    if (known.isPresent()) {
      checkRange(known.get(), wanted.details());
    }
    List<WalletRecord> records = new ArrayList<>();
    Secrets secrets = secretsOf(wanted.descriptor());
    if (!secrets.isEmpty()) {
      records.add(new WalletRecord.Vault(state.keyring().add(now(), secrets, random)));
    }
    Keychain keychain =
        known.isPresent() ? change(known.get(), wanted, records) : create(wanted, records);
    activate(keychain, wanted, records);
    label(keychain, wanted, records);
    // What is to be searched is stored with the rest: a kill in between loses no payment.
    Search search =
        wanted.descriptor().hasScripts()
            ? plan(wanted.details().createdSeconds())
            : new Search(OptionalInt.empty(), wanted.details().createdSeconds());
    search.from().ifPresent(from -> records.add(follower.search().plan(from)));
    state.append(records);
    state.keychains().deriveAhead(keychain);
    state.history().searchOwn();
    state.save();
    begin(search);
    return search.fromSeconds();
  }

  private void check(Descriptor descriptor) throws WalletException {
    boolean hasSecrets = descriptor.hasPrivateKeys();
    if (!hasPrivateKeys() && hasSecrets) {
      throw new WalletException(
          WalletError.NO_PRIVATE_KEYS,
          "Cannot import private keys to a wallet with private keys disabled");
    }
    if (!descriptor.canDerive()) {
      throw new WalletException(
          WalletError.DESCRIPTOR_REFUSED,
          "Cannot expand descriptor. Probably because of hardened derivations without private keys"
              + " provided");
    }
    if (hasPrivateKeys() && !hasSecrets) {
      throw new WalletException(
          WalletError.NO_PRIVATE_KEYS,
          "Cannot import descriptor without private keys to a wallet with private keys enabled");
    }
  }

  private static Secrets secretsOf(Descriptor descriptor) {
    Secrets all = Secrets.none();
    for (KeyExpression key : descriptor.leafKeys()) {
      all = all.with(key.secret());
    }
    return all;
  }

  /** The keychain that has the same descriptor, however its hardened steps are written. */
  Optional<Keychain> known(Descriptor descriptor) {
    String wanted = plain(descriptor);
    return all().stream().filter(keychain -> plain(keychain.source()).equals(wanted)).findFirst();
  }

  private static String plain(Descriptor descriptor) {
    return descriptor.body().replace('\'', 'h');
  }

  private static void checkRange(Keychain keychain, Keychain.Details wanted)
      throws WalletException {
    boolean ranged = keychain.descriptor().isRanged();
    if (ranged
        && (wanted.first() > keychain.details().first() || wanted.end() < keychain.derivedEnd())) {
      throw new WalletException(
          WalletError.RANGE_REFUSED,
          "new range must include current range = [%d,%d]"
              .formatted(keychain.details().first(), keychain.derivedEnd() - 1));
    }
  }

  private Keychain create(Import wanted, List<WalletRecord> records) throws WalletException {
    Descriptor descriptor = wanted.descriptor();
    Keychain keychain =
        new Keychain(
            state.keychains().unusedId(),
            wanted.role(),
            descriptor.withKeys(KeyExpression::normalized),
            descriptor.withKeys(KeyExpression::withoutSecret),
            details(wanted, Set.of()));
    state.keychains().add(keychain, wanted.next());
    teach(keychain, secretsOf(descriptor));
    records.addAll(KeychainRecords.of(keychain));
    records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
    return keychain;
  }

  private Keychain change(Keychain keychain, Import wanted, List<WalletRecord> records) {
    Keychain.Details details = details(wanted, keychain.details().ownKeys());
    keychain.setRole(wanted.role());
    state.keychains().change(keychain, details, wanted.next());
    records.add(KeychainRecords.added(keychain));
    records.add(KeychainRecords.details(keychain));
    records.add(new WalletRecord.KeychainProgress(keychain.id(), keychain.next()));
    records.addAll(teach(keychain, secretsOf(wanted.descriptor())));
    return keychain;
  }

  private List<WalletRecord> teach(Keychain keychain, Secrets secrets) {
    return teacher.teach(keychain, secrets);
  }

  private static Keychain.Details details(Import wanted, Set<Integer> ownBefore) {
    Set<Integer> ownKeys = new LinkedHashSet<>(ownBefore);
    List<KeyExpression> keys = wanted.descriptor().leafKeys();
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).isPrivate()) {
        ownKeys.add(i);
      }
    }
    Keychain.Details details = wanted.details();
    return new Keychain.Details(details.createdSeconds(), details.first(), details.end(), ownKeys);
  }

  private void activate(Keychain keychain, Import wanted, List<WalletRecord> records) {
    Optional<AddressType> type = keychain.descriptor().addressType();
    Keychains keychains = state.keychains();
    if (type.isEmpty()) {
      return;
    }
    if (wanted.active()) {
      for (Role other : Role.values()) {
        if (other != wanted.role()
            && keychains.active(type.get(), other).filter(keychain::equals).isPresent()) {
          records.add(new WalletRecord.Activated(type.get(), other, NONE));
        }
      }
      keychains.activate(type.get(), wanted.role(), keychain);
      records.add(new WalletRecord.Activated(type.get(), wanted.role(), keychain.id()));
    } else if (keychains.active(type.get(), wanted.role()).filter(keychain::equals).isPresent()) {
      keychains.deactivate(type.get(), wanted.role());
      records.add(new WalletRecord.Activated(type.get(), wanted.role(), NONE));
    }
  }

  private void label(Keychain keychain, Import wanted, List<WalletRecord> records) {
    if (keychain.descriptor().isRanged() || wanted.role() == Role.CHANGE) {
      return;
    }
    for (Script script : keychain.scripts(keychain.details().first())) {
      Optional<Address> address = Address.ofScript(script, state.network());
      if (address.isPresent() && !wanted.label().isEmpty()) {
        records.add(state.labelRecord(address.get().toString(), wanted.label()));
      }
    }
  }

  /**
   * Begins to look for payments of the past, which goes on with each {@link Wallet#catchUp}.
   *
   * @param fromSeconds blocks that are older by more than {@link #TIME_WINDOW_SECONDS} are left out
   * @return the time from which on all blocks are there to be looked at: {@code fromSeconds}, or
   *     later where the node has deleted some
   */
  public long search(long fromSeconds) {
    context.owner().check();
    Search search = plan(fromSeconds);
    begin(search);
    return search.fromSeconds();
  }

  /**
   * Begins to look through blocks of these heights, as {@link #search} does.
   *
   * @param last at most the last block that the wallet has read
   * @return false if the node has deleted some of them: then nothing is begun
   */
  public boolean searchBlocks(int first, int last) {
    context.owner().check();
    HeaderNode node = follower.position().ancestor(last);
    for (; node.height() > 0 && node.height() >= first; node = node.parent()) {
      if (context.chain().snapshot().chain().status(node).isPruned()) {
        return false;
      }
    }
    follower.search().begin(Math.max(0, first - 1), last);
    searchBegun.run();
    return true;
  }

  /** Gives up looking for payments of the past. */
  public void endSearch() {
    context.owner().check();
    follower.search().end();
  }

  /**
   * A search to be made.
   *
   * @param from the height of the last block before it; empty where there is nothing to look at
   * @param fromSeconds as {@link #search} returns it
   */
  private record Search(OptionalInt from, long fromSeconds) {}

  private Search plan(long fromSeconds) {
    HeaderNode first = null;
    for (HeaderNode node = follower.position(); node.height() > 0; node = node.parent()) {
      if (node.header().timeSeconds() >= fromSeconds - TIME_WINDOW_SECONDS) {
        first = node;
      }
    }
    return first == null
        ? new Search(OptionalInt.empty(), fromSeconds)
        : plan(fromSeconds, first.parent());
  }

  private Search plan(long fromSeconds, HeaderNode from) {
    for (HeaderNode node = follower.position(); node != from; node = node.parent()) {
      if (context.chain().snapshot().chain().status(node).isPruned()) {
        return new Search(
            OptionalInt.of(node.height()), node.header().timeSeconds() + TIME_WINDOW_SECONDS + 1);
      }
    }
    return new Search(OptionalInt.of(from.height()), fromSeconds);
  }

  private void begin(Search search) {
    search
        .from()
        .ifPresent(
            height -> {
              follower.search().begin(height);
              searchBegun.run();
            });
  }

  private long now() {
    return context.nowSeconds().getAsLong();
  }
}
