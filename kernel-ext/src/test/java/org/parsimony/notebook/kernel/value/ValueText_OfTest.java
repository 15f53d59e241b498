package org.parsimony.notebook.kernel.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A value's text has its contents, is never endless, and consumes nothing. */
class ValueText_OfTest {

    private static String text(Object value) {
        return ValueText.of(value, error -> "trace of " + error.getMessage());
    }

    @Property
    void shortArraysAreAsJavaWritesThem(
            @ForAll @Size(max = 100) int[] ints, @ForAll @Size(max = 100) double[] doubles) {
        assertEquals(Arrays.toString(ints), text(ints));
        assertEquals(Arrays.toString(doubles), text(doubles));
    }

    @Test
    void nestedArraysHaveTheirShapeBelow() {
        assertEquals("[[1.0, 2.0], [3.0, 4.0]]\ndouble[2][2]", text(new double[][] {{1, 2}, {3, 4}}));
        assertEquals("[[1], [2, 3]]\nint[2][…]", text(new int[][] {{1}, {2, 3}}));
        assertEquals("[null, [1]]\nint[2][…]", text(new int[][] {null, {1}}));
        assertTrue(text(new boolean[2][3][4]).endsWith("\nboolean[2][3][4]"));
        assertEquals("[]\nint[0][…]", text(new int[0][5]));
    }

    @Test
    void arraysOfEveryType() {
        assertEquals("[a, null]", text(new String[] {"a", null}));
        assertEquals("[x, y]", text(new char[] {'x', 'y'}));
        assertEquals("[1, 2]", text(new byte[] {1, 2}));
        assertEquals("[true]", text(new boolean[] {true}));
        assertEquals("[1.5]", text(new float[] {1.5f}));
        assertEquals("[[1, 2], b]", text(new Object[] {new int[] {1, 2}, "b"}));
    }

    @Test
    void longArraysAreShortened() {
        String text = text(new float[1_000_000]);
        assertTrue(text.startsWith("[0.0, 0.0, "));
        assertTrue(text.endsWith(", …]\nfloat[1000000], shortened after 100 of 1000000 elements"), text);
        assertTrue(text.length() < 1000);
    }

    @Test
    void nullAndOptionals() {
        assertEquals("null", text(null));
        assertEquals("Optional[[1, 2]]", text(Optional.of(new int[] {1, 2})));
        assertEquals("Optional.empty", text(Optional.empty()));
    }

    @Test
    void collectionsAndMapsOfArrays() {
        assertEquals("[[1], [2]]", text(List.of(new int[] {1}, new int[] {2})));
        assertEquals("{a=[1], b=null}", text(new TreeMap<>(new TreeMap<>(Map.of("a", new int[] {1})) {
            {
                put("b", null);
            }
        })));
    }

    @Test
    void streamsAndIteratorsAreNotConsumed() {
        Stream<Integer> stream = Stream.of(1, 2);
        assertTrue(text(stream).contains("toList()"));
        assertEquals(List.of(1, 2), stream.toList());
        IntStream endless = IntStream.iterate(0, i -> i + 1);
        assertTrue(text(endless).startsWith("a stream"));
        var iterator = List.of(1).iterator();
        text(iterator);
        assertTrue(iterator.hasNext());
    }

    @Test
    void endlessAndHugeCollectionsAreShortened() {
        List<Integer> endless = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return index;
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
        assertTrue(text(endless).endsWith("shortened after 100 of 2147483647 elements"));
        assertTrue(text(Collections.nCopies(1000, Collections.nCopies(1000, "some words")))
                        .length()
                < 30_000);
    }

    @Test
    void slowElementsAreShortenedByTime() {
        Object slow = new Object() {
            @Override
            public String toString() {
                try {
                    Thread.sleep(400);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "slow";
            }
        };
        assertTrue(text(Collections.nCopies(50, slow)).endsWith("shortened after 3 seconds"));
    }

    @Test
    void hugeTextIsShortened() {
        String text = text("x".repeat(1_000_000));
        assertTrue(text.endsWith("x…\nshortened after 20000 of 1000000 characters"));
    }

    @Test
    void whatHoldsItselfEnds() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(1);
        assertEquals("[(itself), 1]", text(list));
        Object[] array = new Object[1];
        array[0] = array;
        assertEquals("[(itself)]", text(array));
        Object deep = "end";
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }
        assertEquals("[[[[[[[[…]]]]]]]]", text(deep));
    }

    record Plain(int[] values, String name) {}

    record Worded(int value) {
        @Override
        public String toString() {
            return "worded " + value;
        }
    }

    @Test
    void recordsShowTheirArraysUnlessTheySayMore() {
        assertEquals("Plain[values=[1, 2], name=n]", text(new Plain(new int[] {1, 2}, "n")));
        assertEquals("worded 3", text(new Worded(3)));
    }

    @Test
    void exceptionsAreTracesAloneAndNamesInside() {
        assertEquals("trace of why", text(new IllegalStateException("why")));
        assertEquals("[java.lang.IllegalStateException: why]", text(List.of(new IllegalStateException("why"))));
    }

    @Test
    void aLambdaIsNamedByWhatItDoes() {
        Runnable nothing = () -> {};
        assertEquals("Runnable (a lambda)", text(nothing));
    }

    @Test
    void ownTextIsLeftAlone() {
        assertEquals("my list", text(new ArrayList<>() {
            @Override
            public String toString() {
                return "my list";
            }
        }));
    }

    @Test
    void aCollectionThatChangesMeanwhile() {
        List<Object> list = new ArrayList<>();
        list.add(new Object() {
            @Override
            public String toString() {
                list.add("more");
                return "first";
            }
        });
        list.add("second");
        assertTrue(text(list).contains("changed it meanwhile"));
    }
}
