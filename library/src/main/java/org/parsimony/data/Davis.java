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

/**
 * DAVIS (Davis et al., Nature Biotechnology 2011) as DeepDTA publishes it: 68 ligands, 442 proteins, and how strongly
 * each binds to each, with the published folds of "setting 1": five for training and one for the test. The last of the five
 * is the validation split here, the other four the training split.
 *
 * <p>A sample is a pair: the tokens of the ligand's SMILES, {@value #SMILES_LENGTH}, then those of the protein's amino acids,
 * {@value #PROTEIN_LENGTH}, numbered as in DeepDTA's code; what is longer is cut, what is shorter is filled with 0. Its target
 * is −log10(Kd / 10^9), Kd in nM: 5 is hardly any binding, 10 very strong.
 */
final class Davis {

    /** Symbols of a drug that the network sees. */
    static final int SMILES_LENGTH = 85;
    /** Symbols of a protein that the network sees. */
    static final int PROTEIN_LENGTH = 1200;

    /** Token t is the character at t − 1. */
    static final String SMILES = "(.02468@BDFHLNPRTVZ\\bdfhlnrt#%)+-/13579=ACEGIKMOSUWY[]acegimosuy";

    static final String AMINO_ACIDS = "ACBEDGFIHKMLONQPSRUTWVYXZ";

    private static final List<Text> TEXTS = List.of(
            new Text("ligand", SMILES.length() + 1, SMILES_LENGTH),
            new Text("protein", AMINO_ACIDS.length() + 1, PROTEIN_LENGTH));

    private final int[][] ligands;
    private final int[][] proteins;
    private final float[] affinities;

    private Davis(List<byte[]> files) {
        ligands = texts("ligands", files.get(0), SMILES, SMILES_LENGTH);
        proteins = texts("proteins", files.get(1), AMINO_ACIDS, PROTEIN_LENGTH);
        affinities = affinities("Kd", files.get(2), ligands.length, proteins.length);
    }

    /**
     * Reads the contents of the five files in the registry's order: ligands, proteins, Kd, training and test folds. Samples
     * take 4 bytes for each pair and token.
     *
     * @throws DataException naming the file that is cut or does not fit the others
     */
    static Dataset decode(String name, String title, List<byte[]> files, Lineage lineage) {
        Davis davis = new Davis(files);
        int[][] folds = json("training folds", files.get(3), int[][].class);
        int[] test = json("test fold", files.get(4), int[].class);
        if (folds.length < 2) {
            throw new DataException(
                    "training folds", "are " + folds.length + ", but must be at least 2: the last is for validation");
        }
        boolean[] taken = new boolean[davis.affinities.length];
        for (int[] fold : folds) {
            take("training folds", fold, taken);
        }
        take("test fold", test, taken);
        int last = folds.length - 1;
        int[] train = Arrays.stream(folds, 0, last).flatMapToInt(Arrays::stream).toArray();
        return new Dataset(
                name, title, davis.pairs(train), davis.pairs(folds[last]), davis.pairs(test), lineage, TEXTS);
    }

    /** Pairs are in one fold each, so that no network is tested on what it was trained on. */
    private static void take(String file, int[] places, boolean[] taken) {
        for (int place : places) {
            if (place < 0 || place >= taken.length) {
                throw new DataException(
                        file, "names pair " + place + ", but there are pairs 0 to " + (taken.length - 1));
            }
            if (taken[place]) {
                throw new DataException(file, "names pair " + place + ", which is in a fold already");
            }
            taken[place] = true;
        }
    }

    private Samples pairs(int[] places) {
        int width = SMILES_LENGTH + PROTEIN_LENGTH;
        float[] tokens = new float[places.length * width];
        float[] affinity = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            int[] ligand = ligands[places[i] / proteins.length];
            int[] protein = proteins[places[i] % proteins.length];
            for (int j = 0; j < width; j++) {
                tokens[i * width + j] = j < SMILES_LENGTH ? ligand[j] : protein[j - SMILES_LENGTH];
            }
            affinity[i] = affinities[places[i]];
        }
        return Samples.valued(tokens, affinity, width);
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
