package org.parsimony.coding;

import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.entropy.HuffmanCode;

/**
 * How the papers count bits, and their bounds: beside the size that a code really takes.
 *
 * <p>P1 is Marinò et al., ICPR 2020; P4 is Marinò et al., IEEE Access 2023. Occupancy ψ is compressed size over
 * {@code 32·n·m} bits.
 */
public final class Accounting {

    private Accounting() {}

    /** P4's index width: the smallest of 8, 16, 32, 64 bits that can hold {@code x}. */
    public static int bitReq(long x) {
        int bits = 8;
        while (bits < 64 && x >>> bits != 0) {
            bits *= 2;
        }
        return bits;
    }

    /**
     * P4's bound on HAM in bits a weight: 1 + log₂ k + B_k/(nm), B_k = 2(k−1)·bitReq(k) + k·bitReq(2^(k−1)) + 32k.
     *
     * @param k distinct values, zero included
     */
    public static double hamBound(int rows, int cols, int k) {
        return 1 + log2(k) + tableBound(k) / ((double) rows * cols);
    }

    /**
     * P4's bound on sHAM in bits a weight, its network branch with row indices of the width that rows need:
     * s(1 + log₂ k + b) + b(m+1)/(nm) + B_k/(nm), b = bitReq(n).
     *
     * @param nonzeros s·n·m
     * @param k distinct nonzero values
     */
    public static double shamBound(int rows, int cols, long nonzeros, int k) {
        double nm = (double) rows * cols;
        int b = bitReq(rows);
        return nonzeros / nm * (1 + log2(Math.max(1, k)) + b) + b * (cols + 1) / nm + tableBound(k) / nm;
    }

    private static double tableBound(int k) {
        double words = k - 1 >= 64 ? bitReqOfPower(k - 1) : bitReq(1L << k - 1);
        return 2.0 * Math.max(0, k - 1) * bitReq(k) + k * words + 32.0 * k;
    }

    /** {@link #bitReq} of 2^exponent for exponents that no long can hold. */
    private static double bitReqOfPower(int exponent) {
        double bits = 64;
        while (exponent >= bits) {
            bits *= 2;
        }
        return bits;
    }

    /**
     * ψ of HAM as P1's scripts report it: they charge 16 bytes for every 64-bit word of the stream, twice what it
     * takes, and for each value its word as characters plus 13 bytes.
     */
    public static double psiReported(HamMatrix ham) {
        return psi(ham.streamBits(), 16, ham.code(), 0, ham.rows(), ham.cols());
    }

    /** ψ of HAM with the 8 bytes that a 64-bit word takes, else as {@link #psiReported(HamMatrix)}. */
    public static double psiCorrected(HamMatrix ham) {
        return psi(ham.streamBits(), 8, ham.code(), 0, ham.rows(), ham.cols());
    }

    /** ψ of sHAM as P1's scripts report it: value stream doubled, row indices and counts of columns as they are. */
    public static double psiReported(ShamMatrix sham) {
        return psi(sham.streamBits(), 16, sham.code(), sham.indexBits(), sham.rows(), sham.cols());
    }

    /** ψ of sHAM with the 8 bytes that a 64-bit word takes, else as {@link #psiReported(ShamMatrix)}. */
    public static double psiCorrected(ShamMatrix sham) {
        return psi(sham.streamBits(), 8, sham.code(), sham.indexBits(), sham.rows(), sham.cols());
    }

    private static double psi(long streamBits, int bytesPerWord, HuffmanCode code, long indexBits, int rows, int cols) {
        double bytes = bytesPerWord * ((streamBits + 63) / 64) + indexBits / 8.0;
        for (int i = 0; i < code.size(); i++) {
            bytes += code.length(i) + 1 + 4 + 8;
        }
        return bytes / (4.0 * rows * cols);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
