package org.parsimony.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.DataException;

/** NumPy's archives {@code .npz} of arrays with names, as {@code np.savez} and {@code np.savez_compressed} write them. */
public final class Npz {

    private static final String ARRAY = ".npy";

    private Npz() {}

    /**
     * Names of the arrays in {@code file}, in its order.
     *
     * @throws DataException if it is no archive of arrays, or is cut
     */
    public static List<String> names(Path file) {
        return inside(file, Npz::names);
    }

    /**
     * All arrays of {@code file} by name, in its order; {@link Npy#read} says of which types. Arrays are unpacked one by
     * one, and memory follows the values that are there.
     *
     * @throws DataException naming the array that is cut or of another type
     */
    public static Map<String, INDArray> read(Path file) {
        return inside(file, zip -> {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            for (String name : names(zip)) {
                arrays.put(name, array(file, zip, name));
            }
            return Collections.unmodifiableMap(arrays);
        });
    }

    /**
     * The array {@code name} of {@code file}.
     *
     * @throws DataException if it is not there, is cut, or of another type than {@link Npy#read} takes
     */
    public static INDArray read(Path file, String name) {
        return inside(file, zip -> {
            if (!names(zip).contains(name)) {
                throw new DataException(file, "has no array \"" + name + "\"; it has " + names(zip));
            }
            return array(file, zip, name);
        });
    }

    /** Whether a file with this content is a zip, as these archives are. */
    static boolean begins(byte[] content) {
        return content.length >= 4
                && content[0] == 'P'
                && content[1] == 'K'
                && (content[2] == 3 && content[3] == 4 || content[2] == 5 && content[3] == 6);
    }

    /** The only array of {@code file}. */
    static INDArray one(Path file) {
        List<String> names = names(file);
        if (names.containsAll(List.of("data", "indices", "indptr", "format"))) {
            throw new DataException(
                    file, "holds a sparse matrix of SciPy; save matrix.toarray() with np.save, or the matrix as .mtx");
        }
        if (names.size() != 1) {
            throw new DataException(
                    file,
                    "is an archive of " + names.size() + " arrays, " + names + ", but one is wanted; save that one with"
                            + " np.save");
        }
        return read(file, names.get(0));
    }

    /** What is done with an open archive. */
    private interface Use<T> {
        T with(ZipFile zip) throws IOException;
    }

    private static <T> T inside(Path file, Use<T> use) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                if (names(zip).isEmpty()) {
                    throw new DataException(
                            file,
                            "is a zip file, but holds no arrays (.npy) as NumPy's .npz does; is it another kind?");
                }
                return use.with(zip);
            }
        } catch (NoSuchFileException e) {
            throw new DataException(file, "there is no such readable file; check the path", e);
        } catch (ZipException | IllegalArgumentException e) { // the latter where a name is no UTF-8
            throw new DataException(
                    file, "is no whole .npz archive (" + e.getMessage() + "); it was cut or altered: copy it again", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read as an .npz archive (" + e.getMessage() + ")", e);
        }
    }

    private static List<String> names(ZipFile zip) {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(ARRAY))
                .map(name -> name.substring(0, name.length() - ARRAY.length()))
                .toList();
    }

    private static INDArray array(Path file, ZipFile zip, String name) throws IOException {
        String place = file + ", array \"" + name + "\"";
        try (InputStream in = zip.getInputStream(zip.getEntry(name + ARRAY))) {
            return Npy.decode(place, Unpacked.all(place, in));
        } catch (ZipException | java.io.EOFException e) {
            throw new DataException(place, "is cut or altered (" + e.getMessage() + "); copy the archive again", e);
        }
    }
}
