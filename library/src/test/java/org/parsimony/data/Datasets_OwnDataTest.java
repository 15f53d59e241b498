package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.format.Npy;

/** A user's own table, arrays and images, where the name of a data set stands. */
class Datasets_OwnDataTest {

    @TempDir
    Path folder;

    // tables

    @Test
    void aTableIsReadByItsPath() throws IOException {
        Path file = table("species");
        Dataset data = Datasets.load(file + ":label=species:ignore=id");
        assertEquals(List.of("a", "b"), data.classNames());
        assertEquals(1, data.inputs());
        assertArrayEquals(new int[] {12, 4, 4}, sizes(data));
        Dataset same = Datasets.fromCsv(file, "species", 1, "id");
        assertArrayEquals(same.train().features(), data.train().features());
        assertTrue(data.lineage().toString().contains("split 60/20/20 within each class with seed 1"), data.toString());
        Dataset other = Datasets.load(file + ":label=species:ignore=id:seed=7:validation=0.1:test=0.3");
        assertArrayEquals(new int[] {12, 2, 6}, sizes(other));
        assertTrue(
                other.lineage().toString().contains("split 60/10/30 within each class with seed 7"), other.toString());
    }

    @ParameterizedTest
    @CsvSource({"class", "label", "Target", "Y"})
    void aColumnThatIsCalledLikeALabelIsOne(String name) throws IOException {
        assertEquals(2, Datasets.load(table(name) + ":ignore=id").classes());
    }

    @Test
    void theSha256ChangesWithTheContentAndNothingElse() throws IOException {
        Dataset data = Datasets.load(table("class") + ":ignore=id");
        assertEquals(64, data.lineage().digest().length());
        assertEquals(
                data.lineage().digest(),
                Datasets.load(table("class") + ":ignore=id:seed=3").lineage().digest());
        Path file = table("class");
        Files.writeString(file, Files.readString(file).replace("s0,0,", "s0,9,"));
        assertNotEquals(
                data.lineage().digest(),
                Datasets.load(file + ":ignore=id").lineage().digest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own.csv:label=kind | has no column \"kind\"; its columns are id, x, species",
                "own.csv | has no column called class, label, target, y; say which column holds the classes: own.csv:label",
                "own.csv:lable=species | says lable=species, but after the path there may be label, ignore",
                "own.csv:label=species:seed=x | says seed=x, but must say a whole number",
                "own.csv:label=species:test=2 | says test=2, but must say a number from 0.001",
                "own.csv:label=species:test=0.6:validation=0.5 | leaves nothing for training",
                "own.csv:label=species | line 2, column \"id\" is \"s0\", but must be a decimal number",
                "none.csv | there is no such file or folder in",
                "other.bin/ | there is no such file or folder in",
                "empty/ | has no samples for training; it must have a folder for each class",
            })
    void whatIsWrongIsSaidBeforeAnythingIsTrained(String text, String said) throws IOException {
        table("species");
        Files.createDirectory(folder.resolve("empty"));
        refused(folder.resolve(text).toString() + (text.endsWith("/") ? "/" : ""), said);
    }

    @Test
    void oneClassIsNoTask() throws IOException {
        Path file = Files.writeString(folder.resolve("one.csv"), "x,class\n1,a\n2,a\n3,a\n");
        refused(file.toString(), "column \"class\" names one class, \"a\", but must name at least 2");
    }

    @Test
    void namesOfTheRegistryStayNames() {
        assertTrue(Datasets.knows("iris") && Datasets.knows("./iris") && Datasets.knows("my.csv:label=a"));
        assertFalse(Datasets.knows("data") || Datasets.knows("irs") || Datasets.knows("a:b=c"));
        assertEquals("iris", Datasets.load("iris").name());
        String said = assertThrows(IllegalArgumentException.class, () -> Datasets.load("irs"))
                .getMessage();
        assertTrue(said.contains("data of your own: the path of a .csv, .npz, or folder"), said);
    }

    // arrays

