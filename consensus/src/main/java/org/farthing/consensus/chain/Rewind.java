package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a state back to what it was at a mark, in a time that depends only on what was done since.
 * Whoever changes the state says with each change how to take it back; the latest is taken back
 * first. Without a mark nothing is remembered.
 *
 * <p>Marks nest, and each can be gone back to any number of times; going back to one ends those
 * that were set after it. Owned by the thread that owns the state.
 */
public final class Rewind {
  private final List<Runnable> steps = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private boolean rewinding;

  /** A state that can be gone back to. */
  public static final class Mark {
    private final int steps;

    private Mark(int steps) {
      this.steps = steps;
    }
  }

  /** Marks the state as it is now. */
  public Mark mark() {
    Mark mark = new Mark(steps.size());
    marks.add(mark);
    return mark;
  }

  /** Whether there is a mark to go back to. */
  public boolean isMarked() {
    return !marks.isEmpty();
  }

  /**
   * Notes a change of the state.
   *
   * @param inverse takes it back, and may rely on everything later being taken back already
   */
  public void changed(Runnable inverse) {
    if (rewinding) {
      throw new AssertionError("a change that is taken back is no change");
    }
    if (isMarked()) {
      steps.add(inverse);
    }
  }

  /**
   * Takes back everything since the mark, which stays.
   *
   * @throws IllegalArgumentException if the mark has ended
   */
  public void to(Mark mark) {
    int index = indexOf(mark);
    rewinding = true;
    try {
      for (int step = steps.size() - 1; step >= mark.steps; step--) {
        steps.remove(step).run();
      }
    } finally {
      rewinding = false;
    }
    marks.subList(index + 1, marks.size()).clear();
  }

  /**
   * Ends a mark; with the last one everything is forgotten that was noted. The state stays as it
   * is.
   *
   * @throws IllegalArgumentException if the mark has ended already
   */
  public void end(Mark mark) {
    marks.remove(indexOf(mark));
    if (marks.isEmpty()) {
      steps.clear();
    }
  }

  /**
   * @throws IllegalArgumentException if the mark has ended
   */
  public void expect(Mark mark) {
    indexOf(mark);
  }

  private int indexOf(Mark mark) {
    int index = marks.indexOf(mark);
    if (index < 0) {
      throw new IllegalArgumentException("the mark has ended");
    }
    return index;
  }
}
