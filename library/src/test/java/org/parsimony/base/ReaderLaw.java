package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The law of every reader of foreign bytes: it gives a value or throws the exception that it documents, with a message;
 * it needs no more than two seconds of processor time, and allocates no more than a constant and a multiple of what is
 * there.
 *
 * @param reader what is tried
 * @param refusals the exceptions that it documents
 * @param constant bytes that it may allocate for any content
 * @param factor bytes that it may allocate for every byte of content
 */
public record ReaderLaw(Reader reader, List<Class<? extends Exception>> refusals, long constant, long factor) {

    private static final long CPU_NANOS = 2_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A reader under test. */
    public interface Reader {
        /** Reads {@code content}, all of it. */
        void read(byte[] content) throws Exception;
    }

    /** Holds the reader to its law for one content. */
    public void check(byte[] content) {
        try {
            holds(content);
        } catch (AssertionError e) {
            // what a class allocates and compiles when it is first used is not the content's fault
            holds(content);
        }
    }

    private void holds(byte[] content) {
        byte[] copy = content.clone();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            reader.read(content);
        } catch (Exception e) {
            if (refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
                throw new AssertionError("threw " + e + " for " + shown(copy), e);
            }
            assertFalse(e.getMessage() == null || e.getMessage().isBlank(), () -> "no message for " + shown(copy));
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError("threw " + e + " for " + shown(copy), e);
        }
        long took = THREADS.getCurrentThreadCpuTime() - cpu;
        long used = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        long allowed = constant + factor * content.length;
        assertTrue(took <= CPU_NANOS, () -> "took " + took / 1_000_000 + " ms for " + shown(copy));
        assertTrue(used <= allowed, () -> "allocated " + used + " bytes of " + allowed + " for " + shown(copy));
        assertTrue(Arrays.equals(copy, content), () -> "altered what it read: " + shown(copy));
    }

    private static String shown(byte[] content) {
        StringBuilder hex = new StringBuilder(content.length + " bytes: ");
        for (int i = 0; i < Math.min(content.length, 200); i++) {
            hex.append(String.format("%02x", content[i]));
        }
        return hex.toString();
    }

    /** Holds the reader to its law for {@code count} damaged copies of each of the {@code seeds}, always the same ones. */
    public void checkDamaged(List<byte[]> seeds, int count) {
        SplittableRandom random = new SplittableRandom(1);
        for (byte[] seed : seeds) {
            check(seed);
            for (int i = 0; i < count; i++) {
                byte[] damaged = seed;
                for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                    damaged = damage(damaged, seeds, random);
                }
                check(damaged);
            }
        }
    }

    /** The files that stand beside {@code test} in the resources, under {@code <class>Inputs/<target>}. */
    public static List<byte[]> seeds(Class<?> test, String target) {
        String folder = test.getSimpleName() + "Inputs/" + target;
        try (InputStream in = test.getResourceAsStream(folder)) {
            assertTrue(in != null, () -> "there is no folder " + folder + " of seeds");
            Path path = Path.of(test.getResource(folder).toURI());
            List<byte[]> seeds = new ArrayList<>();
            try (var files = Files.list(path)) {
                for (Path file : files.sorted().toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
            return seeds;
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] damage(byte[] content, List<byte[]> others, SplittableRandom random) {
        if (content.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(content.length);
        // heads are short and say most, so half of all hits are there
        at = random.nextBoolean() ? at : at % Math.min(content.length, 64);
        byte[] out = content.clone();
        switch (random.nextInt(8)) {
            case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> out[at] = (byte) random.nextInt(256);
            case 2 ->
                out[at] = "0123456789,;\"'-.{}[]() \n\0\u007f"
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)[random.nextInt(26)];
            case 3 -> out = Arrays.copyOf(content, at);
            case 4 -> {
                int[] extreme = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 20, 1 << 24};
                if (at + 4 <= out.length) {
                    ByteBuffer.wrap(out).putInt(at, extreme[random.nextInt(extreme.length)]);
                }
            }
            case 5 -> {
                int end = at + random.nextInt(Math.min(32, content.length - at) + 1);
                out = joined(content, end, content, at); // a piece stands twice
            }
            case 6 -> {
                int end = at + random.nextInt(Math.min(32, content.length - at) + 1);
                out = joined(content, at, content, end); // a piece is gone
            }
            default -> {
                byte[] other = others.get(random.nextInt(others.size()));
                out = joined(content, at, other, random.nextInt(other.length + 1));
            }
        }
        return out;
    }

    /** The first {@code end} bytes of {@code head}, and {@code tail} from {@code from} on. */
    private static byte[] joined(byte[] head, int end, byte[] tail, int from) {
        byte[] out = Arrays.copyOf(head, end + tail.length - from);
        System.arraycopy(tail, from, out, end, tail.length - from);
        return out;
    }
}
