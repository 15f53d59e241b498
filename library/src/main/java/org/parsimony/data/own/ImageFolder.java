package org.parsimony.data.own;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.parsimony.base.Progress;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.format.Unpacked;
import org.parsimony.data.own.OwnSplits.Part;
import org.parsimony.data.own.OwnSplits.Split;

/**
 * A folder of class folders with PNG or JPEG images, or of folders of splits with such class folders. All images have one
 * size; they have one channel if none has colour, else three. Values are those of the file: no colour profile, gamma, or
 * orientation is applied. The order is that of the names of classes and files.
 */
final class ImageFolder {

    /** An image file and its class. */
    private record Entry(Path file, String label) {}

    /** Pixels that one byte can hold: of one bit, packed by DEFLATE. */
    private static final long DENSEST = 8 * 1032;

    private final Path folder;
    private final MessageDigest digest = Unpacked.sha256();
    private int height;
    private int width;
    private Path first;

    /** The images below {@code folder}. */
    ImageFolder(Path folder) {
        this.folder = folder;
    }

    static Dataset read(OwnData.Choice choice, Progress progress) {
        return new ImageFolder(choice.path()).dataset(choice, progress);
    }

    private Dataset dataset(OwnData.Choice choice, Progress progress) {
        Map<Split, List<Entry>> files = files();
        OwnSplits.checkTraining(folder, files, "a folder for each class, with its PNG or JPEG images");
        TreeSet<String> names = new TreeSet<>();
        files.values().forEach(entries -> entries.forEach(entry -> names.add(entry.label)));
        List<String> classes = List.copyOf(names);
        long count = files.values().stream().mapToLong(List::size).sum();
        long done = 0;
        boolean colour = false;
        Map<Split, List<byte[][]>> images = new EnumMap<>(Split.class);
        for (Map.Entry<Split, List<Entry>> split : files.entrySet()) {
            List<byte[][]> planes = new ArrayList<>();
            for (Entry entry : split.getValue()) {
                byte[][] image = image(entry.file);
                if (done == 0) {
                    OwnSplits.checkRoom(folder, count * image.length * height * width);
                }
                colour |= image.length == 3;
                planes.add(image);
                progress.report(++done, count, "images");
                progress.checkCancelled();
            }
            images.put(split.getKey(), planes);
        }
        int channels = colour ? 3 : 1;
        Map<Split, Part> parts = new EnumMap<>(Split.class);
        images.forEach((split, planes) -> {
            OwnSplits.Rows rows = new OwnSplits.Rows();
            List<Entry> entries = files.get(split);
            for (int i = 0; i < planes.size(); i++) {
                rows.add(row(planes.get(i), channels), classes.indexOf(entries.get(i).label));
            }
            parts.put(split, rows.part(folder + " (" + split.name().toLowerCase(Locale.ROOT) + ")"));
        });
        Map<String, String> sha256 = Map.of("images", HexFormat.of().formatHex(digest.digest()));
        Lineage lineage = new Lineage(folder.toString(), "", sha256, List.of());
        int[] shape = {channels, height, width};
        return OwnSplits.dataset(choice, parts, classes, shape, OwnSplits.Scale.PIXELS, lineage);
    }

    private Map<Split, List<Entry>> files() {
        List<Path> folders = OwnIdx.listed(folder);
        boolean splits = folders.stream().anyMatch(each -> OwnSplits.named(name(each)) == Split.TRAIN);
        Map<Split, List<Entry>> files = new EnumMap<>(Split.class);
        if (!splits) {
            List<Entry> all = entries(folder);
            if (!all.isEmpty()) {
                files.put(Split.TRAIN, all);
            }
            return files;
        }
        for (Path each : folders) {
            Split split = OwnSplits.named(name(each));
            if (split == null) {
                throw new DataException(
                        each, "stands beside the folder of training, but is none of validation or test");
            }
            if (files.put(split, entries(each)) != null) {
                throw new DataException(
                        each, "is a second folder of " + split.name().toLowerCase(Locale.ROOT) + "; keep one");
            }
        }
        return files;
    }

