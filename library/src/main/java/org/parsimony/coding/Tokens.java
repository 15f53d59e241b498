package org.parsimony.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of one context class and their frequencies. A token skips a run of weights that are what their context
 * predicts (rank 0) and then gives the rank of one weight; frequent pairs of run and rank are one token, long runs a
 * token of their own, and rare ranks share a token for their size and are followed by raw bits.
 */
final class Tokens {

    static final int MAX_RUN = 0xffff;
    private static final int MAX_TOKENS = 1536;
    private static final int JOINT_RUNS = 48;

    /** Sorted by (rank code, run). */
    private final int[] runs;
    /** A rank, or {@code alphabet +} a size class (see {@link #sizeClass}). */
    private final int[] codes;

    private final int alphabet;
    private int[] frequencies;
    private AnsTable table;
    private Map<Long, Integer> ids;

    private Tokens(int alphabet, int[] runs, int[] codes, int[] frequencies) {
        this.alphabet = alphabet;
        this.runs = runs;
        this.codes = codes;
        this.frequencies = frequencies;
    }

    /** Ranks from 8 on in classes of four to a doubling: rank = (4 + class % 4) << class / 4, plus class / 4 raw bits. */
    private static int sizeClass(int rank) {
        int extra = 29 - Integer.numberOfLeadingZeros(rank);
        return 4 * extra + (rank >>> extra) - 4;
    }

    private static int rawBits(int alphabet, int code) {
        return code < alphabet ? 0 : (code - alphabet) / 4;
    }

