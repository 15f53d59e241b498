package org.parsimony.network.machine;

/** Sets of vector instructions that linear algebra is written for, the widest first within a family of processors. */
public enum Instructions {
    /** 512 bits with the extensions F, CD, BW, DQ and VL, as servers have had them since Skylake and Zen 4. */
    AVX512("AVX-512"),
    /** 256 bits with fused multiply-add. */
    AVX2("AVX2"),
    /** 256 bits. */
    AVX("AVX"),
    /** 128 bits, of every 64-bit processor of the x86 family. */
    SSE2("SSE2"),
    /** Scalable vectors of Arm. */
    SVE("SVE"),
    /** 128 bits, of every 64-bit Arm. */
    NEON("NEON"),
    /** A processor of another family. */
    OTHER("other");

    private final String text;

    Instructions(String text) {
        this.text = text;
    }

    /** As a paper would write it: {@code AVX-512}. */
    @Override
    public String toString() {
        return text;
    }
}
