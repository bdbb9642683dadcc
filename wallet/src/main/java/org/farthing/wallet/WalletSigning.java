package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.ScriptOrigin;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.MusigNonces;
import org.farthing.wallet.spend.SigningKeys;

/** Lends the private keys of a wallet, and what its outputs hide behind hashes, to who signs. */
public final class WalletSigning {
  private final WalletContext context;
  private final WalletState state;
  private final MusigNonces nonces;

  WalletSigning(WalletContext context, WalletState state, SecureRandom random) {
    this.context = context;
    this.state = state;
    this.nonces = new MusigNonces(random);
  }

  /** Signatures of several participants that were begun cannot be finished any more. */
  void forgetNonces() {
    nonces.wipe();
  }

  /** What is done with keys, which must not be kept. */
  @FunctionalInterface
  public interface KeyUse<T> {
    T apply(SigningKeys keys) throws WalletException;
  }

  /**
   * Runs an action with all that the wallet has for spending these output scripts; of others it has
   * nothing. Afterwards the private keys are wiped.
   *
   * @throws WalletException LOCKED, or what the action throws
   */
  public <T> T withKeysOf(Collection<Script> scripts, KeyUse<T> action) throws WalletException {
    return withKeysOf(scripts, Set.of(DescriptorKeys.Part.ORIGINS), action);
  }

  /** What the wallet knows for spending these output scripts, without private keys. */
  public SigningKeys known(Collection<Script> scripts, Set<DescriptorKeys.Part> parts) {
    context.owner().check();
    SigningKeys keys = new SigningKeys();
    DescriptorKeys known = new DescriptorKeys(keys, parts);
    for (Script script : scripts) {
      state.keychains().findAll(script).forEach(origin -> known.add(origin.expression(), 0));
    }
    return keys;
  }

  /** The same with private keys, which are wiped after the action. */
  public <T> T withKeysOf(
      Collection<Script> scripts, Set<DescriptorKeys.Part> parts, KeyUse<T> action)
      throws WalletException {
    return withKeysOf(scripts, Map.of(), parts, action);
  }

  /**
   * The same, also with keys that others say are the wallet's, under whatever script: those that
   * come from its secrets on the path that is told.
   *
   * @param told by public key, of 33 or 65 bytes, or of 32 if it is x-only
   */
  public <T> T withKeysOf(
      Collection<Script> scripts,
      Map<ByteString, KeyOrigin> told,
      Set<DescriptorKeys.Part> parts,
      KeyUse<T> action)
      throws WalletException {
    context.owner().check();
    return state
        .keyring()
        .use(
            context.nowSeconds().getAsLong(),
            secrets -> {
              SigningKeys keys = keys(scripts, parts, secrets);
              keys.keepNoncesIn(nonces);
              new ToldKeys(state, secrets).add(told, keys);
              try {
                return action.apply(keys);
              } finally {
                keys.wipe();
              }
            });
  }

  private SigningKeys keys(
      Collection<Script> scripts, Set<DescriptorKeys.Part> parts, Secrets secrets) {
    SigningKeys keys = known(scripts, parts);
    Map<Keychain, List<KeyExpression>> own = new HashMap<>();
    for (Script script : scripts) {
      for (ScriptOrigin origin : state.keychains().findAll(script)) {
        own.computeIfAbsent(origin.keychain(), keychain -> ownKeys(keychain, secrets))
            .forEach(key -> key.privateKey(origin.index()).ifPresent(keys::add));
      }
    }
    return keys;
  }

  private List<KeyExpression> ownKeys(Keychain keychain, Secrets secrets) {
    List<KeyExpression> all = keychain.source().leafKeys();
    return keychain.details().ownKeys().stream()
        .map(all::get)
        .map(key -> key.withSecret(secrets, state.network()))
        .toList();
  }
}
