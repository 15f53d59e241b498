package org.parsimony.coding.prototypes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.coding.entropy.Ints;

/** Writes a {@link PrototypeCode} of a matrix of symbols. */
final class PrototypeEncoder {

    /** A block is closed when it holds so many exceptions: about 3 KiB. */
    private static final int BLOCK_EXCEPTIONS = 4000;

    private final PrototypeCode code = new PrototypeCode();
    private final int[] symbols;
    private final int[] member;

    private PrototypeEncoder(int rows, int cols, int alphabet, int[] symbols, Prototypes prototypes) {
        this.symbols = symbols;
        code.rows = rows;
        code.cols = cols;
        code.alphabet = alphabet;
        int[] renamed = new int[Math.max(1, prototypes.count())];
        member = new int[cols];
        if (prototypes.count() == 0) {
            code.clusters = 1;
        } else {
            dropUnused(prototypes, renamed);
        }
    }

    /**
     * The shorter of the codes with and without prototypes, of equal ones that without.
     *
     * @param symbols column-major, each in [0, {@code alphabet})
     */
    static PrototypeCode encode(int rows, int cols, int alphabet, int[] symbols) {
        PrototypeCode plain = encode(rows, cols, alphabet, symbols, Prototypes.NONE);
        Prototypes prototypes = Prototypes.of(rows, cols, alphabet, symbols);
        if (prototypes.count() == 0) {
            return plain;
        }
        PrototypeCode code = encode(rows, cols, alphabet, symbols, prototypes);
        if (code.bits() >= plain.bits()) {
            return plain; // the prototypes themselves would only make it longer
        }
        code.nested = encode(rows, code.clusters, alphabet, code.prototypes);
        return code.bits() < plain.bits() ? code : plain;
    }

    private static PrototypeCode encode(int rows, int cols, int alphabet, int[] symbols, Prototypes prototypes) {
        PrototypeEncoder encoder = new PrototypeEncoder(rows, cols, alphabet, symbols, prototypes);
        encoder.rankSymbols();
        encoder.cutBlocks();
        encoder.code.sortRows();
        encoder.writeBlocks();
        encoder.code.derive();
        return encoder.code;
    }

    private void dropUnused(Prototypes prototypes, int[] renamed) {
        int rows = code.rows;
        Arrays.fill(renamed, -1);
        int[] kept = new int[prototypes.count() * rows];
        int used = 0;
        for (int col = 0; col < member.length; col++) {
            int p = prototypes.member[col];
            if (renamed[p] < 0) {
                System.arraycopy(prototypes.column(p), 0, kept, used * rows, rows);
                renamed[p] = used++;
            }
            member[col] = renamed[p];
        }
        code.clusters = used;
        code.prototypes = Arrays.copyOf(kept, used * rows);
    }

    private int context(int col, int row) {
        return code.prototypes == null ? 0 : code.prototypes[member[col] * code.rows + row];
    }

    /** Sorts every context's symbols by falling count and puts contexts alike into one class. */
    private void rankSymbols() {
        int alphabet = code.alphabet;
        int contexts = code.prototypes == null ? 1 : alphabet;
        long[][] counts = new long[contexts][alphabet];
        for (int col = 0; col < code.cols; col++) {
            for (int row = 0; row < code.rows; row++) {
                counts[context(col, row)][symbols[col * code.rows + row]]++;
            }
        }
        code.listStart = new int[contexts + 1];
        Ints list = new Ints();
        double[][] ranked = new double[contexts][];
        for (int v = 0; v < contexts; v++) {
            long[] count = counts[v];
            int[] present = IntStream.range(0, alphabet)
                    .filter(s -> count[s] > 0)
                    .boxed()
                    .sorted((a, b) -> Long.compare(count[b], count[a]))
                    .mapToInt(s -> s)
                    .toArray();
            for (int s : present) {
                list.add(s);
            }
            ranked[v] = Arrays.stream(present).mapToDouble(s -> count[s]).toArray();
            code.listStart[v + 1] = list.size();
        }
        code.list = list.toArray();
        code.classOf = ContextClasses.merge(ranked);
        code.tokens = new Tokens[Arrays.stream(code.classOf).max().getAsInt() + 1];
    }

