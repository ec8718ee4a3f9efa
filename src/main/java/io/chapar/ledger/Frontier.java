package io.chapar.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of the tree: the hashes of its complete subtrees, the largest first. It is all that is needed to go on
 * appending and to know the root, so the tree is never computed anew.
 */
public final class Frontier {

    private long size;
    private final List<byte[]> subtrees;

    private Frontier(long size, List<byte[]> subtrees) {
        this.size = size;
        this.subtrees = subtrees;
    }

    public static Frontier empty() {
        return new Frontier(0, new ArrayList<>());
    }

    /** @param hashes as {@link #bytes()} gave them */
    public static Frontier of(long size, byte[] hashes) {
        if (size < 0 || hashes.length != Long.bitCount(size) * Merkle.HASH_BYTES) {
            throw new IllegalArgumentException("a tree of this size has another number of complete subtrees");
        }
        List<byte[]> subtrees = new ArrayList<>();
        for (int from = 0; from < hashes.length; from += Merkle.HASH_BYTES) {
            subtrees.add(Arrays.copyOfRange(hashes, from, from + Merkle.HASH_BYTES));
        }
        return new Frontier(size, subtrees);
    }

    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        for (long full = size; (full & 1) == 1; full >>= 1) {
            hash = Merkle.node(subtrees.remove(subtrees.size() - 1), hash);
        }
        subtrees.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        if (subtrees.isEmpty()) {
            return Merkle.empty();
        }
        byte[] root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = Merkle.node(subtrees.get(i), root);
        }
        return root;
    }

    public byte[] bytes() {
        byte[] bytes = new byte[subtrees.size() * Merkle.HASH_BYTES];
        for (int i = 0; i < subtrees.size(); i++) {
            System.arraycopy(subtrees.get(i), 0, bytes, i * Merkle.HASH_BYTES, Merkle.HASH_BYTES);
        }
        return bytes;
    }
}
