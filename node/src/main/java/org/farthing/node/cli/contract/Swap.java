package org.farthing.node.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.psbt.Psbt;

/**
 * An exchange of coins of two networks that comes about on both or on none. Each locks coins in
 * {@code wsh(andor(pk(CLAIM),sha256(HASH),and_v(v:pk(REFUND),after(HEIGHT))))}: the other one takes
 * them with a secret that only the first knows, and reveals it by that; or they come back. The
 * first locks first and longer, the second takes what the first's taking has revealed.
 */
public final class Swap {
  public static final String KIND = "swap";
  public static final String FIRST = "first";
  public static final String SECOND = "second";

  private static final String ROLE = "role";
  private static final String HASH = "hash";
  private static final String SECRET = "secret";
  private static final String LOCKING = "locking";

  /** Of the other's coin, as {@link #see} saw it last. */
  private static final String SEEN_CONFIRMATIONS = "seen_confirmations";

  private static final String SEEN_UNTIL = "seen_until";

  /** Of the own coin, as far as blocks can tell the time. */
  private static final String OWN_UNTIL = "own_until";

  private static final List<String> COIN = List.of("txid", "vout", "height");
  private static final int SECRET_SIZE = 32;

  private final ContractFile file;

  private Swap(ContractFile file) {
    this.file = file;
  }

  public static Swap of(ContractFile file) throws CliException {
    return new Swap(file.expect(KIND));
  }

  /** One of the two payments. */
  public final class Leg {
    private final ObjectNode content;
    private final String owner;

    private Leg(String owner) {
      this.owner = owner;
      this.content = file.content().withObjectProperty(owner);
    }

    /** Who locks it. */
    public String owner() {
      return owner;
    }

    public String network() {
      return content.path(Vaults.NETWORK).asText();
    }

    public BigDecimal amount() {
      return new BigDecimal(content.path("amount").asText());
    }

    public int until() {
      return content.path("until").asInt();
    }

    public String descriptor() throws CliException {
      if (!content.has(Vaults.DESCRIPTOR)) {
        throw CliException.failed("the other side's answer is missing")
            .hint("'swap lock' takes it, with --answer.");
      }
      return content.path(Vaults.DESCRIPTOR).asText();
    }

    public Leg terms(String network, BigDecimal amount, int until) {
      content.put(Vaults.NETWORK, network);
      content.put("amount", amount.toPlainString());
      content.put("until", until);
      return this;
    }

    public Leg key(String use, String key) {
      content.put(use, key);
      return this;
    }

    String key(String use) {
      return content.path(use).asText();
    }

    private void describe() {
      content.put(
          Vaults.DESCRIPTOR,
          "wsh(andor(pk("
              + key("claim")
              + "),sha256("
              + file.content().path(HASH).asText()
              + "),and_v(v:pk("
              + key("refund")
              + "),after("
              + until()
              + "))))");
    }

    /** The coin, as far as it was seen. */
    public Optional<OutPoint> coin() {
      try {
        return content.has("txid")
            ? Optional.of(
                new OutPoint(
                    Txid.parse(content.path("txid").asText()), content.path("vout").asInt()))
            : Optional.empty();
      } catch (DecodeException e) {
        throw new AssertionError("what we wrote", e);
      }
    }

    public boolean isSpent() {
      return content.path("spent").asBoolean();
    }

    public boolean isLocking() {
      return content.path(LOCKING).asBoolean();
    }

    /** The owner is about to lock it: written before anything is paid. */
    public void locking() {
      content.put(LOCKING, true);
    }
  }

  public Leg leg(String owner) {
    return new Leg(owner);
  }

  public String role() throws CliException {
    if (!file.content().has(ROLE)) {
      throw CliException.usage(file.path() + " is for the other side: give your own file");
    }
    return file.content().path(ROLE).asText();
  }

  public Leg ownLeg() throws CliException {
    return leg(role());
  }

  public Leg otherLeg() throws CliException {
    return leg(role().equals(FIRST) ? SECOND : FIRST);
  }

  public void role(String role) {
    file.content().put(ROLE, role);
  }

  /** Commits to a secret. */
  public void commit(byte[] secret) {
    file.content().put(HASH, Hex.encode(Sha256.hash(secret)));
  }

  public ContractFile file() {
    return file;
  }

  /** Both have said their keys: the scripts follow. */
  public void complete() {
    leg(FIRST).describe();
    leg(SECOND).describe();
  }

  /** What the other side may see, and needs. */
  public void writeFor(ContractFile other) throws CliException {
    other.content().setAll(file.content());
    other.content().remove(List.of(ROLE, SECRET, SEEN_CONFIRMATIONS, SEEN_UNTIL, OWN_UNTIL));
    other.save();
  }

  /**
   * Takes the other side's answer.
   *
   * @throws CliException if it changes anything but what it adds
   */
  public void answer(Swap answer) throws CliException {
    boolean same = file.content().path(HASH).equals(answer.file.content().path(HASH));
    for (String owner : List.of(FIRST, SECOND)) {
      for (Map.Entry<String, JsonNode> ours : file.content().path(owner).properties()) {
        same &= ours.getValue().equals(answer.file.content().path(owner).path(ours.getKey()));
      }
    }
    if (!same) {
      throw CliException.failed("the answer is not to this offer: it changes what was offered");
    }
    leg(FIRST).key("claim", answer.leg(FIRST).key("claim"));
    leg(SECOND).key("refund", answer.leg(SECOND).key("refund"));
    complete();
  }

