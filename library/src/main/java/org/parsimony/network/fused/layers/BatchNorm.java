package org.parsimony.network.fused.layers;

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Parameters;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;
import org.parsimony.network.fused.compute.Sums;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of each unit over its columns, with Deeplearning4j's running statistics: in
 * training the batch's own mean and biased variance, in use the running ones.
 */
final class BatchNorm implements Layer {

    private final Signal in;
    private final Signal out;
    private final Parameters parameters;
    private final Parameter gamma;
    private final Parameter beta;
    private final Parameter mean;
    private final Parameter variance;
    private final boolean logarithmic;
    private final double epsilon;
    private final double decay;
    private final float[] normed;
    /** The batch's mean and variance, and the square root that it was divided by. */
    private final double[] centre;

    private final double[] spread;
    private final double[] deviation;

    BatchNorm(Signal in, Signal out, BatchNormalization conf, Parameters parameters, int layer) {
        this.in = in;
        this.out = out;
        this.parameters = parameters;
        gamma = parameters.find(layer, "gamma");
        beta = parameters.find(layer, "beta");
        mean = parameters.find(layer, "mean");
        logarithmic = conf.isUseLogStd();
        variance = parameters.find(layer, logarithmic ? "log10stdev" : "var");
        epsilon = conf.getEps();
        decay = conf.getDecay();
        normed = in.memory.floats(in.value.length);
        centre = in.memory.doubles(in.units);
        spread = in.memory.doubles(in.units);
        deviation = in.memory.doubles(in.units);
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.each(this::normalise);
    }

    @Override
    public void backward(Schedule schedule) {
        parameters.schedule(schedule, this::derive, false, in, gamma, beta);
    }

    private void normalise(Pass pass, int lane) {
        int n = in.columns(pass.samples);
        float[] w = parameters.w;
        int last = in.unit(lane + 1);
        for (int unit = in.unit(lane); unit < last; unit++) {
            int from = unit * n;
            int to = from + n;
            double mu = w[mean.offset() + unit];
            double sigma2 = variance(unit);
            if (pass.training) {
                mu = Sums.of(in.value, from, to) / n;
                sigma2 = Sums.ofSquares(in.value, (float) mu, from, to) / n;
                centre[unit] = mu;
                spread[unit] = sigma2;
            }
            deviation[unit] = Math.sqrt(sigma2 + epsilon);
            float middle = (float) mu;
            float scale = (float) (1 / deviation[unit]);
            float g = gamma == null ? 1 : w[gamma.offset() + unit];
            float b = beta == null ? 0 : w[beta.offset() + unit];
            float[] x = in.value;
            float[] y = out.value;
            float[] hat = normed;
            for (int i = from; i < to; i++) {
                float h = (x[i] - middle) * scale;
                hat[i] = h;
                y[i] = g * h + b;
            }
        }
    }

    private double variance(int unit) {
        double stored = parameters.w[variance.offset() + unit];
        return logarithmic ? Math.pow(10, 2 * stored) : stored;
    }

    private void move(int unit, double mu, double sigma2) {
        int m = mean.offset() + unit;
        int v = variance.offset() + unit;
        float[] w = parameters.w;
        w[m] = (float) (decay * w[m] + (1 - decay) * mu);
        double moved = decay * variance(unit) + (1 - decay) * sigma2;
        w[v] = (float) (logarithmic ? Math.log10(moved) / 2 : moved);
        parameters.values.write(w, m, m + 1);
        parameters.values.write(w, v, v + 1);
    }

    private void derive(Pass pass, int lane) {
        int n = in.columns(pass.samples);
        int first = in.unit(lane);
        int last = in.unit(lane + 1);
        for (int unit = first; unit < last; unit++) {
            int from = unit * n;
            int to = from + n;
            double dBeta = Sums.of(out.delta, from, to);
            double dGamma = Sums.ofProducts(out.delta, normed, from, to);
            float scale = (float) ((gamma == null ? 1 : parameters.w[gamma.offset() + unit]) / deviation[unit]);
            float a = (float) (dBeta / n);
            float c = (float) (dGamma / n);
            float[] dy = out.delta;
            float[] dx = in.delta;
            float[] hat = normed;
            for (int i = from; i < to; i++) {
                dx[i] = scale * (dy[i] - a - c * hat[i]);
            }
            if (pass.updating) {
                move(unit, centre[unit], spread[unit]);
            }
            if (gamma != null) {
                parameters.g[gamma.offset() + unit] = (float) (dGamma * pass.gradientScale);
                parameters.g[beta.offset() + unit] = (float) (dBeta * pass.gradientScale);
            }
        }
        if (gamma != null) {
            parameters.gradients.write(parameters.g, gamma.offset() + first, gamma.offset() + last);
            parameters.gradients.write(parameters.g, beta.offset() + first, beta.offset() + last);
        }
    }
}
