package org.parsimony.experiment.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;

/** The build of this library and of every registered method, as one text that changes whenever their classes do. */
final class LibraryBuild {

    private LibraryBuild() {}

    private static final class Here {
        static final String ID = compute();
    }

    static String id() {
        return Here.ID;
    }

    private static String compute() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Stream.concat(
                            Stream.of(LibraryBuild.class),
                            Methods.all().stream().map(Method::getClass).map(Class.class::cast))
                    .map(type -> type.getProtectionDomain().getCodeSource())
                    .filter(source -> source != null && source.getLocation() != null)
                    .map(source -> source.getLocation().toString())
                    .distinct()
                    .sorted()
                    .forEach(location -> add(digest, location));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The content of a jar; of a folder of classes each file's content, in order. */
    private static void add(MessageDigest digest, String location) {
        try {
            Path place = Path.of(new java.net.URI(location));
            if (Files.isRegularFile(place)) {
                digest.update(Files.readAllBytes(place));
                return;
            }
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    digest.update(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the library's own classes in " + location, e);
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            digest.update(location.getBytes(java.nio.charset.StandardCharsets.UTF_8)); // not a file: a jar in a jar
        }
    }
}
