package org.parsimony.notebook.bench.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Workplace;

/** A program of the library's that carries recipes out, a few side by side, and says which runs are finished. */
final class Driver {

    private static final int SIDE_BY_SIDE = 4;

    private Driver() {}

    /** @param arguments seed of the order, then files of recipes */
    public static void main(String[] arguments) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            files.add(Path.of(file));
        }
        Collections.shuffle(files, new Random(Long.parseLong(arguments[0])));
        int status = 0;
        try {
            for (int from = 0; from < files.size(); from += SIDE_BY_SIDE) {
                List<Recipe> some = new ArrayList<>();
                for (Path file : files.subList(from, Math.min(files.size(), from + SIDE_BY_SIDE))) {
                    some.add(Recipe.read(file));
                }
                Workplace.here()
                        .withThreads(2)
                        .run(some, Progress.NONE)
                        .forEach(run -> System.out.println("finished " + run.id()));
            }
        } catch (RuntimeException e) {
            e.printStackTrace(System.out);
            status = 2;
        }
        System.exit(status);
    }
}
