package org.farthing.node.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtInput;
import org.farthing.wallet.spend.TaprootData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random payments between our wallet, bdk and bitcoin-kmp: one makes the transaction, one adds what
 * is spent, one the scripts, each signs with its own keys, one combines, and each that can puts the
 * signatures in their places. Whoever it was: where nothing is missing, what comes out is valid for
 * our interpreter, for bitcoin-kmp's and for rust-miniscript's; where something is, nothing does.
 */
class PsbtTravelTest {
  private static final int CASES = Integer.getInteger("farthing.psbts.cases", 60);
  private static final long SEED = Long.getLong("farthing.psbts.seed", System.nanoTime());

  /** The length of r stands there in a signature in DER, and is greater where r is not low. */
  private static final int R_LENGTH_AT = 3;

  private static final int HIGH_R_LENGTH = 33;

  private final Random random = new Random(SEED);
  private final Map<String, Integer> counts = new TreeMap<>();
  private final OurPsbts us = new OurPsbts(random);
  private final BdkPsbts bdk = new BdkPsbts();
  private final KmpPsbts kmp = new KmpPsbts();
  private final List<PsbtParty> all = List.of(us, bdk, kmp);

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private PsbtParty oneOf(String role, List<PsbtParty> parties) {
    PsbtParty chosen = oneOf(parties);
    count(role + " " + chosen.getClass().getSimpleName());
    return chosen;
  }

  private static boolean isKnownToKmp(PsbtCase payment) {
    return payment.inputs().stream().allMatch(spent -> spent.form().isKnownToKmp());
  }

  @Test
  void whoeverDidWhatTheTransactionIsValid(TestReporter reporter) throws Exception {
    RandomPsbts payments = new RandomPsbts(random);
    for (int i = 0; i < CASES; i++) {
      PsbtCase payment = payments.next();
      String at = "seed %d, case %d: %s".formatted(SEED, i, payment);
      try {
        travel(payment);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(at, e);
      }
    }
    counts.put("farthing.psbts.cases", CASES);
    reporter.publishEntry(
        Map.of("farthing.psbts.seed", Long.toString(SEED), "counts", counts.toString()));
  }

  private void travel(PsbtCase payment) throws Exception {
    payment.inputs().forEach(spent -> count("form " + spent.form()));
    payment.inputs().forEach(spent -> count("covers %02x".formatted(spent.sigHashType())));
    List<PsbtParty> knowing = isKnownToKmp(payment) ? all : List.of(us, bdk);
    String created = oneOf("creates", all).create(payment);
    String spending = oneOf("adds spent", List.of(us, kmp)).addSpent(payment, created);
    String known = oneOf("adds scripts", knowing).addScripts(payment, spending);
    String signed =
        random.nextBoolean() ? signedInTurns(payment, known) : signedApart(payment, known);
    if (payment.inputs().stream().noneMatch(spent -> spent.before().hasWitness())) {
      for (String text : List.of(created, spending, known, signed)) {
        assertNothingIsLost(text);
      }
    }
    assertSameSignatures(payment, known, signed);
    finish(payment, signed);
  }

  private List<PsbtParty> inAnyOrder() {
    List<PsbtParty> order = new ArrayList<>(all);
    Collections.shuffle(order, random);
    return order;
  }

  private String signedInTurns(PsbtCase payment, String known) throws Exception {
    count("signed in turns");
    String signed = known;
    for (PsbtParty party : inAnyOrder()) {
      signed = party.sign(payment, signed);
    }
    return signed;
  }

  private String signedApart(PsbtCase payment, String known) throws Exception {
    List<String> copies = new ArrayList<>();
    for (PsbtParty party : inAnyOrder()) {
      copies.add(party.sign(payment, known));
    }
    return oneOf("combines", all).combine(copies);
  }

  /**
   * What we have read and written again is the same for others; but witnesses of transactions
   * before, which we leave out.
   */
  private static void assertNothingIsLost(String text) throws Exception {
    String ours = PsbtCodec.format(PsbtCodec.parse(text));
    assertThat(BdkPsbts.written(ours)).isEqualTo(BdkPsbts.written(text));
  }

