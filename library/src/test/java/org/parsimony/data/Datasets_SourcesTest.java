package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;

/** Folders first, then the cache, then the network; never a byte whose checksum is wrong, never a silent stand-in. */
class Datasets_SourcesTest {

    private static final Registry.Entry TINY = Fixtures.entry("http://127.0.0.1:1/", 6, 2, 4);

    @TempDir
    Path scratch;

    @Test
    void unknownNameListsTheKnownOnes() {
        var e = assertThrows(IllegalArgumentException.class, () -> Datasets.load("mnits"));
        Datasets.names().forEach(name -> assertTrue(e.getMessage().contains(name), e.getMessage()));
        assertTrue(e.getMessage().contains("\"mnits\""), e.getMessage());
    }

    @Test
    void plainAndGzippedFilesGiveTheSameSplits() throws IOException {
        put(scratch.resolve("a/tiny"), TINY, false);
        put(scratch.resolve("b/tiny"), TINY, true);
        Dataset plain = load(TINY, folders("a"));
        Dataset gzipped = load(TINY, folders("b"));
        assertArrayEquals(plain.train().features(), gzipped.train().features());
        assertEquals(plain.lineage().sha256(), gzipped.lineage().sha256());
        assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1}, plain.train().labels());
        assertArrayEquals(new int[] {0, 1}, plain.validation().labels());
        // the 25th pixel of the training file is the first of validation
        assertEquals((24 * 31 & 0xff) / 255f, plain.validation().features()[0]);
        assertEquals(List.of("even", "odd"), plain.classNames());
    }

    @Test
    void firstFolderWithTheDataSetIsUsedAndNamed() throws IOException {
        put(scratch.resolve("b/tiny"), TINY, false);
        put(scratch.resolve("cache/tiny"), TINY, false);
        assertEquals("b/tiny", load(TINY, folders("a", "b")).lineage().source());
        assertEquals(
                scratch.resolve("cache/tiny").toString(),
                load(TINY, folders("a")).lineage().source());
    }

    @Test
    void folderWithAFileMissingIsAnErrorEvenIfAnotherFolderHasAll() throws IOException {
        put(scratch.resolve("a/tiny"), TINY, false);
        put(scratch.resolve("b/tiny"), TINY, false);
        Files.delete(scratch.resolve("a/tiny/test-labels"));
        String message = refused(TINY, folders("a", "b"));
        assertTrue(message.contains("3 of the 4 files of tiny; missing is test-labels"), message);
    }

    @Test
    void everyCutAndEveryChangedByteIsRefusedWithTheFileNamed() throws IOException {
        for (boolean gzip : new boolean[] {false, true}) {
            for (int at : new int[] {0, 3, 9, 17, 30}) {
                Path file = damaged(gzip, content -> Arrays.copyOf(content, at));
                assertTrue(refused(TINY, folders("a")).startsWith(file + ": "));
                Path altered = damaged(gzip, content -> {
                    content[at] ^= 0x10;
                    return content;
                });
                // some bytes of a gzip header mean nothing: then the content is right and may be used
                if (!gzip || at > 9) {
                    assertTrue(refused(TINY, folders("a")).startsWith(altered + ": "));
                }
            }
            Path longer = damaged(gzip, content -> Arrays.copyOf(content, content.length + 1));
            if (!gzip) {
                assertTrue(refused(TINY, folders("a")).contains(longer + ": it unpacks to more than 48 bytes"));
            }
        }
    }

    @Test
    void nothingAnywhereAndNoNetworkSaysWhereItLooked() {
        String message = refused(TINY, folders("a"));
        assertTrue(message.contains(scratch.resolve("a").toString()), message);
        assertTrue(message.contains("downloading is off"), message);
    }

    @Test
    void twoLoadsAtOnceDownloadEachFileOnceAndAgree() throws IOException {
        try (var server = server()) {
            Registry.Entry entry = Fixtures.entry(server.address(), 6, 2, 4);
            Sources sources = new Sources(List.of(), cache(), true);
            List<CompletableFuture<Dataset>> both = List.of(later(entry, sources), later(entry, sources));
            Dataset first = both.get(0).join();
            assertArrayEquals(
                    first.train().features(), both.get(1).join().train().features());
            assertEquals(4, server.asked.size(), server.asked.toString());
            load(entry, sources.offline());
            assertEquals(4, server.asked.size(), "a cached data set asks nothing");
        }
    }

    @Test
    void archiveIsUnpackedIntoTheCacheAndNotKept() throws IOException {
        Registry.Entry files = Fixtures.entry("", 6, 2, 4);
        byte[] tar = Fixtures.gzip(tar(files));
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, tar, tar.length))) {
            var archive = new Registry.Archive(server.address() + "tiny.tar.gz", tar.length, Fixtures.sha256(tar));
            Registry.Entry entry = with(files, archive, List.of());
            Sources sources = new Sources(List.of(), cache(), true);
            assertEquals(6, load(entry, sources).train().size());
            try (var left = Files.list(scratch.resolve("cache/tiny"))) {
                assertEquals(
                        List.of(".lock", "test-images", "test-labels", "train-images", "train-labels"),
                        left.map(file -> file.getFileName().toString()).sorted().toList());
            }
        }
    }

    @Test
    void variantIsSaidInTitleAndLineage() throws IOException {
        byte[] other = Fixtures.images(8);
        other[20] ^= 1;
        var variant = new Registry.Variant("with 1 stand-in", "", Map.of("train-images", Fixtures.sha256(other)));
        put(scratch.resolve("a/tiny"), TINY, false);
        Files.write(scratch.resolve("a/tiny/train-images"), other);
        assertTrue(refused(TINY, folders("a")).contains(Fixtures.sha256(other)));

        Dataset data = load(with(TINY, null, List.of(variant)), folders("a"));
        assertEquals("Tiny (with 1 stand-in)", data.title());
        assertEquals("with 1 stand-in", data.lineage().variant());
        assertEquals(Fixtures.sha256(other), data.lineage().sha256().get("train-images"));
        assertEquals(
                "with 1 stand-in",
                data.limited(2, 1, 1, 1).flattened().lineage().variant());
    }

    @Test
    void mixtureOfPublishedFilesAndAVariantIsRefused() throws IOException {
        byte[] images = Fixtures.images(8);
        images[20] ^= 1;
        byte[] labels = Fixtures.labels(8);
        labels[9] ^= 1;
        var variant = new Registry.Variant(
                "with stand-ins",
                "",
                Map.of("train-images", Fixtures.sha256(images), "train-labels", Fixtures.sha256(labels)));
        put(scratch.resolve("a/tiny"), TINY, false);
        Files.write(scratch.resolve("a/tiny/train-images"), images);
        String message = refused(with(TINY, null, List.of(variant)), folders("a"));
        assertTrue(message.contains("take all of them from one place"), message);
    }

    private interface Damage {
        byte[] of(byte[] content);
    }

    private Path damaged(boolean gzip, Damage damage) throws IOException {
        Path folder = scratch.resolve("a/tiny");
        Files.createDirectories(folder);
        try (var old = Files.list(folder)) {
            old.forEach(file -> file.toFile().delete());
        }
        put(folder, TINY, gzip);
        Path file = folder.resolve(gzip ? "train-images.gz" : "train-images");
        Files.write(file, damage.of(Files.readAllBytes(file)));
        return file;
    }

    private Sources folders(String... names) {
        return new Sources(
                Arrays.stream(names)
                        .map(name -> new Sources.Folder(name, scratch.resolve(name)))
                        .toList(),
                cache(),
                false);
    }

    private Sources.Folder cache() {
        return new Sources.Folder(scratch.resolve("cache"));
    }

    private static Dataset load(Registry.Entry entry, Sources sources) {
        return Datasets.load(entry, sources, new Download(), Progress.NONE);
    }

    private static CompletableFuture<Dataset> later(Registry.Entry entry, Sources sources) {
        return CompletableFuture.supplyAsync(() -> load(entry, sources), task -> new Thread(task).start());
    }

    private static String refused(Registry.Entry entry, Sources sources) {
        return assertThrows(DataException.class, () -> load(entry, sources)).getMessage();
    }

    private static byte[] content(String name, int training, int test) {
        int n = name.startsWith("train") ? training : test;
        return name.endsWith("images") ? Fixtures.images(n) : Fixtures.labels(n);
    }

    private static void put(Path folder, Registry.Entry entry, boolean gzip) throws IOException {
        Files.createDirectories(folder);
        for (Registry.Item item : entry.files()) {
            byte[] content = content(item.name(), 8, 4);
            Files.write(folder.resolve(item.name() + (gzip ? ".gz" : "")), gzip ? Fixtures.gzip(content) : content);
        }
    }

    private static Fixtures.Server server() throws IOException {
        return new Fixtures.Server(x -> {
            byte[] content = content(x.getRequestURI().getPath().substring(1), 8, 4);
            Fixtures.Server.send(x, content, content.length);
        });
    }

    private static Registry.Entry with(Registry.Entry e, Registry.Archive archive, List<Registry.Variant> variants) {
        return new Registry.Entry(
                e.name(),
                e.title(),
                e.home(),
                e.licence(),
                e.citation(),
                e.format(),
                e.shape(),
                e.inputs(),
                e.skipLines(),
                e.classes(),
                e.samples(),
                e.places(),
                archive,
                e.files(),
                variants);
    }

    /** A tar file of the entry's files in a folder, with a file beside them that nobody wants. */
    private static byte[] tar(Registry.Entry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        member(out, "tiny/readme.html", "hello".getBytes(StandardCharsets.US_ASCII));
        entry.files().forEach(item -> member(out, "tiny/" + item.name(), content(item.name(), 8, 4)));
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static void member(ByteArrayOutputStream out, String path, byte[] content) {
        byte[] header = new byte[512];
        byte[] name = path.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, header, 0, name.length);
        byte[] size = String.format(Locale.ROOT, "%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = '0';
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & 511]);
    }
}
