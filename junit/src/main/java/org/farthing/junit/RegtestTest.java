package org.farthing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class, or one test, a node: as a parameter of type {@link RegtestNode}, or
 * {@link RegtestNetwork} for several.
 *
 * <pre>{@code
 * @RegtestTest
 * class CheckoutTest {
 *   @Test
 *   void aPaymentIsSeen(RegtestNode node) { … }
 * }
 * }</pre>
 *
 * The node starts when it is first asked for, and serves all tests of the class and of the classes
 * nested in it. Each test begins with what {@code @BeforeAll} methods have left, and what it does
 * is taken back when it is over. Where tests run at the same time, each has a node of its own. See
 * {@link RegtestExtension} for settings that are no constants.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RegtestExtension.class)
public @interface RegtestTest {
  /** How many nodes the network has, connected to each other. */
  int nodes() default 1;

  /** How many coins of 50 bitcoins the wallet of each has; see {@link RegtestBuilder#coins}. */
  int coins() default RegtestBuilder.DEFAULT_COINS;

  /**
   * A time at which the clocks stand still, such as {@code 2026-01-01T00:00:00Z}; if empty they
   * run.
   */
  String time() default "";

  /** Further options, such as {@code tx-index=1}; see {@link RegtestBuilder#option}. */
  String[] options() default {};
}