    private void cutBlocks() {
        int[] order = new int[code.cols];
        int[] next = new int[code.clusters + 1];
        for (int p : member) {
            next[p + 1]++;
        }
        for (int p = 0; p < code.clusters; p++) {
            next[p + 1] += next[p];
        }
        for (int col = 0; col < code.cols; col++) {
            order[next[member[col]]++] = col;
        }
        code.order = order;
        Ints starts = new Ints();
        Ints clusters = new Ints();
        long exceptions = 0;
        for (int k = 0; k < order.length; k++) {
            int p = member[order[k]];
            if (k == 0 || p != member[order[k - 1]] || exceptions >= BLOCK_EXCEPTIONS) {
                starts.add(k);
                clusters.add(p);
                exceptions = 0;
            }
            for (int row = 0; row < code.rows; row++) {
                int s = symbols[order[k] * code.rows + row];
                exceptions += s == code.list[code.listStart[context(order[k], row)]] ? 0 : 1;
            }
        }
        starts.add(order.length);
        code.blockStart = starts.toArray();
        code.blockCluster = clusters.toArray();
    }

    private void writeBlocks() {
        int classes = code.tokens.length;
        int[] rankOf = rankTable();
        List<Ints[]> blocks = new ArrayList<>();
        Ints[] all = new Ints[classes];
        Arrays.setAll(all, c -> new Ints());
        for (int block = 0; block < code.blocks(); block++) {
            Ints[] pairs = new Ints[classes];
            for (int c = 0; c < classes; c++) {
                pairs[c] = pairs(block, c, rankOf);
                for (int i = 0; i < pairs[c].size(); i++) {
                    all[c].add(pairs[c].get(i));
                }
            }
            blocks.add(pairs);
        }
        for (int c = 0; c < classes; c++) {
            code.tokens[c] = Tokens.learn(code.alphabet, all[c]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        code.blockByte = new int[code.blocks() + 1];
        code.tokenCount = new int[code.blocks() * classes];
        for (int block = 0; block < code.blocks(); block++) {
            out.writeBytes(block(block, blocks.get(block)));
            code.blockByte[block + 1] = out.size();
        }
        code.stream = ByteBuffer.wrap(out.toByteArray());
    }

    /** The rank of a symbol in a context's list, at {@code context * alphabet + symbol}. */
    private int[] rankTable() {
        int[] rankOf = new int[code.classOf.length * code.alphabet];
        for (int v = 0; v < code.classOf.length; v++) {
            for (int i = code.listStart[v]; i < code.listStart[v + 1]; i++) {
                rankOf[v * code.alphabet + code.list[i]] = i - code.listStart[v];
            }
        }
        return rankOf;
    }

    /** Runs and ranks of one class in one block. */
    private Ints pairs(int block, int c, int[] rankOf) {
        Ints pairs = new Ints();
        int cluster = code.blockCluster[block];
        long[] rows = code.places[cluster];
        int low = c == 0 ? 0 : code.classEnd[cluster][c - 1];
        int high = code.classEnd[cluster][c];
        int run = 0;
        for (int k = code.blockStart[block]; k < code.blockStart[block + 1]; k++) {
            int col = code.order[k];
            for (int i = low; i < high; i++) {
                int row = PrototypeCode.row(rows[i]);
                int rank = rankOf[context(col, row) * code.alphabet + symbols[col * code.rows + row]];
                if (rank == 0) {
                    run++;
                } else {
                    pairs.add(run);
                    pairs.add(rank);
                    run = 0;
                }
            }
        }
        return pairs;
    }

    private byte[] block(int block, Ints[] pairs) {
        Ints parsed = new Ints();
        int[] counts = new int[pairs.length];
        for (int c = 0; c < pairs.length; c++) {
            int before = parsed.size();
            for (int i = 0; i < pairs[c].size(); i += 2) {
                code.tokens[c].parse(pairs[c].get(i), pairs[c].get(i + 1), parsed);
            }
            counts[c] = (parsed.size() - before) / 3;
        }
        System.arraycopy(counts, 0, code.tokenCount, block * counts.length, counts.length);
        int n = parsed.size() / 3;
        int[] states = new int[TokenReader.STATES];
        int[] bits = new int[n];
        int[] low = new int[n];
        for (int c = counts.length - 1, i = n - 1; c >= 0; c--) {
            AnsTable table = code.tokens[c].table();
            for (int k = counts[c] - 1; k >= 0; k--, i--) {
                int turn = k % TokenReader.STATES;
                int token = parsed.get(3 * i);
                bits[i] = table.bits(states[turn], token);
                low[i] = states[turn] & (1 << bits[i]) - 1;
                states[turn] = table.push(states[turn], token);
            }
        }
        return TokenReader.write(states, low, bits, parsed);
    }
}
