package org.parsimony.network.fused.layers;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.parsimony.network.fused.Unsupported;
import org.parsimony.network.fused.compute.Signal;

/**
 * How a kernel slides over a plane: sizes, strides and padding at the top and left, as Deeplearning4j's convolution modes
 * say. Rows and columns that lie outside the plane count as padding.
 */
record Window(
        int height,
        int width,
        int kernelHeight,
        int kernelWidth,
        int strideDown,
        int strideAcross,
        int top,
        int left,
        int outHeight,
        int outWidth) {

    /** The window over planes of {@code height × width}. */
    static Window of(Signal in, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        if (dilation[0] != 1 || dilation[1] != 1) {
            throw new Unsupported("a dilated kernel");
        }
        int[] size = {in.height, in.width};
        int[] out = new int[2];
        int[] before = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            if (mode == ConvolutionMode.Same) {
                out[axis] = (size[axis] + stride[axis] - 1) / stride[axis];
                before[axis] = Math.max(0, (out[axis] - 1) * stride[axis] + kernel[axis] - size[axis]) / 2;
            } else if (mode == ConvolutionMode.Truncate || mode == ConvolutionMode.Strict) {
                out[axis] = (size[axis] + 2 * padding[axis] - kernel[axis]) / stride[axis] + 1;
                before[axis] = padding[axis];
            } else {
                throw new Unsupported("the convolution mode " + mode);
            }
        }
        return new Window(
                size[0], size[1], kernel[0], kernel[1], stride[0], stride[1], before[0], before[1], out[0], out[1]);
    }

    /** Positions of the kernel. */
    int positions() {
        return outHeight * outWidth;
    }

    /** Weights of the kernel for one channel. */
    int kernel() {
        return kernelHeight * kernelWidth;
    }

    /** The first of the {@code out} positions whose row or column {@code offset} of the kernel lies inside the plane. */
    static int firstInside(int offset, int before, int stride) {
        return Math.max(0, (before - offset + stride - 1) / stride);
    }

    /** One after the last such position. */
    static int endInside(int offset, int before, int stride, int size, int out) {
        return Math.min(out, Math.floorDiv(size - 1 + before - offset, stride) + 1);
    }
}
