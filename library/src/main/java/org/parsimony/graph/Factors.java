package org.parsimony.graph;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.network.curvature.KroneckerCurvature;
import org.parsimony.network.curvature.SquareMatrix;

/** Over which nodes the Kronecker factors of the Fisher information are taken. */
public enum Factors {
    /** None: the gradient as it is. */
    NONE {
        @Override
        int[] rows(GraphNet net, int[] labelled) {
            return new int[0];
        }

        @Override
        double scale(int units, int labelled) {
            return 0;
        }

        @Override
        double count(int labelled, double others) {
            return 1;
        }
    },
    /**
     * As the authors' code has it: inputs of all nodes, divided by the number of those in the loss, labelled and, by their
     * weight, others; derivatives multiplied by the number of the layer's units.
     */
    ALL_NODES {
        @Override
        int[] rows(GraphNet net, int[] labelled) {
            return net.all();
        }

        @Override
        double scale(int units, int labelled) {
            return units;
        }

        @Override
        double count(int labelled, double others) {
            return labelled + others;
        }
    },
    /** Inputs of the labelled nodes, derivatives of single nodes' losses: the moments that the theory asks for. */
    LABELLED {
        @Override
        int[] rows(GraphNet net, int[] labelled) {
            return labelled;
        }

        @Override
        double scale(int units, int labelled) {
            return labelled;
        }

        @Override
        double count(int labelled, double others) {
            return labelled;
        }
    };

    /** Nodes whose inputs count. */
    abstract int[] rows(GraphNet net, int[] labelled);

    /** By what derivatives of the mean loss are multiplied. */
    abstract double scale(int units, int labelled);

    /** By what the sums are divided. */
    abstract double count(int labelled, double others);

    /** Inputs of the first layer, with a one for the bias. */
    SquareMatrix firstInputs(GraphNet net, int[] labelled, double others) {
        double[] sums = net.averaged().moments(rows(net, labelled), 1 / count(labelled.length, others));
        return new SquareMatrix(net.averaged().columns() + 1, sums);
    }

    /** Inputs of the second. */
    SquareMatrix secondInputs(GraphNet net, GraphNet.Pass pass, int[] labelled, double others) {
        int hidden = net.hidden();
        int[] rows = rows(net, labelled);
        double[] x = new double[rows.length * (hidden + 1)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(pass.averages, rows[i] * hidden, x, i * (hidden + 1), hidden);
            x[i * (hidden + 1) + hidden] = 1;
        }
        return SquareMatrix.gram(hidden + 1, x, 1 / count(labelled.length, others));
    }

    /** Derivatives of a layer's sums, {@code [nodes × units]}, of all nodes: neighbours of labelled ones have some too. */
    SquareMatrix derivatives(double[] of, int units, int labelled, double others) {
        double scale = scale(units, labelled);
        return SquareMatrix.gram(units, of, scale * scale / count(labelled, others));
    }

    /**
     * The damped factors of both layers, to be multiplied with gradients {@code [inputs + 1 × units]}. The first layer's
     * inputs do not change while the count of nodes does not, and neither does the inverse of their moments.
     *
     * @param before those of the last time, or an empty list
     * @param isSameCount whether the count of nodes is as it was then
     */
    List<KroneckerCurvature> curvatures(
            GraphNet net,
            GraphNet.Pass pass,
            GraphNet.Derivatives derivatives,
            int[] labelled,
            double others,
            double damping,
            List<KroneckerCurvature> before,
            boolean isSameCount) {
        SquareMatrix first = derivatives(derivatives.first(), net.hidden(), labelled.length, others);
        SquareMatrix second = derivatives(derivatives.second(), net.classes(), labelled.length, others);
        List<KroneckerCurvature> both = new ArrayList<>();
        both.add(
                !before.isEmpty() && isSameCount
                        ? before.get(0).withInner(first)
                        : new KroneckerCurvature(firstInputs(net, labelled, others), first, damping));
        both.add(new KroneckerCurvature(secondInputs(net, pass, labelled, others), second, damping));
        return both;
    }
}
