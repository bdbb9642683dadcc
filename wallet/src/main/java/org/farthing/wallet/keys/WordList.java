package org.farthing.wallet.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The 2048 English words of BIP-0039, in order. The first four letters tell each from the rest. */
final class WordList {
  static final int SIZE = 2048;
  static final String RESOURCE = "bip39-english.txt";

  private static final WordList ENGLISH = load();

  private final List<String> words;
  private final Map<String, Integer> indices;

  private WordList(List<String> words) {
    this.words = words;
    this.indices = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      indices.put(words.get(i), i);
    }
    if (indices.size() != SIZE) {
      throw new AssertionError("the word list has " + indices.size() + " words");
    }
  }

  static WordList english() {
    return ENGLISH;
  }

  private static WordList load() {
    try (InputStream in = WordList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new AssertionError("the word list is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new WordList(text.lines().toList());
    } catch (IOException e) {
      throw new AssertionError("the word list cannot be read", e);
    }
  }

  String word(int index) {
    return words.get(index);
  }

  /** The word's place, or -1. */
  int index(String word) {
    return indices.getOrDefault(word, -1);
  }

  /** The word that is the fewest typing mistakes away; of several, one with the same beginning. */
  String nearest(String typed) {
    String best = words.get(0);
    int bestScore = Integer.MAX_VALUE;
    for (String word : words) {
      int score = 8 * distance(typed, word) - sharedBeginning(typed, word);
      if (score < bestScore) {
        bestScore = score;
        best = word;
      }
    }
    return best;
  }

  private static int sharedBeginning(String left, String right) {
    int length = 0;
    while (length < 4
        && length < left.length()
        && length < right.length()
        && left.charAt(length) == right.charAt(length)) {
      length++;
    }
    return length;
  }

  /** How many letters must be changed, inserted, removed or swapped with their neighbour. */
  private static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
  }
}
