package org.farthing.consensus.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.junit.jupiter.api.Test;

class PartialMerkleTreeTest {
  private static List<Txid> txids(Random random, int count) {
    List<Txid> txids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[Txid.SIZE];
      random.nextBytes(bytes);
      txids.add(Txid.of(bytes));
    }
    return txids;
  }

  private static byte[] write(PartialMerkleTree tree) {
    ByteWriter out = new ByteWriter();
    tree.writeTo(out);
    return out.toByteArray();
  }

  /** The root of the list as a block's header has it, by pairs from the leaves up. */
  private static MerkleRoot root(List<Txid> txids) {
    List<byte[]> level = new ArrayList<>();
    txids.forEach(txid -> level.add(txid.toByteArray()));
    while (level.size() > 1) {
      List<byte[]> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        byte[] right = level.get(Math.min(i + 1, level.size() - 1));
        next.add(
            Sha256.doubleHash(new ByteWriter().bytes(level.get(i)).bytes(right).toByteArray()));
      }
      level.clear();
      level.addAll(next);
    }
    return MerkleRoot.of(level.get(0));
  }

  @Test
  void whatIsWantedIsProven() throws Exception {
    Random random = new Random(1);
    for (int count : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 31, 100, 257}) {
      List<Txid> txids = txids(random, count);
      for (int density = 0; density <= 4; density++) {
        Set<Txid> wanted = new HashSet<>();
        int of = density;
        txids.stream().filter(txid -> random.nextInt(4) < of).forEach(wanted::add);
        PartialMerkleTree tree = PartialMerkleTree.of(txids, wanted);
        byte[] bytes = write(tree);
        ByteReader in = new ByteReader(bytes);
        PartialMerkleTree.Proven proven = PartialMerkleTree.read(in).prove().orElseThrow();
        in.expectEnd();
        assertThat(proven.root()).isEqualTo(root(txids));
        assertThat(proven.txids()).isEqualTo(txids.stream().filter(wanted::contains).toList());
        if (wanted.isEmpty()) {
          assertThat(bytes).hasSize(4 + 1 + Txid.SIZE + 1 + 1);
        }
      }
    }
  }

  /** A changed bit proves nothing, or another root. */
  @Test
  void nothingElseIsProven() throws Exception {
    Random random = new Random(2);
    List<Txid> txids = txids(random, 13);
    Set<Txid> wanted = Set.of(txids.get(3), txids.get(12));
    byte[] bytes = write(PartialMerkleTree.of(txids, wanted));
    int padding = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      PartialMerkleTree tree;
      try {
        tree = PartialMerkleTree.read(new ByteReader(changed));
      } catch (DecodeException e) {
        continue;
      }
      var proven = tree.prove();
      if (proven.isPresent() && proven.get().root().equals(root(txids))) {
        // The bits behind the last node, and those that tell a leaf from a mere neighbour.
        assertThat(txids).containsAll(proven.get().txids());
        padding++;
      }
    }
    assertThat(padding).isLessThan(12);
  }

  @Test
  void aListThatRepeatsItselfProvesNothing() {
    Random random = new Random(3);
    List<Txid> txids = txids(random, 3);
    txids.add(txids.get(2));
    assertThat(root(txids)).isEqualTo(root(txids.subList(0, 3)));
    assertThat(PartialMerkleTree.of(txids, Set.of(txids.get(2))).prove()).isEmpty();
  }

  @Test
  void sizesOutOfRangeProveNothing() throws Exception {
    String hash = "11".repeat(32);
    for (String hex :
        List.of(
            "00000000" + "00" + "00",
            "ffffffff" + "01" + hash + "0101",
            "1b410000" + "01" + hash + "0100",
            "01000000" + "02" + hash + hash + "0101",
            "01000000" + "01" + hash + "00",
            "01000000" + "00" + "0101",
            "01000000" + "01" + hash + "020100")) {
      assertThat(PartialMerkleTree.read(new ByteReader(Hex.constant(hex))).prove())
          .as(hex)
          .isEmpty();
    }
    assertThat(
            PartialMerkleTree.read(new ByteReader(Hex.constant("1a410000" + "01" + hash + "0100")))
                .prove())
        .isPresent();
  }
}
