package org.farthing.wallet.miniscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All small expressions, under all combinations of keys, preimages and locks that there are. What
 * the analysis and the satisfier say is compared with what our interpreter accepts of all witnesses
 * that can be put together, where those are not too many. Of expressions that are one fragment
 * larger only the witnesses that the satisfier finds are tried.
 */
class SatisfactionTest {
  /** Fragments of the largest expressions whose witnesses are all tried. */
  private static final int MAX_SIZE = Integer.getInteger("farthing.miniscript.size", 3);

  private static final int MAX_WITNESSES = 1500;

  /** The checks of one expression. */
  private static final class Trial {
    private final TestScripts scripts;
    private final Miniscript<String> miniscript;
    private final Script script;
    private final boolean sane;
    private final int most;
    private final int maxWitnesses;

    Trial(TestScripts scripts, Miniscript<String> miniscript, int maxWitnesses) {
      this.maxWitnesses = maxWitnesses;
      this.scripts = scripts;
      this.miniscript = miniscript;
      this.script = scripts.script(miniscript);
      this.sane = miniscript.isSane(Function.identity());
      this.most = mostItems(miniscript.expression());
    }

    /** The most items that any way to satisfy or dissatisfy takes, also one that is not safe. */
    private static int mostItems(Expression expression) {
      return expression.fold(
          (position, parts) -> {
            Fragment fragment = expression.fragment(position);
            int sum = parts.stream().mapToInt(Integer::intValue).sum();
            return switch (fragment.kind()) {
              case PK_K, SHA256 -> 1;
              case PK_H -> 2;
              case MULTI -> ((Fragment.Multi) fragment).required() + 1;
              case MULTI_A -> ((Fragment.Multi) fragment).keyCount();
              case WRAP_D -> sum + 1;
              case OR_I -> 1 + Math.max(parts.get(0), parts.get(1));
              case ANDOR -> parts.get(0) + Math.max(parts.get(1), parts.get(2));
              default -> sum;
            };
          });
    }

    void run() {
      assertThat(scripts.decode(script).map(scripts::script)).contains(script);
      for (Resources resources : Resources.all(scripts, miniscript)) {
        satisfy(resources);
        dissatisfy(resources);
      }
    }

    private void satisfy(Resources resources) {
      Resources.Bound bound = resources.spending(script);
      Optional<Satisfaction> found = miniscript.satisfy(bound);
      found.ifPresent(satisfaction -> check(satisfaction, bound));
      Optional<List<List<ByteString>>> accepted = bound.accepted(most, maxWitnesses);
      if (accepted.isEmpty()) {
        return;
      }
      assertThat(found.isPresent()).as(at(resources)).isEqualTo(!accepted.get().isEmpty());
      if (sane && found.isPresent()) {
        assertThat(found.get().isSafe()).as(at(resources)).isTrue();
        nobodyElseCanChange(found.get().stack(), accepted.get(), bound);
      }
    }

    private void check(Satisfaction satisfaction, Resources.Bound bound) {
      String at = at(bound.resources());
      assertThat(bound.spend().accepts(satisfaction.stack())).as(at).isTrue();
      assertThat(bound.signaturesOf(satisfaction.stack()).isEmpty())
          .as(at)
          .isEqualTo(!satisfaction.hasSignature());
      if (satisfaction.isSafe()) {
        assertThat(satisfaction.stack().size())
            .as(at)
            .isLessThanOrEqualTo(miniscript.maxWitnessItems().orElseThrow());
        assertThat(size(satisfaction.stack()))
            .as(at)
            .isLessThanOrEqualTo(miniscript.maxWitnessSize().orElseThrow());
      }
    }

    /** Neither with the signatures that he sees, nor is there a smaller one that is as safe. */
    private void nobodyElseCanChange(
        List<ByteString> chosen, List<List<ByteString>> accepted, Resources.Bound bound) {
      assertThat(changes(chosen, accepted, bound)).as(at(bound.resources())).isEmpty();
      for (List<ByteString> other : accepted) {
        assertThat(bound.signaturesOf(other)).as(at(bound.resources())).isNotEmpty();
        if (size(other) < size(chosen)) {
          assertThat(changes(other, accepted, bound)).as(at(bound.resources())).isNotEmpty();
        }
      }
    }

    private static List<List<ByteString>> changes(
        List<ByteString> seen, List<List<ByteString>> accepted, Resources.Bound bound) {
      Set<ByteString> signatures = bound.signaturesOf(seen);
      return accepted.stream()
          .filter(other -> !other.equals(seen))
          .filter(other -> signatures.containsAll(bound.signaturesOf(other)))
          .toList();
    }

    /** An exact zero is left behind. */
    private void dissatisfy(Resources resources) {
      Script not = new ScriptBuilder().append(script).op(Opcode.OP_NOT).build();
      Resources.Bound bound = resources.spending(not);
      Optional<Satisfaction> found = new Satisfier<>(miniscript, bound).dissatisfy();
      found.ifPresent(
          ways -> assertThat(bound.spend().accepts(ways.stack())).as(at(resources)).isTrue());
      if (miniscript.expression().type().is(Type.Property.D)) {
        assertThat(found).as(at(resources)).isPresent();
      }
      bound
          .accepted(most, maxWitnesses)
          .ifPresent(
              accepted ->
                  assertThat(found.isPresent()).as(at(resources)).isEqualTo(!accepted.isEmpty()));
    }

    private static int size(List<ByteString> items) {
      return items.stream().mapToInt(i -> CompactSize.sizeOf(i.size()) + i.size()).sum();
    }

    private String at(Resources resources) {
      return miniscript + " with " + resources;
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptContext.class)
  void theInterpreterAgreesOnAllSmallExpressions(ScriptContext context) throws Exception {
    TestScripts scripts = new TestScripts(context);
    SmallExpressions expressions = new SmallExpressions(scripts, context);
    List<String> sane = new ArrayList<>();
    for (int size = 1; size <= MAX_SIZE + 1; size++) {
      int maxWitnesses = size <= MAX_SIZE ? MAX_WITNESSES : 0;
      for (Miniscript<String> miniscript : expressions.ofSize(size)) {
        Trial trial = new Trial(scripts, miniscript, maxWitnesses);
        trial.run();
        if (trial.sane) {
          sane.add(miniscript.toString());
        }
      }
    }
    assertThat(sane).hasSizeGreaterThan(600);
    assertThat(
            sane.stream().map(text -> text.replaceAll("[^a-z_].*", "")).collect(Collectors.toSet()))
        .contains("pk", "pkh", "and_v", "and_b", "or_b", "or_d", "or_i", "andor", "thresh");
  }
}
