package org.parsimony.data;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Progress;
import org.parsimony.data.format.Unpacked;

/**
 * DAVIS (Davis et al., Nature Biotechnology 2011) as DeepDTA publishes it: 68 ligands, 442 proteins, and how strongly
 * each binds to each, with the published folds of "setting 1": five for training, here together, and one for the test.
 *
 * <p>Texts are token numbers as in DeepDTA's code: {@value #SMILES_LENGTH} of a ligand's SMILES, {@value
 * #PROTEIN_LENGTH} of a protein's amino acids; what is longer is cut, what is shorter is filled with 0.
 *
 * @param ligands {@code [68 × 85]} tokens from 0 to 64; shared
 * @param proteins {@code [442 × 1200]} tokens from 0 to 25; shared
 * @param train 25,046 pairs, fold after fold
 * @param test 5,010 pairs
 * @param lineage where the files came from, and their SHA-256
 */
public record Davis(int[][] ligands, int[][] proteins, Pairs train, Pairs test, Lineage lineage) {

    /** Registry name. */
    public static final String NAME = "davis";

    /** Symbols of a drug that the network sees. */
    public static final int SMILES_LENGTH = 85;
    /** Symbols of a protein that the network sees. */
    public static final int PROTEIN_LENGTH = 1200;

    /** Token t is the character at t − 1. */
    static final String SMILES = "(.02468@BDFHLNPRTVZ\\bdfhlnrt#%)+-/13579=ACEGIKMOSUWY[]acegimosuy";

    static final String AMINO_ACIDS = "ACBEDGFIHKMLONQPSRUTWVYXZ";

    /**
     * Some pairs.
     *
     * @param ligand number of each pair's ligand; shared
     * @param protein number of each pair's protein; shared
     * @param affinity −log10(Kd / 10^9) of each, Kd in nM: 5 is hardly any binding, 10 very strong; shared
     */
    public record Pairs(int[] ligand, int[] protein, float[] affinity) {

        /** Number of pairs. */
        public int size() {
            return affinity.length;
        }
    }

    /**
     * The data. Every file's SHA-256 is checked.
     *
     * @throws DataException if a file is missing, cut or altered, or cannot be downloaded
     */
    public static Davis load(Sources sources, Progress progress) {
        Registry.Entry entry = Registry.entry(NAME);
        Located located = Datasets.located(entry, sources, new Download(), progress);
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, String> sha256 = new TreeMap<>();
        for (Registry.Item item : entry.files()) {
            Unpacked.Content content = entry.verified(item, located.files().get(item.name()));
            files.put(item.name(), content.bytes());
            sha256.put(item.name(), content.sha256());
        }
        return decode(List.copyOf(files.values()), new Lineage(located.folder().name(), "", sha256, List.of()));
    }

    /** Reads the contents of the five files in the registry's order: ligands, proteins, Kd, training and test folds. */
    static Davis decode(List<byte[]> files, Lineage lineage) {
        int[][] ligands = texts("ligands", files.get(0), SMILES, SMILES_LENGTH);
        int[][] proteins = texts("proteins", files.get(1), AMINO_ACIDS, PROTEIN_LENGTH);
        float[] affinities = affinities("Kd", files.get(2), ligands.length, proteins.length);
        int[][] folds = json("training folds", files.get(3), int[][].class);
        int[] train = Arrays.stream(folds).flatMapToInt(Arrays::stream).toArray();
        int[] test = json("test fold", files.get(4), int[].class);
        return new Davis(
                ligands,
                proteins,
                pairs("training folds", train, proteins.length, affinities),
                pairs("test fold", test, proteins.length, affinities),
                lineage);
    }

    private static Pairs pairs(String file, int[] places, int proteins, float[] affinities) {
        for (int place : places) {
            if (place < 0 || place >= affinities.length) {
                throw new DataException(
                        file, "names pair " + place + ", but there are pairs 0 to " + (affinities.length - 1));
            }
        }
        float[] affinity = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            affinity[i] = affinities[places[i]];
        }
        return new Pairs(
                Arrays.stream(places).map(place -> place / proteins).toArray(),
                Arrays.stream(places).map(place -> place % proteins).toArray(),
                affinity);
    }

    /** Values {@code [ligands × proteins]} from a text of Kd in nM, one line a ligand. */
    static float[] affinities(String file, byte[] content, int ligands, int proteins) {
        List<String> lines = new String(content, StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.size() != ligands) {
            throw new DataException(file, "has " + lines.size() + " lines, but there are " + ligands + " ligands");
        }
        float[][] rows = new float[ligands][]; // joined when all are there: lines of other lengths justify no more
        for (int row = 0; row < ligands; row++) {
            String[] fields = lines.get(row).strip().split("\\s+");
            if (fields.length != proteins) {
                throw new DataException(
                        file,
                        "line " + (row + 1) + " has " + fields.length + " values, but there are " + proteins
                                + " proteins");
            }
            rows[row] = new float[proteins];
            for (int column = 0; column < proteins; column++) {
                rows[row][column] = affinity(file, fields[column], row + 1);
            }
        }
        float[] affinities = new float[ligands * proteins];
        for (int row = 0; row < ligands; row++) {
            System.arraycopy(rows[row], 0, affinities, row * proteins, proteins);
        }
        return affinities;
    }

    private static float affinity(String file, String text, int line) {
        double kd;
        try {
            kd = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            kd = Double.NaN;
        }
        float affinity = (float) -Math.log10(kd / 1e9);
        if (!Float.isFinite(affinity)) {
            throw new DataException(
                    file, "line " + line + " gives Kd \"" + text + "\", but must give a number above 0, in nM");
        }
        return affinity;
    }

    /** The texts of a JSON object, in the order of the file, as tokens. */
    static int[][] texts(String file, byte[] content, String alphabet, int length) {
        Type type = new TypeToken<LinkedHashMap<String, String>>() {}.getType();
        Map<String, String> texts = json(file, content, type);
        int[][] tokens = new int[texts.size()][];
        int i = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (text.getValue() == null) {
                throw new DataException(file, "has no text for " + text.getKey());
            }
            tokens[i++] = tokens(file, text.getKey(), text.getValue(), alphabet, length);
        }
        return tokens;
    }

    private static int[] tokens(String file, String name, String text, String alphabet, int length) {
        int[] tokens = new int[length];
        for (int j = 0; j < Math.min(length, text.length()); j++) {
            tokens[j] = alphabet.indexOf(text.charAt(j)) + 1;
            if (tokens[j] == 0) {
                throw new DataException(
                        file,
                        "character " + j + " of " + name + " is '" + text.charAt(j) + "', but must be one of "
                                + alphabet);
            }
        }
        return tokens;
    }

    private static <T> T json(String file, byte[] content, Type type) {
        try {
            T value = new Gson().fromJson(new String(content, StandardCharsets.UTF_8), type);
            if (value == null
                    || value instanceof int[][] rows && Arrays.asList(rows).contains(null)) {
                throw new DataException(file, "is empty where JSON must stand");
            }
            return value;
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new DataException(file, "is not the JSON that it must be: " + e.getMessage(), e);
        }
    }
}