  /**
   * Everybody's signatures are those that we would make with the same keys (RFC 6979, BIP-0340).
   */
  private void assertSameSignatures(PsbtCase payment, String known, String signed)
      throws Exception {
    List<PsbtInput> expected = us.signedByAll(payment, known).inputs();
    List<PsbtInput> made = PsbtCodec.parse(signed).inputs();
    for (int i = 0; i < made.size(); i++) {
      PsbtInput ours = expected.get(i);
      assertSameEcdsa(ours, made.get(i));
      // Where the output's key has signed, we sign nothing in leaves; others do.
      made.get(i)
          .taprootKeySignature()
          .ifPresent(signature -> assertSame(ours.taprootKeySignature(), signature, "by key"));
      Map<TaprootData.LeafKey, ByteString> inLeaves = ours.taprootScriptSignatures();
      made.get(i)
          .taprootScriptSignatures()
          .forEach(
              (key, signature) ->
                  assertSame(Optional.ofNullable(inLeaves.get(key)), signature, "by script"));
    }
  }

  private void assertSame(Optional<ByteString> expected, ByteString signature, String how) {
    assertThat(expected).contains(signature);
    count("the same Schnorr " + how);
  }

  /**
   * Of one key and hash there are two: bitcoin-kmp takes the first that it finds, high r or low.
   */
  private void assertSameEcdsa(PsbtInput expected, PsbtInput made) {
    Map<ByteString, ByteString> ours = new TreeMap<>();
    expected.partialSignatures().forEach(each -> ours.put(each.getKey(), each.getValue()));
    Map<ByteString, ByteString> theirs = new TreeMap<>();
    made.partialSignatures().forEach(each -> theirs.put(each.getKey(), each.getValue()));
    assertThat(theirs.keySet()).isEqualTo(ours.keySet());
    theirs.forEach(
        (key, signature) -> {
          boolean high = signature.byteAt(R_LENGTH_AT) == HIGH_R_LENGTH;
          if (high) {
            assertThat(expected.origins().get(key).fingerprint())
                .isEqualTo(PsbtOwner.KMP.fingerprint());
          } else {
            assertThat(signature).isEqualTo(ours.get(key));
          }
          count(high ? "high r" : "the same ECDSA");
        });
  }

  private void finish(PsbtCase payment, String signed) throws Exception {
    Optional<Transaction> byUs = us.finish(payment, signed);
    Optional<Transaction> byBdk = bdk.finish(payment, signed);
    count(payment.isComplete() ? "complete" : "incomplete");
    assertThat(byUs.isPresent()).isEqualTo(payment.isComplete());
    assertThat(byBdk.isPresent()).isEqualTo(payment.isComplete());
    if (!payment.isComplete()) {
      return;
    }
    assertValid(payment, byUs.orElseThrow());
    assertValid(payment, byBdk.orElseThrow());
    if (payment.isUnique()) {
      assertThat(byBdk).isEqualTo(byUs);
      count("finished alike");
      if (isKnownToKmp(payment)) {
        assertThat(kmp.finish(payment, signed)).isEqualTo(byUs);
        count("finished alike by kmp too");
      }
    }
  }

  private static void assertValid(PsbtCase payment, Transaction signed) throws DecodeException {
    PrecomputedTransaction precomputed =
        PrecomputedTransaction.of(
            signed, payment.inputs().stream().map(PsbtCase.Spent::utxo).toList());
    for (int i = 0; i < payment.inputs().size(); i++) {
      assertThat(ScriptVerifier.verify(precomputed, i, ScriptFlags.STANDARD))
          .isEqualTo(ScriptError.OK);
    }
    fr.acinq.bitcoin.Transaction.correctlySpends(
        fr.acinq.bitcoin.Transaction.read(signed.serialize()),
        payment.inputs().stream()
            .map(spent -> fr.acinq.bitcoin.Transaction.read(spent.before().serialize()))
            .toList(),
        fr.acinq.bitcoin.ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    Transaction bare = Transaction.decode(signed.serialize());
    assertThat(bare.inputs().stream().map(input -> input.outPoint()).toList())
        .isEqualTo(payment.unsigned().inputs().stream().map(input -> input.outPoint()).toList());
    assertThat(bare.outputs()).isEqualTo(payment.unsigned().outputs());
    assertThat(bare.lockTime()).isEqualTo(payment.unsigned().lockTime());
  }
}
