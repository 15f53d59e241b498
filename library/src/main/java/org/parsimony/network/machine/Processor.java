package org.parsimony.network.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A processor.
 *
 * @param model as the operating system names it, with family and model number where it tells them; never empty
 * @param instructions the widest vector instructions that processor and operating system offer
 */
public record Processor(String model, Instructions instructions) {

    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final List<String> AVX512 = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

    /** The processor of this machine. */
    public static Processor here() {
        String architecture = System.getProperty("os.arch");
        if (Files.isReadable(LINUX)) {
            try {
                return ofLinux(Files.readString(LINUX), architecture);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + LINUX, e);
            }
        }
        String model = System.getProperty("os.name").startsWith("Mac")
                ? answer("sysctl", "-n", "machdep.cpu.brand_string")
                : System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "");
        return new Processor(model.isBlank() ? architecture : model.strip(), ofJvm(architecture));
    }

    /**
     * A processor as Linux describes it.
     *
     * @param description the text of {@code /proc/cpuinfo}; only its first processor counts
     * @param architecture as Java's property {@code os.arch} has it
     */
    static Processor ofLinux(String description, String architecture) {
        Set<String> flags = new HashSet<>(
                Arrays.asList((field(description, "flags") + " " + field(description, "Features")).split("\\s+")));
        Instructions instructions;
        if (flags.containsAll(AVX512)) {
            instructions = Instructions.AVX512;
        } else if (flags.contains("avx2") && flags.contains("fma")) {
            instructions = Instructions.AVX2;
        } else if (flags.contains("avx")) {
            instructions = Instructions.AVX;
        } else if (flags.contains("sve")) {
            instructions = Instructions.SVE;
        } else {
            instructions = least(architecture);
        }
        String numbers = Stream.of("cpu family", "model", "CPU implementer", "CPU part")
                .filter(name -> !field(description, name).isEmpty())
                .map(name -> name.replace("cpu ", "") + " " + field(description, name))
                .collect(Collectors.joining(" "));
        String model = Stream.of(field(description, "model name"), numbers)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return new Processor(model.isEmpty() ? architecture : model, instructions);
    }

    private static String field(String description, String name) {
        return description
                .lines()
                .filter(line -> line.contains(":")
                        && line.substring(0, line.indexOf(':')).strip().equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** What HotSpot generates code for: no more than what there is, and all that a system without a description tells. */
    private static Instructions ofJvm(String architecture) {
        var flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return switch (flags == null ? "0" : flags.getVMOption("UseAVX").getValue()) {
                case "3" -> Instructions.AVX512;
                case "2" -> Instructions.AVX2;
                case "1" -> Instructions.AVX;
                default -> least(architecture);
            };
        } catch (IllegalArgumentException e) {
            return least(architecture); // no such flag outside the x86 family
        }
    }

    private static Instructions least(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> Instructions.SSE2;
            case "aarch64" -> Instructions.NEON;
            default -> Instructions.OTHER;
        };
    }

    private static String answer(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