    @Test
    void anArchiveAsKerasHasItIsRead() throws IOException {
        // four images of 2 × 3 pixels for training, two for test; whole numbers to 255
        INDArray x = Nd4j.createFromArray(range(60, 3)).reshape(10, 2, 3);
        INDArray y = Nd4j.createFromArray(0, 1, 0, 1, 0, 1, 0, 1, 0, 1).reshape(10, 1);
        INDArray tests = Nd4j.createFromArray(range(12, 20)).reshape(2, 2, 3);
        Path file = npz("x_train", x, "y_train", y, "x_test", tests, "y_test", Nd4j.createFromArray(1, 0));
        Dataset data = Datasets.load(file.toString());
        assertArrayEquals(new int[] {8, 2, 2}, sizes(data));
        assertArrayEquals(new int[] {1, 2, 3}, data.train().shape());
        assertArrayEquals(new int[] {1, 0}, data.test().labels());
        for (int i = 0; i < 12; i++) {
            assertEquals(i * 20 / 255f, data.test().features()[i]);
        }
        TreeSet<Float> seen = new TreeSet<>();
        for (Samples split : List.of(data.train(), data.validation())) {
            for (float value : split.features()) {
                assertTrue(seen.add(value), "a sample in two splits");
            }
        }
        assertEquals(60, seen.size());
        assertTrue(
                data.lineage().toString().contains("test as given, training split 80/20/0 within each class"),
                data.toString());
    }

