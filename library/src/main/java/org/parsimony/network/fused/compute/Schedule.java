package org.parsimony.network.fused.compute;

import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of one step in order, cut into stretches. Each task is done once for every lane; lanes run side by side within
 * a stretch and wait for each other between stretches. How work is cut into lanes is fixed, whatever the number of
 * threads, so one thread and two compute the same bytes.
 */
public final class Schedule {

    /** Parts of every task. */
    public static final int LANES = 2;

    /** A part of the work of a step. */
    public interface Task {
        void run(Pass pass, int lane);
    }

    private final List<List<Task>> stretches = new ArrayList<>();
    private final List<Task> deferred = new ArrayList<>();
    private List<Task> open = new ArrayList<>();

    /** The start of lane {@code lane}'s share of {@code units}; its end is the start of the next lane's. */
    public static int share(int units, int lane) {
        return units * lane / LANES;
    }

    /** Adds work for every lane. */
    public Schedule each(Task task) {
        open.add(task);
        return this;
    }

    /** Adds work that cannot be shared: lane 0 does it alone, after everything before and before everything after it. */
    public Schedule alone(Task task) {
        meet();
        open.add((pass, lane) -> {
            if (lane == 0) {
                task.run(pass, 0);
            }
        });
        return meet();
    }

    /** Adds work for every lane that must wait until the lanes have met once more. */
    public Schedule later(Task task) {
        deferred.add(task);
        return this;
    }

    /** Lanes wait for each other here. */
    public Schedule meet() {
        if (!open.isEmpty()) {
            stretches.add(open);
            open = new ArrayList<>(deferred);
            deferred.clear();
        }
        return this;
    }

    /** The stretches, each the tasks in order. */
    public Task[][] build() {
        meet();
        meet();
        return stretches.stream().map(s -> s.toArray(Task[]::new)).toArray(Task[][]::new);
    }
}