    /**
     * Chooses tokens for what one class holds.
     *
     * @param pairs run, rank, run, rank, …; rank −1 for the run that ends a block
     */
    static Tokens learn(int alphabet, Ints pairs) {
        long[] ranks = new long[alphabet];
        int longest = 0;
        long total = 1;
        for (int i = 0; i < pairs.size(); i += 2) {
            longest = Math.max(longest, pairs.get(i));
            if (pairs.get(i + 1) >= 0) {
                ranks[pairs.get(i + 1)]++;
                total++;
            }
        }
        boolean[] direct = new boolean[alphabet];
        for (int s = 0; s < alphabet; s++) {
            direct[s] = s < 8 || alphabet <= 32 || ranks[s] * 5000 >= total;
        }
        Map<Long, long[]> joint = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            int rank = pairs.get(i + 1);
            if (rank >= 0) {
                int code = direct[rank] ? rank : alphabet + sizeClass(rank);
                joint.computeIfAbsent(key(0, code), k -> new long[1]);
                if (pairs.get(i) > 0 && pairs.get(i) < JOINT_RUNS) {
                    joint.computeIfAbsent(key(pairs.get(i), code), k -> new long[1])[0]++;
                }
            }
        }
        for (int length = 1; ; length = length < 4 ? length + 1 : length + (Integer.highestOneBit(length) >> 1)) {
            joint.computeIfAbsent(key(Math.min(length - 1, MAX_RUN), 0), k -> new long[1]);
            if (length >= longest || length > MAX_RUN) {
                break;
            }
        }
        long least = Math.max(12, total / 3000);
        List<Long> chosen = new ArrayList<>();
        for (; ; least *= 2) {
            chosen.clear();
            for (Map.Entry<Long, long[]> e : joint.entrySet()) {
                boolean needed = run(e.getKey()) == 0 || code(e.getKey()) == 0;
                if (needed || e.getValue()[0] >= least) {
                    chosen.add(e.getKey());
                }
            }
            if (chosen.size() <= MAX_TOKENS || least > total) {
                break;
            }
        }
        Tokens tokens = of(alphabet, chosen);
        long[] uses = tokens.count(pairs);
        List<Long> kept = new ArrayList<>();
        for (int t = 0; t < uses.length; t++) {
            boolean literal = tokens.runs[t] == 0 && uses[t] > 0;
            boolean step = tokens.runs[t] == 0 && tokens.codes[t] == 0 && longest > 0;
            boolean longStep = tokens.codes[t] == 0 && tokens.runs[t] >= 8 && uses[t] > 0;
            if (literal || step || longStep || uses[t] >= 4) {
                kept.add(key(tokens.runs[t], tokens.codes[t]));
            }
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            int rank = pairs.get(i + 1);
            long literal = rank < 0 ? -1 : key(0, direct[rank] ? rank : alphabet + sizeClass(rank));
            if (rank >= 0 && !tokens.literalUsed(uses, literal)) {
                kept.add(literal);
                uses[tokens.ids.get(literal)] = 1;
            }
        }
        if (kept.isEmpty()) {
            kept.add(key(0, 0));
        }
        tokens = of(alphabet, kept);
        tokens.frequencies = AnsTable.normalise(tokens.count(pairs));
        return tokens;
    }

    private boolean literalUsed(long[] uses, long literal) {
        return uses[ids.get(literal)] > 0;
    }

    private static Tokens of(int alphabet, List<Long> keys) {
        long[] sorted = keys.stream().mapToLong(Long::longValue).sorted().toArray();
        int[] runs = Arrays.stream(sorted).mapToInt(Tokens::run).toArray();
        int[] codes = Arrays.stream(sorted).mapToInt(Tokens::code).toArray();
        Tokens tokens = new Tokens(alphabet, runs, codes, null);
        tokens.ids = new HashMap<>();
        for (int t = 0; t < sorted.length; t++) {
            tokens.ids.put(sorted[t], t);
        }
        return tokens;
    }

    private static long key(int run, int code) {
        return (long) code << 32 | run;
    }

    private static int run(long key) {
        return (int) key;
    }

    private static int code(long key) {
        return (int) (key >>> 32);
    }

    private long[] count(Ints pairs) {
        long[] uses = new long[runs.length];
        Ints out = new Ints();
        for (int i = 0; i < pairs.size(); i += 2) {
            out.clear();
            parse(pairs.get(i), pairs.get(i + 1), out);
            for (int k = 0; k < out.size(); k += 3) {
                uses[out.get(k)]++;
            }
        }
        return uses;
    }

    /** Appends token, raw bits, number of raw bits for every token that {@code run} and {@code rank} take. */
    void parse(int run, int rank, Ints out) {
        int left = run;
        if (rank < 0) {
            while (left > 0) {
                int token = step(left, true);
                out.add(token, 0, 0);
                left -= runs[token] + 1;
            }
            return;
        }
        int code = rank;
        int raw = 0;
        if (!ids.containsKey(key(0, rank))) {
            code = alphabet + sizeClass(rank);
            raw = rawBits(alphabet, code);
        }
        Integer token = left < JOINT_RUNS ? ids.get(key(left, code)) : null;
        while (token == null) {
            int step = step(left, false);
            out.add(step, 0, 0);
            left -= runs[step] + 1;
            token = left < JOINT_RUNS ? ids.get(key(left, code)) : null;
        }
        out.add(token, rank & (1 << raw) - 1, raw);
    }

    /** The longest token of nothing but {@code left} predicted weights; at the end of a block it may skip too many. */
    private int step(int left, boolean last) {
        int t = 0;
        while (t + 1 < runs.length && codes[t + 1] == 0 && runs[t] + 1 < left) {
            t++;
        }
        return runs[t] + 1 <= left || last ? t : t - 1;
    }

    AnsTable table() {
        if (table == null) {
            table = new AnsTable(frequencies);
        }
        return table;
    }

    /** Writes the decoder's table: run in bits 16 to 31, rank from 32, raw bits from 56, their presence in the sign. */
    void decoder(long[] into, int offset) {
        long[] payload = new long[runs.length];
        for (int t = 0; t < payload.length; t++) {
            int raw = rawBits(alphabet, codes[t]);
            long rank = codes[t] < alphabet ? codes[t] : 4 + (codes[t] - alphabet) % 4;
            payload[t] = runs[t] | rank << 16 | (long) raw << 40 | (raw > 0 ? 1L << 47 : 0);
        }
        AnsTable.decoder(frequencies, payload, into, offset);
    }

    void write(BitWriter out) {
        out.gamma(runs.length - 1);
        for (int t = 0; t < runs.length; t++) {
            boolean next = t == 0 || codes[t] != codes[t - 1];
            out.gamma(codes[t] - (t == 0 ? 0 : codes[t - 1]));
            out.gamma(next ? runs[t] : runs[t] - runs[t - 1] - 1);
            out.gamma(frequencies[t] - 1);
        }
    }

    static Tokens read(BitReader in, int alphabet) {
        int n = in.gamma("number of tokens", AnsTable.STATES - 1) + 1;
        int[] runs = new int[n];
        int[] codes = new int[n];
        int[] frequencies = new int[n];
        int sum = 0;
        for (int t = 0; t < n; t++) {
            int last = t == 0 ? 0 : codes[t - 1];
            codes[t] = last + in.gamma("rank of a token", alphabet + 100L - last);
            boolean next = t == 0 || codes[t] != last;
            int run = next ? 0 : runs[t - 1] + 1;
            runs[t] = run + in.gamma("run of a token", MAX_RUN - run);
            frequencies[t] = 1 + in.gamma("frequency of a token", AnsTable.STATES - 1);
            sum += frequencies[t];
        }
        if (sum != AnsTable.STATES) {
            throw new CodingException("has token frequencies that add up to " + sum + ", not to " + AnsTable.STATES);
        }
        return new Tokens(alphabet, runs, codes, frequencies);
    }
}
