package org.parsimony.network.fused;

import java.util.List;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.parsimony.network.fused.compute.Signal;
import org.parsimony.network.training.GroupLasso;

/**
 * One parameter array of one layer: its place in the network's flat parameter vector, and how it is updated. Row r holds
 * the weights into unit r (Deeplearning4j's {@code 'f'} order for dense layers, {@code 'c'} for convolutions).
 */
public final class Parameter {

    private final int layer;
    private final String name;
    private final int offset;
    private final int rows;
    private final int columns;
    final Optimiser optimiser;
    private final Regularization[] penalties;
    /** The signal whose units the rows lead into: it says which lane updates which rows. */
    Signal owner;
    /** Whether lanes share the columns instead. */
    public boolean columnsShared;
    /** Ones and zeros in the order of the parameter, or null. */
    float[] mask;
    /** The penalties' coefficients of this step. */
    float l1Now;

    float l2Now;
    float decayNow;
    /** The factor of a row's direction in its gradient, for the group lasso. */
    public final float group;

    Parameter(
            int layer,
            String name,
            int offset,
            int rows,
            int columns,
            Optimiser optimiser,
            List<Regularization> penalties) {
        this.layer = layer;
        this.name = name;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.optimiser = optimiser;
        this.penalties = penalties == null ? new Regularization[0] : penalties.toArray(Regularization[]::new);
        double factor = 0;
        for (Regularization penalty : this.penalties) {
            if (penalty instanceof GroupLasso lasso) {
                if (lasso.getUnits() != rows) {
                    throw new Unsupported(lasso + " on the " + rows + " units of layer " + layer);
                }
                factor += lasso.factor(columns);
            }
            if (!(penalty instanceof L1Regularization
                    || penalty instanceof L2Regularization
                    || penalty instanceof WeightDecay
                    || penalty instanceof GroupLasso)) {
                throw new Unsupported("the penalty " + penalty + " of layer " + layer);
            }
        }
        group = (float) factor;
    }

    /** Index of the layer in the network. */
    public int layer() {
        return layer;
    }

    /** Deeplearning4j's name, for example {@code "W"}. */
    public String name() {
        return name;
    }

    /** Where it starts in the flat vector. */
    public int offset() {
        return offset;
    }

    /** Where it ends in the flat vector. */
    public int end() {
        return offset + rows * columns;
    }

    /** Units that these parameters lead into. */
    public int rows() {
        return rows;
    }

    /** Parameters of one unit. */
    public int columns() {
        return columns;
    }

    /** Computes the coefficients of this step; Deeplearning4j may list a penalty twice, and then means it. */
    void prepare(int iteration, int epoch) {
        double l1 = 0;
        double l2 = 0;
        double decay = 0;
        for (Regularization penalty : penalties) {
            if (penalty instanceof L1Regularization p) {
                l1 += p.getL1().valueAt(iteration, epoch);
            } else if (penalty instanceof L2Regularization p) {
                l2 += p.getL2().valueAt(iteration, epoch);
            } else if (penalty instanceof WeightDecay p) {
                decay += p.getCoeff().valueAt(iteration, epoch) * (p.isApplyLR() ? optimiser.rate : 1);
            }
        }
        l1Now = (float) l1;
        l2Now = (float) l2;
        decayNow = (float) decay;
    }
}
