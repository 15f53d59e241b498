package org.parsimony.network.machine;

/** Three loops each, right for every size; what a test makes wrong, it overrides. */
class PlainProducts implements ProductCheck.Products {

    @Override
    public void single(
            boolean aTransposed,
            boolean bTransposed,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int aStride,
            float[] b,
            int bStride,
            float beta,
            float[] c,
            int cStride) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int l = 0; l < k; l++) {
                    float left = a[aTransposed ? l * aStride + i : i * aStride + l];
                    sum += left * b[bTransposed ? j * bStride + l : l * bStride + j];
                }
                int at = i * cStride + j;
                c[at] = alpha * sum + (beta == 0 ? 0 : beta * c[at]);
            }
        }
    }

    @Override
    public void doubles(
            boolean aTransposed,
            boolean bTransposed,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int aStride,
            double[] b,
            int bStride,
            double beta,
            double[] c,
            int cStride) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    double left = a[aTransposed ? l * aStride + i : i * aStride + l];
                    sum += left * b[bTransposed ? j * bStride + l : l * bStride + j];
                }
                int at = i * cStride + j;
                c[at] = alpha * sum + (beta == 0 ? 0 : beta * c[at]);
            }
        }
    }

    @Override
    public void vector(
            boolean transposed, int m, int n, float alpha, float[] a, int stride, float[] x, float beta, float[] y) {
        single(transposed, false, transposed ? n : m, 1, transposed ? m : n, alpha, a, stride, x, 1, beta, y, 1);
    }

    @Override
    public void sum(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] += x[i];
        }
    }
}
