package org.parsimony.coding.prototypes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.Ints;

/**
 * The tokens of one context class and their frequencies. A token skips a run of weights that are what their context
 * predicts (rank 0) and then gives the rank of one weight. Frequent pairs of run and rank are one token; rare runs and
 * rare ranks share tokens for their size, four to a doubling, and are followed by raw bits.
 */
final class Tokens {

    static final int RAW_RUN = 6;
    static final int RAW_RANK = 11;
    static final int RANK = 16;
    static final int ADVANCE = 32;
    /** What is not 0 in an entry of a token with raw bits. */
    static final int RAW = 0x3ff << RAW_RUN;

    private static final int MAX_RUN = 0xffff;
    private static final int MAX_TOKENS = 1536;
    /** Ranks below this may have tokens of their own; with size classes and runs they must fit the coder's states. */
    private static final int MAX_DIRECT = AnsTable.STATES * 3 / 4;

    /** What a token, or a weight of a prototype, must save to be worth its time. */
    static final double BITS_FOR_TIME = 0.1;

    /** Twice the run, sorted by (rank code, run); odd for the first run of a size class. */
    private final int[] runs;
    /** A rank, or {@code alphabet +} a size class (see {@link #sizeClass}). */
    private final int[] codes;

    private final int alphabet;
    private int[] frequencies;
    private AnsTable table;
    /** The token of every {@link #key}. */
    private Map<Long, Integer> ids;

    private Tokens(int alphabet, int[] runs, int[] codes, int[] frequencies) {
        this.alphabet = alphabet;
        this.runs = runs;
        this.codes = codes;
        this.frequencies = frequencies;
    }

    /** Numbers from 4 on, four classes to a doubling: n = (4 + class % 4) << class / 4, plus class / 4 raw bits. */
    private static int sizeClass(int n) {
        int extra = rawBits(n);
        return 4 * extra + (n >>> extra) - 4;
    }

    /** Bits of a number, at least 4, that its size class does not tell. */
    private static int rawBits(int n) {
        return 29 - Integer.numberOfLeadingZeros(n);
    }

    private int rawBitsOfRank(int token) {
        return codes[token] < alphabet ? 0 : (codes[token] - alphabet) / 4;
    }

    private int rawBitsOfRun(int token) {
        return (runs[token] & 1) == 0 ? 0 : rawBits(runs[token] >>> 1);
    }

    private static int exactly(int run) {
        return 2 * run;
    }

    /** The size class of a run of at least 4. */
    private static int about(int run) {
        int extra = rawBits(run);
        return 2 * (run >>> extra << extra) + 1;
    }

    /**
     * Chooses tokens for what one class holds: of several ways the one of least {@link #cost}.
     *
     * @param pairs run, rank, run, rank, …
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
            Arrays.setAll(sorted, i -> (long) pairs.get(2 * i) << 32 | pairs.get(2 * i + 1));
            Arrays.sort(sorted);
            int[] first = IntStream.range(0, sorted.length)
                    .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
                    .toArray();
            runs = Arrays.stream(first).map(i -> (int) (sorted[i] >>> 32)).toArray();
            ranks = Arrays.stream(first).map(i -> (int) sorted[i]).toArray();
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
        new Choice(MAX_RUN, 5000, 3000), new Choice(48, 1500, 4000), new Choice(1, 4000, 1)
    };

    private static Tokens choose(int alphabet, Histogram pairs, Choice choice) {
        long[] ranks = new long[alphabet];
        int longest = 0;
        long total = 1;
        for (int i = 0; i < pairs.size(); i++) {
            longest = Math.max(longest, Math.min(pairs.runs[i], MAX_RUN));
            ranks[pairs.ranks[i]] += pairs.counts[i];
            total += pairs.counts[i];
        }
        int[] codeOf = new int[alphabet];
        for (int s = 0; s < alphabet; s++) {
            boolean direct = s < 8 || s < MAX_DIRECT && (alphabet <= 32 || ranks[s] * choice.share >= total);
            codeOf[s] = direct ? s : alphabet + sizeClass(s);
        }
        Map<Long, Long> joint = new HashMap<>();
        joint.put(key(0, 0), 0L);
        for (int run = 1; run < longest; run++) {
            joint.put(key(run < 8 ? exactly(run) : about(run), 0), 0L);
        }
        for (int i = 0; i < pairs.size(); i++) {
            int code = codeOf[pairs.ranks[i]];
            int run = pairs.runs[i];
            joint.putIfAbsent(key(0, code), 0L);
            if (run > 0 && run < choice.runs) {
                joint.merge(key(exactly(run), code), pairs.counts[i], Long::sum);
                if (run >= 8 && code < alphabet) {
                    joint.merge(key(about(run), code), pairs.counts[i], Long::sum);
                }
            }
        }
        List<Long> chosen = new ArrayList<>();
        for (long least = Math.max(12, total / choice.joint); ; least *= 2) {
            chosen.clear();
            for (Map.Entry<Long, Long> e : joint.entrySet()) {
                boolean needed = run(e.getKey()) == 0 || code(e.getKey()) == 0;
                if (needed || e.getValue() >= least) {
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
            keep[t] = t == 0 || uses[t] >= 4 || tokens.codes[t] == 0 && tokens.runs[t] >= 16 && uses[t] > 0;
        }
        for (int rank : pairs.ranks) {
            keep[tokens.ids.get(key(0, codeOf[rank]))] = true;
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
            bits += uses[t] * (length + rawBitsOfRank(t) + rawBitsOfRun(t) + BITS_FOR_TIME);
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
        int code = rank < MAX_DIRECT && ids.containsKey(key(0, rank)) ? rank : alphabet + sizeClass(rank);
        int left = run;
        int token = find(left, code);
        while (token < 0) {
            int step = find(left - 1, 0);
            for (int t = 0; step < 0 && t < runs.length && codes[t] == 0 && runs[t] >>> 1 < left; t++) {
                step = t + 1 < runs.length && codes[t + 1] == 0 && runs[t + 1] >>> 1 < left ? -1 : t;
            }
            int first = runs[step] >>> 1;
            int skip = Math.min(left - 1, first + (1 << rawBitsOfRun(step)) - 1);
            out.add(step, skip - first, rawBitsOfRun(step));
            left -= skip + 1;
            token = find(left, code);
        }
        int inRank = rawBitsOfRank(token);
        int inRun = rawBitsOfRun(token);
        int skip = left - (runs[token] >>> 1);
        out.add(token, skip | (rank & (1 << inRank) - 1) << inRun, inRank + inRun);
    }

    /** The token of a run and a rank code, of this run alone if there is one; −1 if neither. */
    private int find(int run, int code) {
        if (run > MAX_RUN) {
            return -1;
        }
        int exact = ids.getOrDefault(key(exactly(run), code), -1);
        return exact >= 0 || run < 8 ? exact : ids.getOrDefault(key(about(run), code), -1);
    }

