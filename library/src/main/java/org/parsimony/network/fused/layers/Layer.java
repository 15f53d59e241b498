package org.parsimony.network.fused.layers;

import org.parsimony.network.fused.compute.Schedule;

/** One layer: the tasks it adds to a step. */
public interface Layer {

    /** Adds the tasks that turn the incoming signal's values into the outgoing signal's. */
    void forward(Schedule schedule);

    /** Adds the tasks that turn the outgoing signal's derivatives into the incoming signal's and update the parameters. */
    void backward(Schedule schedule);
}
