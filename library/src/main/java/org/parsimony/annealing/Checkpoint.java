package org.parsimony.annealing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The file that an interrupted search is resumed from. It is replaced as a whole, so that a kill at any moment leaves the
 * one before, and starts with a fingerprint of all that the result depends on.
 */
final class Checkpoint {

    private static final int MAGIC = 0x50534131;

    /**
     * @param fingerprint of model, data and options
     * @param nanos that the search has taken so far
     * @param parameters of the network at the start of this step; empty at the first
     * @param kept elements at the start of this step
     * @param steps finished
     * @param rounds finished in all steps
     * @param chain where this step's walk stands
     */
    record Saved(
            long fingerprint,
            long nanos,
            float[] parameters,
            boolean[] kept,
            List<AnnealingOutcome.Step> steps,
            List<Round> rounds,
            Chain.State chain) {}

    private Checkpoint() {}

    static void write(Path file, Saved saved) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(saved.fingerprint);
            out.writeLong(saved.nanos);
            floats(out, saved.parameters);
            booleans(out, saved.kept);
            out.writeInt(saved.steps.size());
            for (AnnealingOutcome.Step s : saved.steps) {
                for (double value : new double[] {s.pruned(), s.cost(), s.accuracy(), s.accuracyTuned()}) {
                    out.writeDouble(value);
                }
            }
            out.writeInt(saved.rounds.size());
            for (Round r : saved.rounds) {
                ints(out, new int[] {r.number(), r.moves(), r.accepted()});
                out.writeDouble(r.temperature());
                out.writeDouble(r.cost());
                out.writeDouble(r.bestCost());
            }
            write(out, saved.chain);
            CRC32 crc = new CRC32();
            crc.update(bytes.toByteArray());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (DataOutputStream target = new DataOutputStream(Files.newOutputStream(fresh))) {
                target.writeInt(MAGIC);
                target.writeLong(crc.getValue());
                bytes.writeTo(target);
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(DataOutputStream out, Chain.State state) throws IOException {
        out.writeInt(state.round);
        out.writeLong(state.moves);
        out.writeDouble(state.current);
        ints(out, state.order);
        booleans(out, state.arranged);
        booleans(out, state.computed);
        out.writeInt(state.since.size());
        for (int[] flips : state.since) {
            ints(out, flips);
        }
        booleans(out, state.best);
        out.writeDouble(state.bestTotal);
    }

    /**
     * @throws IllegalArgumentException if the file is no checkpoint, or one of another search
     */
    static Saved read(Path file, long fingerprint) {
        try {
            byte[] all = Files.readAllBytes(file);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
            CRC32 crc = new CRC32();
            boolean whole = all.length > 12 && in.readInt() == MAGIC;
            if (whole) {
                crc.update(all, 12, all.length - 12);
                whole = in.readLong() == crc.getValue();
            }
            if (!whole) {
                throw new IllegalArgumentException(
                        file + " is not a checkpoint of a mask search, or a damaged one; delete it to start anew");
            }
            if (in.readLong() != fingerprint) {
                throw new IllegalArgumentException(
                        file + " is the checkpoint of another search (other options, weights "
                                + "or data); name another file, or delete it to start anew");
            }
            long nanos = in.readLong();
            float[] parameters = floats(in);
            boolean[] kept = booleans(in);
            List<AnnealingOutcome.Step> steps = new ArrayList<>();
            for (int n = in.readInt(); n > 0; n--) {
                steps.add(
                        new AnnealingOutcome.Step(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
            }
            List<Round> rounds = new ArrayList<>();
            for (int n = in.readInt(); n > 0; n--) {
                int[] counts = ints(in);
                rounds.add(
                        new Round(counts[0], in.readDouble(), in.readDouble(), in.readDouble(), counts[1], counts[2]));
            }
            return new Saved(fingerprint, nanos, parameters, kept, steps, rounds, state(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private static Chain.State state(DataInputStream in) throws IOException {
        Chain.State state = new Chain.State();
        state.round = in.readInt();
        state.moves = in.readLong();
        state.current = in.readDouble();
        state.order = ints(in);
        state.arranged = booleans(in);
        state.computed = booleans(in);
        for (int n = in.readInt(); n > 0; n--) {
            state.since.add(ints(in));
        }
        state.best = booleans(in);
        state.bestTotal = in.readDouble();
        return state;
    }

    private static void floats(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    private static void ints(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static int[] ints(DataInputStream in) throws IOException {
        int[] values = new int[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    private static void booleans(DataOutputStream out, boolean[] values) throws IOException {
        out.writeInt(values.length);
        for (boolean value : values) {
            out.writeBoolean(value);
        }
    }

    private static boolean[] booleans(DataInputStream in) throws IOException {
        boolean[] values = new boolean[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readBoolean();
        }
        return values;
    }
}
