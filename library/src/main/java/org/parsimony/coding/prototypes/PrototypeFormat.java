package org.parsimony.coding.prototypes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.entropy.BitReader;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.HuffmanDecoder;
import org.parsimony.coding.entropy.Ints;

/**
 * A {@link PrototypeCode} as bits: first everything but the blocks ("the head"), then the blocks, the prototypes' own
 * before the columns'. Numbers are Elias gamma codes unless their width is stated.
 */
final class PrototypeFormat {

    private PrototypeFormat() {}

    static void writeHead(PrototypeCode code, BitWriter out) {
        out.write(code.nested == null ? 0 : 1, 1);
        if (code.nested != null) {
            out.gamma(code.clusters - 1);
            writeHead(code.nested, out);
            writeMembers(code, out);
        }
        writeLists(code, out);
        out.write(code.tokens.length - 1, 4);
        for (int v = 0; v < code.classOf.length; v++) {
            if (code.listStart[v + 1] > code.listStart[v]) {
                out.write(code.classOf[v], width(code.tokens.length));
            }
        }
        for (Tokens tokens : code.tokens) {
            tokens.write(out);
        }
        writeBlocks(code, out);
    }

    static PrototypeCode readHead(BitReader in, int rows, int cols, int alphabet) {
        PrototypeCode code = new PrototypeCode();
        code.rows = rows;
        code.cols = cols;
        code.alphabet = alphabet;
        int[] member = new int[cols];
        code.clusters = 1;
        if (in.read(1) == 1) {
            if (alphabet > Prototypes.MAX_SYMBOLS) {
                throw new CodingException("has prototypes of " + alphabet + " symbols; " + Prototypes.MAX_SYMBOLS
                        + " at most may have some");
            }
            code.clusters = 1 + in.gamma("number of prototypes", Math.min(cols, in.bitsLeft()) - 1);
            if (2 * code.clusters > cols || (long) code.clusters * rows > (1 << 22) + 512 * in.bitsLeft()) {
                throw new CodingException("says that " + cols + " columns have " + code.clusters + " prototypes");
            }
            code.nested = readHead(in, rows, code.clusters, alphabet);
            readMembers(in, member, code.clusters);
        }
        readLists(in, code);
        code.tokens = new Tokens[(int) in.read(4) + 1];
        code.classOf = new int[code.listStart.length - 1];
        for (int v = 0; v < code.classOf.length; v++) {
            if (code.listStart[v + 1] > code.listStart[v]) {
                code.classOf[v] = (int) in.read(width(code.tokens.length));
                if (code.classOf[v] >= code.tokens.length) {
                    throw new CodingException("puts context " + v + " into a class that does not exist");
                }
            }
        }
        for (int c = 0; c < code.tokens.length; c++) {
            code.tokens[c] = Tokens.read(in, alphabet);
        }
        readBlocks(in, code, member);
        return code;
    }

    /** Words of each length; what stands in the file of a matrix of words beside them and the values. */
    static void writeWords(HuffmanCode words, BitWriter out) {
        out.gamma(words.maxLength() - 1);
        for (int length = 1, s = 0; length <= words.maxLength(); length++) {
            int first = s;
            while (s < words.size() && words.length(s) == length) {
                s++;
            }
            out.gamma(s - first);
        }
    }

    /** A matrix of words, decoded once, which gives the starts of its columns. */
    static HamMatrix readWords(BitReader in, int rows, int cols, float[] values, ByteBuffer stream) {
        int max = 1 + in.gamma("longest word", 56);
        int[] lengths = new int[values.length];
        int n = 0;
        for (int length = 1; length <= max; length++) {
            int next = n + in.gamma("number of words", values.length - n);
            Arrays.fill(lengths, n, next, length);
            n = next;
        }
        HuffmanCode words = HuffmanCode.ofLengths(values, lengths);
        HuffmanDecoder decoder = new HuffmanDecoder(words, HuffmanDecoder.FULL);
        long[] start = new long[cols + 1];
        int[] symbols = new int[rows];
        for (int col = 0; col < cols; col++) {
            long end = Math.min(8L * stream.capacity(), start[col] + (long) rows * max);
            start[col + 1] = decoder.decode(stream, start[col], end, rows, symbols);
        }
        if (8L * stream.capacity() - start[cols] >= 8) {
            throw new CodingException("has bytes to spare after its end");
        }
        return new HamMatrix(rows, cols, words, start, stream);
    }

    /** Gives every level its bytes: {@code stream} from {@code at} on; returns the first byte after them. */
    static int attach(PrototypeCode code, ByteBuffer stream, int at) {
        int from = code.nested == null ? at : attach(code.nested, stream, at);
        int length = code.blockByte[code.blocks()];
        if (length > stream.capacity() - from) {
            throw new CodingException(
                    "is cut: its blocks need " + length + " bytes, but only " + (stream.capacity() - from) + " follow");
        }
        code.stream = stream.slice(from, length);
        if (code.nested != null) {
            code.prototypes = code.nested.symbols();
        }
        code.check();
        return from + length;
    }

    /** Bits that numbers below {@code n} need. */
    private static int width(int n) {
        return 32 - Integer.numberOfLeadingZeros(n - 1);
    }

    private static void writeLists(PrototypeCode code, BitWriter out) {
        int width = width(code.alphabet);
        for (int v = 0; v < code.classOf.length; v++) {
            int from = code.listStart[v];
            int to = code.listStart[v + 1];
            out.gamma(to - from);
            boolean natural = true;
            for (int i = from; i < to; i++) {
                natural &= code.list[i] == i - from;
            }
            if (to > from) {
                out.write(natural ? 1 : 0, 1);
            }
            for (int i = from; i < to && !natural; i++) {
                out.write(code.list[i], width);
            }
        }
    }

