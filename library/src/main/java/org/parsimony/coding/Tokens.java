package org.parsimony.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tokens of one context class and their frequencies. A token skips a run of weights that are what their context
 * predicts (rank 0) and then gives the rank of one weight; frequent pairs of run and rank are one token, long runs a
 * token of their own, and rare ranks share a token for their size and are followed by raw bits.
 */
final class Tokens {

    static final int MAX_RUN = 0xffff;
    private static final int MAX_TOKENS = 1536;
    private static final int JOINT_RUNS = 48;
    /** Ranks below this may have tokens of their own; with size classes and runs they must fit the coder's states. */
    private static final int MAX_DIRECT = AnsTable.STATES * 3 / 4;

    private static final int SIZE_CLASSES = 128;
    /** What a token, or a weight of a prototype, must save to be worth its time. */
    static final double BITS_FOR_TIME = 0.1;

    /** Sorted by (rank code, run). */
    private final int[] runs;
    /** A rank, or {@code alphabet +} a size class (see {@link #sizeClass}). */
    private final int[] codes;

    private final int alphabet;
    private int[] frequencies;
    private AnsTable table;
    /** Token by run and {@link #index}; −1 where there is none. */
    private int[][] idOf;

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
     * Chooses tokens for what one class holds: of several ways the one of least {@link #cost}.
     *
     * @param pairs run, rank, run, rank, …; rank −1 for the run that ends a block
     */
    static Tokens learn(int alphabet, Ints pairs) {
        Histogram histogram = new Histogram(pairs);
        Tokens best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Choice choice : CHOICES) {
            Tokens tokens = choose(alphabet, histogram, choice);
            double bits = tokens.cost(histogram);
            if (bits < least) {
                least = bits;
                best = tokens;
            }
        }
        return best;
    }

    /** How often each pair of run and rank occurs. */
    private static final class Histogram {
        final int[] runs;
        final int[] ranks;
        final long[] counts;

        Histogram(Ints pairs) {
            long[] sorted = new long[pairs.size() / 2];
            Arrays.setAll(sorted, i -> (long) pairs.get(2 * i) << 32 | pairs.get(2 * i + 1) + 1);
            Arrays.sort(sorted);
            int[] first = IntStream.range(0, sorted.length)
                    .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
                    .toArray();
            runs = Arrays.stream(first).map(i -> (int) (sorted[i] >>> 32)).toArray();
            ranks = Arrays.stream(first).map(i -> (int) sorted[i] - 1).toArray();
            counts = new long[first.length];
            Arrays.setAll(counts, i -> (i + 1 < first.length ? first[i + 1] : sorted.length) - first[i]);
        }

        int size() {
            return counts.length;
        }
    }

    /**
     * One way to choose.
     *
     * @param runs that may be joined with a rank are shorter than this
     * @param share a rank with a smaller share than one in so many has no token of its own
     * @param joint a pair of run and rank with a smaller share than one in so many has none
     */
    private record Choice(int runs, int share, int joint) {}

    private static final Choice[] CHOICES = {
        new Choice(JOINT_RUNS, 5000, 3000), new Choice(JOINT_RUNS, 1500, 4000), new Choice(1, 4000, 1)
    };

    private static Tokens choose(int alphabet, Histogram pairs, Choice choice) {
        long[] ranks = new long[alphabet];
        int longest = 0;
        long total = 1;
        for (int i = 0; i < pairs.size(); i++) {
            longest = Math.max(longest, pairs.runs[i]);
            if (pairs.ranks[i] >= 0) {
                ranks[pairs.ranks[i]] += pairs.counts[i];
                total += pairs.counts[i];
            }
        }
        int[] codeOf = new int[alphabet];
        for (int s = 0; s < alphabet; s++) {
            boolean direct = s < 8 || s < MAX_DIRECT && (alphabet <= 32 || ranks[s] * choice.share >= total);
            codeOf[s] = direct ? s : alphabet + sizeClass(s);
        }
        Map<Long, long[]> joint = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            int rank = pairs.ranks[i];
            if (rank >= 0) {
                joint.computeIfAbsent(key(0, codeOf[rank]), k -> new long[1]);
                if (pairs.runs[i] > 0 && pairs.runs[i] < choice.runs) {
                    joint.computeIfAbsent(key(pairs.runs[i], codeOf[rank]), k -> new long[1])[0] += pairs.counts[i];
                }
            }
        }
        int longestStep = choice.runs == 1 ? 1 : longest;
        for (int length = 1; ; length = length < 4 ? length + 1 : length + (Integer.highestOneBit(length) >> 1)) {
            joint.computeIfAbsent(key(Math.min(length - 1, MAX_RUN), 0), k -> new long[1]);
            if (length >= longestStep || length > MAX_RUN) {
                break;
            }
        }
        List<Long> chosen = new ArrayList<>();
        for (long least = Math.max(12, total / choice.joint); ; least *= 2) {
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
        return prune(of(alphabet, chosen), pairs, codeOf);
    }