    @Test
    void channelsGoFirst() throws IOException {
        // values tell their place: sample, row, column, channel
        INDArray last = Nd4j.createFromArray(range(10 * 5 * 6 * 3, 0.001)).reshape(10, 5, 6, 3);
        INDArray first = last.permute(0, 3, 1, 2).dup('c');
        INDArray y = Nd4j.createFromArray(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        Dataset data = Datasets.load(npz("x", last, "y", y).toString());
        assertArrayEquals(new int[] {3, 5, 6}, data.train().shape());
        String path = npz("x", first, "y", y).toString();
        Dataset same = Datasets.load(path + ":channels=first");
        assertArrayEquals(same.train().features(), data.train().features());
        assertArrayEquals(new int[] {6, 2, 2}, sizes(data));
        refused(path, "which looks as if channels were first; say so: PATH:channels=first");
        refused(npz("x", last, "y", y) + ":channels=first", "as if channels were last; leave channels=first out");
    }

    @Test
    void vectorsAreScaledByTrainingAlone() throws IOException {
        INDArray train = Nd4j.createFromArray(new double[][] {{-2, 5}, {0, 5}, {2, 5}, {1, 5}});
        INDArray other = Nd4j.createFromArray(new double[][] {{9, 7}, {-1, 5}});
        INDArray hot = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}});
        INDArray y = Nd4j.createFromArray(0L, 1L);
        Dataset data = Datasets.load(
                npz("x_train", train, "y_train", hot, "x_val", other, "y_val", y, "x_test", other, "y_test", y)
                        .toString());
        assertArrayEquals(
                new float[] {0, 0, .5f, 0, 1, 0, .75f, 0}, data.train().features());
        assertArrayEquals(new float[] {1, 0, .25f, 0}, data.test().features());
        assertArrayEquals(new int[] {0, 1, 0, 1}, data.train().labels());
        assertTrue(data.lineage().toString().contains("splits as given"), data.toString());
    }

    @Test
    void aFolderOfArraysIsReadAsAnArchive() throws IOException {
        Npy.write(folder.resolve("X.npy"), Nd4j.createFromArray(range(20, 1)).reshape(10, 2));
        Npy.write(folder.resolve("y.npy"), Nd4j.createFromArray(3, 7, 3, 7, 3, 7, 3, 7, 3, 7));
        Dataset data = Datasets.load(folder + "/");
        assertEquals(List.of("3", "7"), data.classNames());
        assertArrayEquals(new int[] {6, 2, 2}, sizes(data));
        assertEquals(
                List.of("X.npy", "y.npy"), List.copyOf(data.lineage().sha256().keySet()));
        assertEquals(64, data.lineage().digest().length());
    }

    @Test
    void arraysThatAreNoSamplesAreNamed() throws IOException {
        INDArray x = Nd4j.createFromArray(range(12, 1)).reshape(6, 2);
        INDArray y = Nd4j.createFromArray(0, 1, 0, 1, 0, 1);
        refused(npz("x_train", x).toString(), "has \"x_train\" but no \"y_train\" with its classes");
        refused(
                npz("a", x).toString(),
                "has no samples for training; it must have x_train and y_train, or x and y; it has [a]");
        refused(
                npz("x", x, "y", Nd4j.createFromArray(0, 1)).toString(),
                "one class for each of the 6 samples of \"x\"");
        refused(
                npz("x", x, "y", Nd4j.createFromArray(0f, 1, .5f, 1, 0, 1)).toString(),
                "array \"y\": sample 2 is 0.5, but must be a whole number");
        refused(
                npz("x", x, "y", Nd4j.createFromArray(1, 1, 1, 1, 1, 1)).toString(),
                "has 1 class, but must have at least 2");
        INDArray odd = x.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE).dup();
        odd.putScalar(7, Double.NaN);
        refused(npz("x", odd, "y", y).toString(), "array \"x\": value 1 of sample 3 is NaN");
        odd.putScalar(7, 1e39);
        refused(
                npz("x", odd, "y", y).toString(),
                "value 1 of sample 3 is 1.0E39, but must be a finite number of 32 bits");
        refused(
                npz("x_train", x, "y_train", y, "x_test", x, "y_test", Nd4j.createFromArray(0, 1, 2, 1, 0, 1))
                        .toString(),
                "sample 2 is of class \"2\", of which");
        refused(
                npz("x_train", x, "y_train", y, "x_test", x.reshape(4, 3), "y_test", Nd4j.createFromArray(0, 1, 0, 1))
                        .toString(),
                "has samples of shape [3], but those for training have [2]");
        refused(
                npz("x", x, "y", Nd4j.createFromArray(0, 0, 0, 0, 0, 5)).toString(),
                "class \"5\" has 1 samples, but must have at least 3");
        refused(npz("x", x, "y", y) + ":label=a", "names a column or a line, but only tables have them");
    }

    // IDX

    @Test
    void aFolderOfIdxFilesIsReadAsMnistIs() throws IOException {
        Path idx = Files.createDirectory(folder.resolve("idx"));
        byte[] pixels = new byte[10 * 4];
        byte[] labels = new byte[10];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (6 * i);
            labels[i / 4] = (byte) (1 + i / 4 % 2);
        }
        Files.write(idx.resolve("emnist-train-images-idx3-ubyte"), idx(pixels, 10, 2, 2));
        Files.write(idx.resolve("emnist-train-labels-idx1-ubyte"), idx(labels, 10));
        Files.write(idx.resolve("t10k-images.idx3-ubyte"), idx(Arrays.copyOf(pixels, 8), 2, 2, 2));
        refused(idx.toString(), "t10k-images.idx3-ubyte: has no file of labels beside it");
        Files.write(idx.resolve("t10k-labels.idx1-ubyte"), idx(Arrays.copyOf(labels, 2), 2));
        Dataset data = Datasets.load(idx.toString());
        assertEquals(List.of("1", "2"), data.classNames());
        assertArrayEquals(new int[] {8, 2, 2}, sizes(data));
        assertArrayEquals(new int[] {1, 2, 2}, data.test().shape());
        assertEquals(42 / 255f, data.test().features()[7]);
        assertEquals(4, data.lineage().sha256().size());
        Files.write(idx.resolve("t10k-images.idx3-ubyte"), idx(Arrays.copyOf(pixels, 8), 2, 1, 4));
        refused(idx.toString(), "has images of 1 × 4, but those for training have 2 × 2");
    }

    // images

    @Test
    void aFolderOfClassFoldersIsReadAsTheFilesSay() throws IOException {
        byte[] palette = {0, 0, 0, (byte) 255, 0, 0, 0, (byte) 128, 7};
        byte[][] images = {
            Png.of(3, 8, Png.COLOUR, null, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new int[] {
                0, 0, 0, 255, 128, 1, 9, 9, 9
            }),
            Png.of(3, 8, Png.COLOUR_ALPHA, null, rgba(10), rgba(60)),
            Png.of(3, 8, Png.PALETTE, palette, new int[] {0, 1, 2}, new int[] {2, 1, 0}),
            Png.of(3, 8, Png.GREY, null, new int[] {0, 128, 255}, new int[] {1, 2, 3}),
            Png.of(3, 8, Png.GREY_ALPHA, null, new int[] {0, 255, 128, 255, 255, 255}, new int[] {1, 255, 2, 255, 3, 255
            }),
            Png.of(3, 1, Png.GREY, null, new int[] {0b10100000}, new int[] {0b01000000})
        };
        for (String label : new String[] {"cats", "dogs"}) {
            for (int i = 0; i < images.length; i++) {
                write("pets/" + (i < 4 ? "train" : "test") + "/" + label + "/" + i + ".png", images[i]);
            }
        }
        write("pets/test/dogs/.DS_Store", new byte[3]);
        Dataset data = Datasets.load(folder.resolve("pets").toString());
        assertEquals(List.of("cats", "dogs"), data.classNames());
        assertArrayEquals(new int[] {3, 2, 3}, data.train().shape());
        assertArrayEquals(new int[] {6, 2, 4}, sizes(data));
        int[] grey = {0, 128, 255, 1, 2, 3};
        assertArrayEquals(pixels(grey, grey, grey), sample(data.test(), 0));
        int[] bits = {255, 0, 255, 0, 255, 0};
        assertArrayEquals(pixels(bits, bits, bits), sample(data.test(), 1));
        assertArrayEquals(new int[] {0, 0, 1, 1}, data.test().labels());
        List<float[]> seen = new java.util.ArrayList<>();
        for (Samples split : List.of(data.train(), data.validation())) {
            for (int i = 0; i < split.size(); i++) {
                seen.add(sample(split, i));
            }
        }
        float[][] right = {
            pixels(new int[] {1, 4, 7, 0, 255, 9}, new int[] {2, 5, 8, 0, 128, 9}, new int[] {3, 6, 9, 0, 1, 9}),
            pixels(new int[] {10, 13, 16, 60, 63, 66}, new int[] {11, 14, 17, 61, 64, 67}, new int[] {
                12, 15, 18, 62, 65, 68
            }),
            pixels(new int[] {0, 255, 0, 0, 255, 0}, new int[] {0, 0, 128, 128, 0, 0}, new int[] {0, 0, 7, 7, 0, 0}),
            pixels(grey, grey, grey)
        };
        for (float[] image : right) {
            assertEquals(
                    2, seen.stream().filter(one -> Arrays.equals(one, image)).count(), Arrays.toString(image));
        }
    }

    @Test
    void jpegsWithoutColourHaveOneChannel() throws IOException {
        for (int i = 0; i < 8; i++) {
            BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
            for (int pixel = 0; pixel < 128; pixel++) {
                image.getRaster().setSample(pixel % 16, pixel / 16, 0, 30 * i + pixel / 16);
            }
            Path file = Files.createDirectories(folder.resolve("grey/" + i % 2)).resolve(i + ".JPG");
            assertTrue(ImageIO.write(image, "jpg", file.toFile()));
        }
        Dataset data = Datasets.load(folder.resolve("grey").toString());
        assertArrayEquals(new int[] {1, 8, 16}, data.train().shape());
        for (Samples split : List.of(data.train(), data.validation(), data.test())) {
            for (int i = 0; i < split.size(); i++) {
                double start = 255 * sample(split, i)[0];
                int which = (int) Math.round(start / 30);
                assertEquals(which % 2, split.labels()[i]);
                for (int pixel = 0; pixel < 128; pixel++) {
                    assertEquals(30 * which + pixel / 16, 255 * sample(split, i)[pixel], 4);
                }
            }
        }
    }

    @Test
    void theSha256OfImagesKnowsNamesAndContents() throws IOException {
        byte[] one = Png.of(1, 8, Png.GREY, null, new int[] {1});
        byte[] two = Png.of(1, 8, Png.GREY, null, new int[] {2});
        for (int i = 0; i < 3; i++) {
            write("d/a/" + i + ".png", one);
            write("d/b/" + i + ".png", two);
        }
        String path = folder.resolve("d").toString();
        String before = Datasets.load(path).lineage().digest();
        assertEquals(before, Datasets.load(path + "/").lineage().digest());
        Files.move(folder.resolve("d/b/2.png"), folder.resolve("d/b/3.png"));
        String moved = Datasets.load(path).lineage().digest();
        assertNotEquals(before, moved);
        write("d/b/3.png", one);
        assertNotEquals(moved, Datasets.load(path).lineage().digest());
    }

    @Test
    void imagesThatCannotBeOneSetAreNamed() throws IOException {
        byte[] good = Png.of(2, 8, Png.GREY, null, new int[] {1, 2});
        write("d/a/1.png", good);
        write("d/b/2.png", Png.of(1, 8, Png.GREY, null, new int[] {1}));
        String d = folder.resolve("d").toString();
        refused(d, "2.png: has 1 × 1 pixels, but");
        write("d/b/2.png", "no image".getBytes());
        refused(d, "2.png: is no PNG or JPEG image by its content");
        write("d/b/2.png", Arrays.copyOf(good, good.length - 20));
        refused(d, "2.png: cannot be read as an image");
        write("d/b/2.png", Png.of(2, 16, Png.GREY, null, new int[] {1, 2, 3, 4}));
        refused(d, "2.png: has 1 colours of 16 bits, but must have 1 or 3 of 8");
        write("d/b/2.png", Png.of(2, 8, Png.GREY_ALPHA, null, new int[] {1, 255, 2, 254}));
        refused(d, "2.png: is transparent at row 0, column 1");
        write("d/b/2.png", lying(good));
        refused(d, "2.png: states 1073741824 × 1073741824 pixels, more than its");
        write("d/b/2.gif", good);
        Files.delete(folder.resolve("d/b/2.png"));
        refused(d, "2.gif: is no PNG or JPEG image by its name");
        Files.move(folder.resolve("d/b/2.gif"), folder.resolve("d/notes.txt"));
        write("d/b/2.png", good);
        refused(d, "notes.txt: stands beside the folders of classes");
        Files.delete(folder.resolve("d/notes.txt"));
        Files.delete(folder.resolve("d/b/2.png"));
        refused(d, "b: holds no images; add some or remove the class");
        Files.delete(folder.resolve("d/b"));
        refused(d, "has 1 class, but must have at least 2");
        Files.createDirectories(folder.resolve("d/train/a"));
        refused(d, "a: stands beside the folder of training, but is none of validation or test");
    }

    /** A head that states 2^30 × 2^30 pixels. */
    private static byte[] lying(byte[] png) {
        byte[] lying = png.clone();
        ByteBuffer.wrap(lying).putInt(16, 1 << 30).putInt(20, 1 << 30);
        return lying;
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static int[] rgba(int from) {
        int[] line = new int[12];
        for (int i = 0; i < 12; i++) {
            line[i] = i % 4 == 3 ? 255 : from + i / 4 * 3 + i % 4;
        }
        return line;
    }

    private static float[] pixels(int[]... planes) {
        float[] values = new float[planes.length * planes[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = planes[i / planes[0].length][i % planes[0].length] / 255f;
        }
        return values;
    }

    private static float[] sample(Samples split, int i) {
        return Arrays.copyOfRange(split.features(), i * split.inputs(), (i + 1) * split.inputs());
    }

    private static byte[] idx(byte[] values, int... shape) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
        out.put(new byte[] {0, 0, 8, (byte) shape.length});
        Arrays.stream(shape).forEach(out::putInt);
        return out.put(values).array();
    }

    private static int[] range(int count, int step) {
        int[] values = new int[count];
        Arrays.setAll(values, i -> step * i);
        return values;
    }

    private static float[] range(int count, double step) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (step * i);
        }
        return values;
    }

    private static int[] sizes(Dataset data) {
        return new int[] {
            data.train().size(), data.validation().size(), data.test().size()
        };
    }

    private Path npz(Object... parts) throws IOException {
        Path file = folder.resolve("own.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < parts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(parts[i] + ".npy"));
                zip.write(Npy.encode((INDArray) parts[i + 1]));
            }
        }
        return file;
    }

    /** Twenty samples of two classes. */
    private Path table(String label) throws IOException {
        StringBuilder text = new StringBuilder("id,x," + label + "\n");
        for (int i = 0; i < 20; i++) {
            text.append("s" + i + "," + i + (i % 2 == 0 ? ",a\n" : ",b\n"));
        }
        return Files.writeString(folder.resolve("own.csv"), text);
    }

    private static void refused(String text, String said) {
        RuntimeException e = assertThrows(RuntimeException.class, () -> Datasets.load(text));
        assertTrue(e instanceof DataException || e instanceof IllegalArgumentException, e.toString());
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }
}
