package org.parsimony.network.fused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;

/** The bytes that an engine says it holds are those of the arrays that can be reached from it. */
class FusedNet_HeldTest {

    static Stream<Model> nets() {
        Model dense = TestNetworks.random("[100],dense 60 relu,dense 50 sigmoid,dense 4 softmax");
        Model convolutions =
                TestNetworks.random("[1 10 10],conv 4 3x3,batchnorm 0.001 0.9,activation relu,max 2x2 by 2x2,"
                        + "conv 5 2x2 relu,flatten,dense 60 tanh,dense 4 softmax");
        return Stream.of(dense, convolutions)
                .flatMap(net -> Stream.of(net.withOptimiser(new Adam(0.01)), net.withOptimiser(new Sgd(0.01))));
    }

    /** Arrays of numbers and memory outside the heap that hang on an object; not the network, the samples, or threads. */
    private static final class Walk {
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<Long> addresses = new HashSet<>();
        private long bytes;

        void reach(Object object) throws IllegalAccessException {
            if (object == null || !seen.add(object)) {
                return;
            }
            Class<?> type = object.getClass();
            if (object instanceof FloatPointer memory) {
                bytes += addresses.add(memory.address()) ? 4 * memory.capacity() : 0;
            } else if (type.isArray() && type.getComponentType().isPrimitive()) {
                int size = type.getComponentType() == double.class ? 8 : 4;
                bytes += (long) size * Array.getLength(object);
            } else if (object instanceof Object[] many) {
                for (Object each : many) {
                    reach(each);
                }
            } else if (object instanceof Iterable<?> many) {
                for (Object each : many) {
                    reach(each);
                }
            } else if (type.getName().startsWith("org.parsimony") && !(object instanceof Samples)) {
                for (Class<?> c = type; c != Object.class && c != Record.class; c = c.getSuperclass()) {
                    for (Field field : c.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers())
                                && !field.getType().isPrimitive()
                                && field.getType() != MultiLayerNetwork.class) {
                            field.setAccessible(true);
                            reach(field.get(object));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nets")
    void theyAreTheBytesThatCanBeReached(Model model) throws IllegalAccessException {
        Samples samples = new Samples(
                new float[40 * 100], new int[40], 4, model.takesImages() ? new int[] {1, 10, 10} : new int[] {100});
        try (FusedNet net = Fused.net(model, 16, 1, samples.shape())) {
            net.epoch(samples, IntStream.range(0, 40).toArray(), Progress.NONE);
            Walk walk = new Walk();
            walk.reach(net);
            long order = 4L * 40; // the order of samples is the caller's
            long named = net.held().bytes();
            assertEquals(walk.bytes - order, named, 0.005 * named);
            assertTrue(net.held().batch() > 0
                    && net.held().parameters() > 8 * 4L * model.net().parameters());
        }
    }
}
