package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own folder of images, where the name of a data set stands. */
class Datasets_OwnImagesTest {

    @TempDir
    Path folder;

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

    private static int[] sizes(Dataset data) {
        return new int[] {
            data.train().size(), data.validation().size(), data.test().size()
        };
    }

    private static void refused(String text, String said) {
        RuntimeException e = assertThrows(RuntimeException.class, () -> Datasets.load(text));
        assertTrue(e instanceof DataException || e instanceof IllegalArgumentException, e.toString());
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }
}
