package org.parsimony.network.fused.layers;

import org.nd4j.linalg.schedule.ISchedule;
import org.parsimony.base.Seeds;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;

/**
 * Inverted dropout: in training a value is kept with probability p and then divided by p. Which are kept is a hash of the
 * seed, the update's number and the place, so that it is the same on any number of threads and after a restart.
 */
final class Dropout implements Layer {

    private final Signal in;
    private final Signal out;
    private final double keep;
    private final ISchedule schedule;
    private final long seed;

    Dropout(Signal in, Signal out, org.deeplearning4j.nn.conf.dropout.Dropout conf, int layer, long seed) {
        this.in = in;
        this.out = out;
        keep = conf.getP();
        schedule = conf.getPSchedule();
        this.seed = Seeds.derive(seed, "dropout " + layer);
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.each((pass, lane) -> thin(pass, lane, in.value, out.value));
    }

    @Override
    public void backward(Schedule schedule) {
        schedule.each((pass, lane) -> thin(pass, lane, out.delta, in.delta));
    }

    private void thin(Pass pass, int lane, float[] source, float[] target) {
        int from = in.start(pass.samples, lane);
        int to = in.start(pass.samples, lane + 1);
        if (!pass.training) {
            System.arraycopy(source, from, target, from, to - from);
            return;
        }
        double p = schedule == null ? keep : schedule.valueAt(pass.iteration, pass.epoch);
        float scale = (float) (1 / p);
        long limit = (long) (p * (1L << 32));
        long step = mix(seed + 0x9e3779b97f4a7c15L * (pass.iteration + 1));
        for (int i = from; i < to; i++) {
            target[i] = mix(step + 0xbf58476d1ce4e5b9L * i) >>> 32 < limit ? source[i] * scale : 0;
        }
    }

    /** The finaliser of SplittableRandom. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