  /** Looks where a leg's coin is, and what its spender has revealed; to be saved. */
  public void look(Leg leg, Chain chain) throws CliException, RefusedException {
    String descriptor = chain.withChecksum(leg.descriptor());
    boolean isThere = false;
    for (ContractSpend.Coin coin : chain.coins(descriptor)) {
      if (coin.output().valueSat() >= Chain.sat(leg.amount())) {
        leg.content.put("txid", coin.place().txid().toString());
        leg.content.put("vout", coin.place().index());
        leg.content.put("height", coin.height());
        isThere = true;
      }
    }
    if (leg.coin().isEmpty() || leg.isSpent()) {
      return;
    }
    // A spender that waits for a block has revealed the secret too.
    OutPoint coin = leg.coin().get();
    Optional<Transaction> spender =
        isThere
            ? chain.waitingSpender(coin)
            : chain.spender(coin, leg.content.path("height").asInt());
    spender.ifPresent(this::learn);
    if (!isThere && spender.isPresent()) {
      leg.content.put("spent", true);
    } else if (!isThere) {
      // A reorganisation took it out of its block.
      leg.content.remove(COIN);
    }
  }

  private void learn(Transaction spender) {
    for (TxIn input : spender.inputs()) {
      for (byte[] item : input.witness().toList()) {
        if (item.length == SECRET_SIZE
            && Hex.encode(Sha256.hash(item)).equals(file.content().path(HASH).asText())) {
          file.content().put(SECRET, Hex.encode(item));
        }
      }
    }
  }

  /**
   * Notes how deep the other's coin is, and when the coin of a leg goes back to its owner if blocks
   * come as they should; to be saved. Commands on the other network rely on it.
   *
   * @param nowSeconds since 1970
   */
  public void see(Leg leg, Chain chain, long nowSeconds) throws CliException, RefusedException {
    long untilSeconds = nowSeconds + chain.seconds(leg.until() - chain.height());
    if (leg.owner().equals(role())) {
      file.content().put(OWN_UNTIL, untilSeconds);
    } else {
      file.content().put(SEEN_CONFIRMATIONS, confirmations(leg, chain));
      file.content().put(SEEN_UNTIL, untilSeconds);
    }
  }

  /** How many blocks the other's coin was deep when somebody looked. */
  int seenConfirmations() {
    return file.content().path(SEEN_CONFIRMATIONS).asInt();
  }

  /** When the other's coin goes back, about, in seconds since 1970; 0 if nobody has looked. */
  long seenUntilSeconds() {
    return file.content().path(SEEN_UNTIL).asLong();
  }

  /** The same of the own coin; empty if nobody has looked. */
  OptionalLong ownUntilSeconds() {
    return file.content().has(OWN_UNTIL)
        ? OptionalLong.of(file.content().path(OWN_UNTIL).asLong())
        : OptionalLong.empty();
  }

  /** How many blocks the coin of a leg is deep, as seen last and now. */
  public int confirmations(Leg leg, Chain chain) throws CliException, RefusedException {
    return leg.coin().isPresent() ? chain.height() - leg.content.path("height").asInt() + 1 : 0;
  }

  private Optional<byte[]> secret(List<PrivateKey> own) {
    try {
      if (file.content().has(SECRET)) {
        return Optional.of(Hex.decode(file.content().path(SECRET).asText()));
      }
    } catch (DecodeException e) {
      throw new AssertionError("what we wrote", e);
    }
    return own.stream()
        .map(ContractKeys::secret)
        .filter(each -> Hex.encode(Sha256.hash(each)).equals(file.content().path(HASH).asText()))
        .findFirst();
  }

  public boolean isSecretKnown() {
    return file.content().has(SECRET);
  }

  /**
   * Takes the other's coin with the secret.
   *
   * @param satPerKvb the fee, in satoshis for each thousand virtual bytes
   */
  public Transaction claim(Leg leg, Chain chain, List<PrivateKey> own, Script payee, long satPerKvb)
      throws CliException, RefusedException {
    byte[] secret =
        secret(own)
            .orElseThrow(
                () ->
                    CliException.failed("the secret is not known yet")
                        .hint("'swap status' on the other network finds it when it is revealed."));
    Map<ByteString, ByteString> preimages =
        Map.of(ByteString.of(Sha256.hash(secret)), ByteString.of(secret));
    return spend(leg, chain, own, preimages, payee, 0, satPerKvb);
  }

  /**
   * Takes the own coin back.
   *
   * @param satPerKvb the fee, in satoshis for each thousand virtual bytes
   */
  public Transaction refund(
      Leg leg, Chain chain, List<PrivateKey> own, Script payee, long satPerKvb)
      throws CliException, RefusedException {
    return spend(leg, chain, own, Map.of(), payee, leg.until(), satPerKvb);
  }

  private static Transaction spend(
      Leg leg,
      Chain chain,
      List<PrivateKey> own,
      Map<ByteString, ByteString> preimages,
      Script payee,
      int lockTime,
      long satPerKvb)
      throws CliException, RefusedException {
    List<ContractSpend.Coin> coins = chain.coins(chain.withChecksum(leg.descriptor()));
    if (coins.isEmpty()) {
      throw CliException.failed("there is no coin in it, or it waits for a block");
    }
    ContractSpend spend = new ContractSpend(chain.parse(leg.descriptor()), own, preimages);
    ContractSpend.Way way = new ContractSpend.Way(lockTime, Sequence.MAX_REPLACEABLE);
    Psbt psbt = spend.spend(coins, payee, way, satPerKvb);
    return ContractSpend.transaction(psbt)
        .orElseThrow(() -> CliException.failed("this wallet has not the key that it takes"));
  }

  /** Coins as people read them. */
  public static String coins(BigDecimal amount) {
    return Amount.format(Chain.sat(amount));
  }
}
