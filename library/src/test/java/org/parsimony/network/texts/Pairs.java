package org.parsimony.network.texts;

import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.Samples;
import org.parsimony.data.Text;

/** Pairs of short made-up texts with a value that depends on both, a text in several pairs. */
public final class Pairs {

    /** A small network for {@link #data}. */
    public static final String NETWORK = "deepdta-3-4-6-4-11-9-5";

    private static final List<Text> TEXTS = List.of(new Text("ligand", 7, 15), new Text("protein", 5, 30));

    private Pairs() {}

    /** Sixty pairs for training, twenty for each of the others. */
    public static Dataset data() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] ligands = texts(8, TEXTS.get(0), random);
        int[][] proteins = texts(9, TEXTS.get(1), random);
        return new Dataset(
                "pairs",
                "Pairs",
                samples(60, ligands, proteins, random),
                samples(20, ligands, proteins, random),
                samples(20, ligands, proteins, random),
                Lineage.UNKNOWN,
                TEXTS);
    }

    /** Of several lengths; one of full length, so that there is no padding to save. */
    private static int[][] texts(int n, Text text, SplittableRandom random) {
        int[][] texts = new int[n][text.length()];
        for (int i = 0; i < n; i++) {
            int letters = i == 0 ? text.length() : random.nextInt(text.length());
            for (int j = 0; j < letters; j++) {
                texts[i][j] = 1 + random.nextInt(text.tokens() - 1);
            }
        }
        return texts;
    }

    private static Samples samples(int n, int[][] ligands, int[][] proteins, SplittableRandom random) {
        int width = ligands[0].length + proteins[0].length;
        float[] features = new float[n * width];
        float[] targets = new float[n];
        for (int i = 0; i < n; i++) {
            int l = random.nextInt(ligands.length);
            int p = random.nextInt(proteins.length);
            for (int j = 0; j < width; j++) {
                features[i * width + j] = j < ligands[l].length ? ligands[l][j] : proteins[p][j - ligands[l].length];
            }
            targets[i] = (float) (0.1 * l + 0.1 * p + 0.1 * random.nextDouble());
        }
        return Samples.valued(features, targets, width);
    }
}