    /** Drops what is hardly used, and counts what is left. */
    private static Tokens prune(Tokens tokens, Histogram pairs, int[] codeOf) {
        long[] uses = tokens.count(pairs);
        boolean[] keep = new boolean[uses.length];
        for (int t = 0; t < uses.length; t++) {
            boolean longStep = tokens.codes[t] == 0 && tokens.runs[t] >= 8 && uses[t] > 0;
            boolean step = tokens.codes[t] == 0 && tokens.runs[t] == 0;
            keep[t] = longStep || step || uses[t] >= 4;
        }
        for (int rank : pairs.ranks) {
            if (rank >= 0) {
                keep[tokens.idOf[0][tokens.index(codeOf[rank])]] = true;
            }
        }
        List<Long> kept = new ArrayList<>();
        for (int t = 0; t < keep.length; t++) {
            if (keep[t]) {
                kept.add(key(tokens.runs[t], tokens.codes[t]));
            }
        }
        Tokens pruned = of(tokens.alphabet, kept);
        pruned.frequencies = AnsTable.normalise(pruned.count(pairs));
        return pruned;
    }

    /** What the stream and the table take, and a little for the time of every token. */
    private double cost(Histogram pairs) {
        long[] uses = count(pairs);
        double bits = 0;
        for (int t = 0; t < uses.length; t++) {
            double length = AnsTable.LOG - Math.log(frequencies[t]) / Math.log(2);
            bits += uses[t] * (length + rawBits(alphabet, codes[t]) + BITS_FOR_TIME);
        }
        BitWriter table = new BitWriter();
        write(table);
        return bits + table.length();
    }

    private static Tokens of(int alphabet, List<Long> keys) {
        long[] sorted = keys.stream().mapToLong(Long::longValue).sorted().toArray();
        int[] runs = Arrays.stream(sorted).mapToInt(Tokens::run).toArray();
        int[] codes = Arrays.stream(sorted).mapToInt(Tokens::code).toArray();
        Tokens tokens = new Tokens(alphabet, runs, codes, null);
        tokens.idOf = new int[JOINT_RUNS][];
        for (int t = 0; t < sorted.length; t++) {
            if (runs[t] < JOINT_RUNS) {
                if (tokens.idOf[runs[t]] == null) {
                    tokens.idOf[runs[t]] = new int[Math.min(alphabet, MAX_DIRECT) + SIZE_CLASSES];
                    Arrays.fill(tokens.idOf[runs[t]], -1);
                }
                tokens.idOf[runs[t]][tokens.index(codes[t])] = t;
            }
        }
        return tokens;
    }

    /** The place of a rank code in {@link #idOf}. */
    private int index(int code) {
        return code < alphabet ? code : Math.min(alphabet, MAX_DIRECT) + code - alphabet;
    }

    /** The token of a run and a rank code, or −1. */
    private int id(int run, int index) {
        return run < JOINT_RUNS && idOf[run] != null ? idOf[run][index] : -1;
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

    private long[] count(Histogram pairs) {
        long[] uses = new long[runs.length];
        Ints out = new Ints();
        for (int i = 0; i < pairs.size(); i++) {
            out.clear();
            parse(pairs.runs[i], pairs.ranks[i], out);
            for (int k = 0; k < out.size(); k += 3) {
                uses[out.get(k)] += pairs.counts[i];
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
        int index = rank < MAX_DIRECT && idOf[0][rank] >= 0 ? rank : index(alphabet + sizeClass(rank));
        int token = id(left, index);
        while (token < 0) {
            int step = step(left, false);
            out.add(step, 0, 0);
            left -= runs[step] + 1;
            token = id(left, index);
        }
        int raw = rawBits(alphabet, codes[token]);
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

    /**
     * Writes the decoder's table: from bit 18 how far the token goes (run + 1), from 35 the rank, from 56 the number of
     * raw bits, their presence in the sign.
     */
    void decoder(long[] into, int offset) {
        long[] payload = new long[runs.length];
        for (int t = 0; t < payload.length; t++) {
            int raw = rawBits(alphabet, codes[t]);
            long rank = codes[t] < alphabet ? codes[t] : 4 + (codes[t] - alphabet) % 4;
            payload[t] = runs[t] + 1 | rank << 17 | (long) raw << 38 | (raw > 0 ? 1L << 45 : 0);
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