    private static void readLists(BitReader in, PrototypeCode code) {
        int width = width(code.alphabet);
        int contexts = code.nested == null ? 1 : code.alphabet;
        code.listStart = new int[contexts + 1];
        Ints list = new Ints();
        for (int v = 0; v < contexts; v++) {
            int n = in.gamma("number of symbols", code.alphabet);
            boolean natural = n > 0 && in.read(1) == 1;
            for (int i = 0; i < n; i++) {
                int s = natural ? i : (int) in.read(width);
                if (s >= code.alphabet) {
                    throw new CodingException("names symbol " + s + " of " + code.alphabet);
                }
                list.add(s);
            }
            code.listStart[v + 1] = list.size();
        }
        code.list = list.toArray();
    }

    private static HuffmanCode memberCode(int[] sizes) {
        long[] counts = Arrays.stream(sizes).mapToLong(n -> Math.max(1, n)).toArray();
        float[] numbers = new float[sizes.length];
        for (int p = 0; p < numbers.length; p++) {
            numbers[p] = p;
        }
        return HuffmanCode.of(numbers, counts);
    }

    /** Sizes of the clusters, from which both sides make the same Huffman code, then a word for each column. */
    private static void writeMembers(PrototypeCode code, BitWriter out) {
        int[] member = new int[code.cols];
        int[] sizes = new int[code.clusters];
        for (int block = 0; block < code.blocks(); block++) {
            for (int k = code.blockStart[block]; k < code.blockStart[block + 1]; k++) {
                member[code.order[k]] = code.blockCluster[block];
                sizes[code.blockCluster[block]]++;
            }
        }
        for (int size : sizes) {
            out.gamma(size);
        }
        HuffmanCode huffman = memberCode(sizes);
        int[] word = new int[sizes.length];
        for (int i = 0; i < word.length; i++) {
            word[(int) huffman.value(i)] = i;
        }
        for (int p : member) {
            out.write(huffman.word(word[p]), huffman.length(word[p]));
        }
    }

    private static void readMembers(BitReader in, int[] member, int clusters) {
        int[] sizes = new int[clusters];
        for (int p = 0; p < clusters; p++) {
            sizes[p] = in.gamma("size of a cluster", member.length);
        }
        HuffmanCode huffman = memberCode(sizes);
        int[] count = new int[huffman.maxLength() + 1];
        for (int length : huffman.lengths()) {
            count[length]++;
        }
        for (int col = 0; col < member.length; col++) {
            long word = 0;
            long first = 0;
            int index = 0;
            int length = 0;
            do {
                index += count[length];
                first = first + count[length] << 1;
                if (++length == count.length) {
                    throw new CodingException("gives column " + col + " to no prototype");
                }
                word = word << 1 | in.read(1);
            } while (word - first >= count[length]);
            member[col] = (int) huffman.value(index + (int) (word - first));
        }
    }

    private static void writeBlocks(PrototypeCode code, BitWriter out) {
        int longest = 0;
        for (int block = 0; block < code.blocks(); block++) {
            longest = Math.max(longest, code.blockByte[block + 1] - code.blockByte[block]);
        }
        int width = width(longest + 1);
        out.write(width, 5);
        int classes = code.tokens.length;
        int[] widths = new int[classes];
        for (int i = 0; i < code.tokenCount.length; i++) {
            widths[i % classes] = Math.max(widths[i % classes], width(code.tokenCount[i] + 1));
        }
        for (int w : widths) {
            out.write(w, 5);
        }
        for (int block = 0; block < code.blocks(); block++) {
            boolean last = block + 1 == code.blocks() || code.blockCluster[block + 1] != code.blockCluster[block];
            out.write(last ? 1 : 0, 1);
            if (!last) {
                out.gamma(code.blockStart[block + 1] - code.blockStart[block] - 1);
            }
            out.write(code.blockByte[block + 1] - code.blockByte[block], width);
            for (int c = 0; c < classes; c++) {
                out.write(code.tokenCount[block * classes + c], widths[c]);
            }
        }
    }

    private static void readBlocks(BitReader in, PrototypeCode code, int[] member) {
        int[] end = new int[code.clusters + 1];
        for (int p : member) {
            end[p + 1]++;
        }
        for (int p = 0; p < code.clusters; p++) {
            end[p + 1] += end[p];
        }
        code.order = new int[code.cols];
        int[] next = end.clone();
        for (int col = 0; col < code.cols; col++) {
            code.order[next[member[col]]++] = col;
        }
        int width = (int) in.read(5);
        int[] widths = new int[code.tokens.length];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = (int) in.read(5);
        }
        Ints counts = new Ints();
        Ints starts = new Ints();
        Ints clusters = new Ints();
        Ints bytes = new Ints();
        starts.add(0);
        bytes.add(0);
        for (int p = 0; p < code.clusters; p++) {
            while (starts.get(starts.size() - 1) < end[p + 1]) {
                int from = starts.get(starts.size() - 1);
                boolean last = in.read(1) == 1;
                int left = end[p + 1] - from;
                starts.add(last ? end[p + 1] : from + 1 + in.gamma("columns of a block", left - 1));
                clusters.add(p);
                long length = in.read(width);
                long total = bytes.get(bytes.size() - 1) + length;
                if (8 * length < TokenReader.HEAD || total > Integer.MAX_VALUE) {
                    throw new CodingException("has a block of " + length + " bytes; its states alone take more");
                }
                bytes.add((int) total);
                for (int w : widths) {
                    counts.add((int) in.read(w));
                }
            }
        }
        code.blockStart = starts.toArray();
        code.blockCluster = clusters.toArray();
        code.blockByte = bytes.toArray();
        code.tokenCount = counts.toArray();
    }
}