    AnsTable table() {
        if (table == null) {
            table = new AnsTable(frequencies);
        }
        return table;
    }

    /**
     * The decoder's table: from bit {@value #RAW_RUN} the number of raw bits that lengthen the run, from {@value
     * #RAW_RANK} of those that end the rank, from {@value #RANK} the rank, from {@value #ADVANCE} the run + 1.
     */
    long[] decoder() {
        long[] payload = new long[runs.length];
        for (int t = 0; t < payload.length; t++) {
            long rank = codes[t] < alphabet ? codes[t] : 4 + (codes[t] - alphabet) % 4;
            payload[t] = (long) rawBitsOfRun(t) << RAW_RUN
                    | (long) rawBitsOfRank(t) << RAW_RANK
                    | rank << RANK
                    | (long) (runs[t] / 2 + 1) << ADVANCE;
        }
        return AnsTable.decoder(frequencies, payload);
    }

    /** How far an entry of the decoder's table goes, without what raw bits add. */
    static int advance(long entry) {
        return (int) (entry >>> ADVANCE) & 0x1ffff;
    }

    /** The rank of an entry that has no raw bits. */
    static int rank(long entry) {
        return (int) entry >>> RANK;
    }

    static boolean hasRaw(long entry) {
        return (entry & RAW) != 0;
    }

    static int rawBits(long entry) {
        return ((int) entry >>> RAW_RUN & 31) + ((int) entry >>> RAW_RANK & 31);
    }

    /** What raw bits add to {@link #advance}. */
    static int run(long entry, long raw) {
        return (int) raw & ~(-1 << (int) (entry >>> RAW_RUN));
    }

    /** The rank of any entry. */
    static int rank(long entry, long raw) {
        return rank(entry) << (int) (entry >>> RAW_RANK) | (int) (raw >>> (entry >>> RAW_RUN & 31));
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
            if (codes[t] > MAX_DIRECT && codes[t] < alphabet) {
                throw new CodingException("has a token for rank " + codes[t] + "; " + MAX_DIRECT + " is the last");
            }
            boolean next = t == 0 || codes[t] != last;
            int run = next ? 0 : runs[t - 1] + 1;
            runs[t] = run + in.gamma("run of a token", exactly(MAX_RUN) + 1 - run);
            if ((runs[t] & 1) == 1 && runs[t] < exactly(8)) {
                throw new CodingException("has a size class for runs of " + runs[t] / 2 + "; they begin at 8");
            }
            frequencies[t] = 1 + in.gamma("frequency of a token", AnsTable.STATES - 1);
            sum += frequencies[t];
        }
        if (sum != AnsTable.STATES) {
            throw new CodingException("has token frequencies that add up to " + sum + ", not to " + AnsTable.STATES);
        }
        return new Tokens(alphabet, runs, codes, frequencies);
    }
}