    private static List<Entry> entries(Path of) {
        List<Entry> entries = new ArrayList<>();
        for (Path label : OwnIdx.listed(of)) {
            if (!Files.isDirectory(label)) {
                throw new DataException(
                        label, "stands beside the folders of classes; put images into the folder of their class");
            }
            List<Path> files = OwnIdx.listed(label);
            if (files.isEmpty()) {
                throw new DataException(label, "holds no images; add some or remove the class");
            }
            for (Path file : files) {
                String lower = name(file).toLowerCase(Locale.ROOT);
                if (!lower.endsWith(".png") && !lower.endsWith(".jpg") && !lower.endsWith(".jpeg")) {
                    throw new DataException(file, "is no PNG or JPEG image by its name; convert it or take it away");
                }
                entries.add(new Entry(file, name(label)));
            }
        }
        return entries;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** One or three planes of the image {@code file}, which lies below the folder. */
    byte[][] image(Path file) {
        digest.update((folder.relativize(file).toString().replace('\\', '/') + "\0").getBytes(StandardCharsets.UTF_8));
        BufferedImage image;
        // not Files.newInputStream: its channel would close under an interrupted thread, in the middle of a cell
        try (InputStream raw = new FileInputStream(file.toFile());
                InputStream in = new DigestInputStream(raw, digest)) {
            byte[] content = in.readAllBytes();
            image = decoded(file, content);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read as an image (" + e.getMessage() + "); save it again", e);
        }
        if (first == null) {
            first = file;
            height = image.getHeight();
            width = image.getWidth();
        } else if (image.getHeight() != height || image.getWidth() != width) {
            throw new DataException(
                    file,
                    "has " + image.getHeight() + " × " + image.getWidth() + " pixels, but " + first + " has " + height
                            + " × " + width + "; bring all images to one size");
        }
        return planes(file, image);
    }

    /** Decodes after the size that the head states was found to be possible, so that no memory is taken for a lie. */
    private BufferedImage decoded(Path file, byte[] content) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException(file, "is no PNG or JPEG image by its content; save it as one");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                long pixels = (long) reader.getHeight(0) * reader.getWidth(0);
                if (pixels > DENSEST * content.length) {
                    throw new DataException(
                            file,
                            "states " + reader.getHeight(0) + " × " + reader.getWidth(0) + " pixels, more than its "
                                    + content.length + " bytes can hold; copy it again");
                }
                OwnSplits.checkRoom(file, 3 * pixels);
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) { // Java's readers fail in many ways where a file is damaged
            throw new IOException(e);
        }
    }

    /** Planes of the file's own values; a palette is looked up. */
    private byte[][] planes(Path file, BufferedImage image) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return planes(file, palette, image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null));
        }
        int channels = colours.getNumColorComponents();
        int bits = image.getRaster().getSampleModel().getSampleSize(0);
        if (bits != 8 || channels != 1 && channels != 3) {
            throw new DataException(
                    file,
                    "has " + channels + " colours of " + bits
                            + " bits, but must have 1 or 3 of 8; convert it with an image" + " program");
        }
        if (colours.hasAlpha()) {
            int[] alpha = image.getRaster().getSamples(0, 0, width, height, channels, (int[]) null);
            for (int i = 0; i < alpha.length; i++) {
                checkOpaque(file, i, alpha[i]);
            }
        }
        byte[][] planes = new byte[channels][height * width];
        for (int c = 0; c < channels; c++) {
            int[] values = image.getRaster().getSamples(0, 0, width, height, c, (int[]) null);
            for (int i = 0; i < values.length; i++) {
                planes[c][i] = (byte) values[i];
            }
        }
        return planes;
    }

    private byte[][] planes(Path file, IndexColorModel palette, int[] places) {
        byte[][] planes = new byte[3][places.length];
        boolean grey = true;
        for (int i = 0; i < places.length; i++) {
            checkOpaque(file, i, palette.getAlpha(places[i]));
            planes[0][i] = (byte) palette.getRed(places[i]);
            planes[1][i] = (byte) palette.getGreen(places[i]);
            planes[2][i] = (byte) palette.getBlue(places[i]);
            grey &= planes[0][i] == planes[1][i] && planes[1][i] == planes[2][i];
        }
        return grey ? new byte[][] {planes[0]} : planes;
    }

    private void checkOpaque(Path file, int pixel, int alpha) {
        if (alpha != 255) {
            throw new DataException(
                    file,
                    "is transparent at row " + pixel / width + ", column " + pixel % width
                            + "; put it on a background and save it without transparency");
        }
    }

    private static float[] row(byte[][] planes, int channels) {
        int area = planes[0].length;
        float[] row = new float[channels * area];
        for (int c = 0; c < channels; c++) {
            byte[] plane = planes[Math.min(c, planes.length - 1)];
            for (int i = 0; i < area; i++) {
                row[c * area + i] = plane[i] & 0xff;
            }
        }
        return row;
    }
}
