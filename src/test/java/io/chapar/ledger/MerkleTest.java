package io.chapar.ledger;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Leaves, roots and paths are those of the reference implementation of RFC 6962 (certificate-transparency). */
class MerkleTest {

    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static List<byte[]> leaves(int count) {
        return ENTRIES.subList(0, count).stream()
                .map(entry -> Merkle.leaf(hex(entry)))
                .toList();
    }

    @Test
    void roots_are_those_that_the_reference_computes() {
        Frontier tree = Frontier.empty();
        assertThat(HexFormat.of().formatHex(tree.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < ENTRIES.size(); i++) {
            tree = Frontier.of(tree.size(), tree.bytes());
            tree.append(Merkle.leaf(hex(ENTRIES.get(i))));
            assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void the_path_of_the_first_leaf_is_that_of_the_reference() {
        assertThat(Merkle.inclusion(0, leaves(8)))
                .extracting(HexFormat.of()::formatHex)
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    }

    @Test
    void every_leaf_of_every_size_is_proven_and_by_no_other_proof() {
        for (int size = 1; size <= ENTRIES.size(); size++) {
            List<byte[]> leaves = leaves(size);
            byte[] root = hex(ROOTS.get(size - 1));
            for (int index = 0; index < size; index++) {
                List<byte[]> path = Merkle.inclusion(index, leaves);
                byte[] leaf = leaves.get(index);
                assertThat(Merkle.includes(index, size, leaf, path, root)).isTrue();
                assertThat(Merkle.includes(size, size, leaf, path, root)).isFalse();
                assertThat(Merkle.includes(-1, size, leaf, path, root)).isFalse();
                List<byte[]> longer = new ArrayList<>(path);
                longer.add(root);
                assertThat(Merkle.includes(index, size, leaf, longer, root)).isFalse();
                if (size > 1) {
                    assertThat(Merkle.includes((index + 1) % size, size, leaf, path, root))
                            .isFalse();
                    assertThat(Merkle.includes(index, size, leaf, path.subList(1, path.size()), root))
                            .isFalse();
                    assertThat(Merkle.includes(index, size, root, path, root)).isFalse();
                }
            }
        }
    }
}
