package org.farthing.node.cli.contract;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.keys.PrivateKey;

/**
 * Vaults, as descriptors with miniscript (BIP380, BIP379) that other software knows too.
 *
 * <ul>
 *   <li>vesting: {@code wsh(and_v(v:pk(OWNER),after(HEIGHT)))}
 *   <li>inheritance: {@code wsh(or_d(pk(OWNER),and_v(v:multi(N,HEIR,…),older(BLOCKS))))}
 * </ul>
 */
public final class Vaults {
  public static final String VESTING = "vesting";
  public static final String INHERITANCE = "inheritance";

  static final String DESCRIPTOR = "descriptor";
  static final String NETWORK = "network";
  static final String ADDRESS = "address";

  private static final String UNTIL = "until_height";
  private static final String AFTER = "after_blocks";

  private Vaults() {}

  /** Writes a vault that opens at a height; returns its address. */
  public static String vesting(ContractFile file, Chain chain, String owner, int until)
      throws CliException, RefusedException {
    file.content().put(UNTIL, until);
    return save(file, chain, "wsh(and_v(v:pk(" + owner + "),after(" + until + ")))");
  }

  /** Writes a vault with heirs; returns its address. */
  public static String inheritance(
      ContractFile file, Chain chain, String owner, List<String> heirs, int needed, int blocks)
      throws CliException, RefusedException {
    file.content().put(AFTER, blocks);
    String all = needed + "," + String.join(",", heirs);
    String heirsPart = heirs.size() == 1 ? "pk(" + heirs.get(0) + ")" : "multi(" + all + ")";
    return save(
        file,
        chain,
        "wsh(or_d(pk(" + owner + "),and_v(v:" + heirsPart + ",older(" + blocks + "))))");
  }

  private static String save(ContractFile file, Chain chain, String descriptor)
      throws CliException, RefusedException {
    chain.parse(descriptor);
    String whole = chain.withChecksum(descriptor);
    String address = chain.address(whole);
    file.content().put(NETWORK, chain.name());
    file.content().put(DESCRIPTOR, whole);
    file.content().put(ADDRESS, address);
    file.save();
    return address;
  }

  /** A vault, its coins, and which of its keys are a wallet's. */
  public record Opened(
      ContractFile file,
      Chain chain,
      Descriptor descriptor,
      List<ContractSpend.Coin> coins,
      List<PrivateKey> own) {

    /** The same, with the keys of it that a wallet has. */
    public Opened with(List<PrivateKey> keys) {
      return new Opened(file, chain, descriptor, coins, List.copyOf(keys));
    }

    private boolean ownerIsHere() {
      byte[] owner = descriptor.keys().get(0).publicKey(0);
      return own.stream().anyMatch(key -> Arrays.equals(key.publicKey(), owner));
    }

    /** How many blocks are still to come before the wallet's keys can open it; 0 for none. */
    public int blocksLeft() throws CliException, RefusedException {
      int height = chain.height();
      if (file.kind().equals(VESTING)) {
        return Math.max(0, file.content().path(UNTIL).asInt() - height);
      }
      if (ownerIsHere()) {
        return 0;
      }
      int youngest = coins.stream().mapToInt(ContractSpend.Coin::height).max().orElse(height);
      return Math.max(0, youngest + file.content().path(AFTER).asInt() - 1 - height);
    }

    /** How the wallet's keys open it. */
    public ContractSpend.Way way() {
      if (file.kind().equals(VESTING)) {
        return new ContractSpend.Way(file.content().path(UNTIL).asInt(), Sequence.MAX_REPLACEABLE);
      }
      return new ContractSpend.Way(
          0, ownerIsHere() ? Sequence.MAX_REPLACEABLE : file.content().path(AFTER).asInt());
    }
  }

  /** Reads a vault, and looks for its coins; nobody's keys are known yet. */
  public static Opened open(ContractFile file, Chain chain) throws CliException, RefusedException {
    chain.expect(file.content().path(NETWORK).asText());
    String descriptor = file.content().path(DESCRIPTOR).asText();
    return new Opened(file, chain, chain.parse(descriptor), chain.coins(descriptor), List.of());
  }
}
