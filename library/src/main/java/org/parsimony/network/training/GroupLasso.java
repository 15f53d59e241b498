package org.parsimony.network.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.parsimony.base.Require;

/**
 * The group lasso over units: {@code coefficient · Σ √(weights of a unit) · ‖w_unit‖₂}, where a group is what leads into one
 * unit, that is a column of a dense layer's weights {@code [inputs × units]} or a filter of a convolution's
 * {@code [filters × channels × height × width]}. It drives whole units towards zero, where L1 does so for single weights.
 *
 * <p>It stands in a layer's configuration beside L1 and L2 ({@code builder.regularization(List.of(new GroupLasso(1e-4, units)))}),
 * is trained on either engine, saved with the network and counted in its score. As for Deeplearning4j's L1, its gradient is
 * added to the loss's, with 0 at a group that is zero: a sub-gradient step, the one form that means the same under every
 * optimiser (the threshold of a proximal step under Adam would differ from weight to weight). Groups so come near to zero
 * rather than to it; {@code Surgery} removes those below a threshold.
 *
 * <p>M. Yuan and Y. Lin, Model selection and estimation in regression with grouped variables, Journal of the Royal
 * Statistical Society B 68(1), 2006, equation 2.1; for units of networks W. Wen and others, Learning structured sparsity in
 * deep neural networks, 2016.
 */
public final class GroupLasso implements Regularization {

    private static final long serialVersionUID = 1;

    private final double coefficient;
    private final int units;

    /**
     * @param coefficient at least 0; 1e-5 to 1e-3 are usual
     * @param units of the layer: Deeplearning4j hands a penalty the weights as one flat run, so it must know how many groups
     *     they are
     */
    public GroupLasso(@JsonProperty("coefficient") double coefficient, @JsonProperty("units") int units) {
        this.coefficient = Require.between("coefficient", coefficient, 0, Double.MAX_VALUE);
        this.units = Require.atLeast("units", units, 1);
    }

    /** What the sum of the groups' norms is multiplied by. */
    public double getCoefficient() {
        return coefficient;
    }

    /** Units of the layer, that is groups. */
    public int getUnits() {
        return units;
    }

    /** The factor of {@code w_unit / ‖w_unit‖₂} in the gradient, for units of so many weights. */
    public double factor(long weightsOfAUnit) {
        return coefficient * Math.sqrt(weightsOfAUnit);
    }

    @Override
    public ApplyStep applyStep() {
        return ApplyStep.BEFORE_UPDATER;
    }

    @Override
    public void apply(INDArray weights, INDArray gradient, double rate, int iteration, int epoch) {
        INDArray groups = groups(weights);
        INDArray scale = groups.norm2(1);
        for (int unit = 0; unit < units; unit++) {
            double norm = scale.getDouble(unit);
            scale.putScalar(unit, norm == 0 ? 0 : factor(groups.columns()) / norm);
        }
        groups(gradient).addi(groups.mulColumnVector(scale));
    }

    @Override
    public double score(INDArray weights, int iteration, int epoch) {
        INDArray groups = groups(weights);
        return factor(groups.columns()) * groups.norm2(1).sumNumber().doubleValue();
    }

    /** The same memory as {@code [units × weights of a unit]}. */
    private INDArray groups(INDArray weights) {
        if (weights.length() % units != 0) {
            throw new IllegalArgumentException("units of the group lasso is " + units + ", but must be the layer's own"
                    + " number of units, which divides its " + weights.length() + " weights");
        }
        boolean columns = weights.rank() == 2 && weights.size(1) == units;
        return columns ? weights.transpose() : weights.reshape('c', units, weights.length() / units);
    }

    @Override
    public GroupLasso clone() {
        return new GroupLasso(coefficient, units);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupLasso that && that.coefficient == coefficient && that.units == units;
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(coefficient) + units;
    }

    @Override
    public String toString() {
        return "GroupLasso(" + coefficient + ", " + units + " units)";
    }
}
