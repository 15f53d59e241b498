package org.parsimony.notebook.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import picocli.CommandLine;

/**
 * The kernel as tests install it: for a short life, so the compiler that takes long to pay off stays out. Who measures what a
 * person waits for asks for that person's compiler: {@code -Dkernel.jvm=-XX:+TieredCompilation}.
 */
public final class TestKernel {

    private TestKernel() {}

    /** Installs it under a folder; what Jupyter finds it by, {@code JUPYTER_PATH}. */
    public static String install(Path prefix) {
        int status = new CommandLine(new Main())
                .execute(
                        "--install",
                        "--no-archive",
                        "--jvm",
                        System.getProperty("kernel.jvm", "-XX:TieredStopAtLevel=1"),
                        "--prefix",
                        prefix.toString());
        assertEquals(0, status, "the kernel is installed");
        return prefix.resolve("share/jupyter").toString();
    }
}
