package org.farthing.node.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.TaggedHash;
import org.farthing.consensus.params.Network;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.spend.SigningKeys;

/**
 * Keys of contracts, of which each has its own: below a path of the wallet that nothing else uses.
 * Who has the wallet's words and the contract has the keys.
 */
public final class ContractKeys {
  /** Hardened; the number is free. */
  private static final String PATH = "m/8017h/";

  private static final TaggedHash SECRET = new TaggedHash("farthing/contract secret");

  private ContractKeys() {}

  /** A key that nobody has seen, as it stands in a descriptor. */
  public static String fresh(RpcClient wallet, Network network)
      throws CliException, RefusedException {
    int number = new SecureRandom().nextInt(Integer.MAX_VALUE);
    JsonNode derived = wallet.call("derivehdkey", PATH + number + "h");
    ExtendedKey key = extended(derived.path("xpub").asText(), network);
    return derived.path("origin").asText() + Hex.encode(key.publicKey());
  }

  /** The private keys of those of the descriptor's that are this wallet's. */
  public static List<PrivateKey> own(RpcClient wallet, Descriptor descriptor, Network network)
      throws CliException, RefusedException {
    List<PrivateKey> own = new ArrayList<>();
    for (KeyExpression key : descriptor.keys()) {
      KeyOrigin origin = key.originOf(0);
      if (!("m/" + origin.path()).startsWith(PATH)) {
        continue;
      }
      PrivateKey secret = derive(wallet, origin, network);
      if (Arrays.equals(secret.publicKey(), key.publicKey(0))) {
        own.add(secret);
      }
    }
    return own;
  }

  private static PrivateKey derive(RpcClient wallet, KeyOrigin origin, Network network)
      throws CliException, RefusedException {
    JsonNode derived =
        wallet.call("derivehdkey", "m/" + origin.path(), Json.object().put("private", true));
    return extended(derived.path("xprv").asText(), network).toPrivateKey();
  }

  private static ExtendedKey extended(String text, Network network) {
    try {
      return ExtendedKey.parse(text, network);
    } catch (WalletException e) {
      throw new AssertionError("what the node answers", e);
    }
  }

  /** Something that only the owner of a key can know: 32 bytes. */
  public static byte[] secret(PrivateKey key) {
    byte[] bytes = key.secret();
    try {
      return SECRET.hash(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** What signs with these keys. */
  static SigningKeys signing(List<PrivateKey> own) {
    SigningKeys keys = new SigningKeys();
    own.forEach(keys::add);
    return keys;
  }
}
