package org.parsimony.splitting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.base.WholeFile;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;

/**
 * The file that an interrupted growth goes on from: the rounds so far as JSON, and the network after them. It is replaced as
 * a whole after every round.
 */
final class GrowthCheckpoint {

    private static final int MAGIC = 0x53504c54;

    /**
     * What the growth had done.
     *
     * @param nanos that it took
     */
    record Saved(Model model, List<GrowthRound> rounds, List<Neuron> neurons, long nanos) {}

    /** The part of the file that is JSON. */
    private record Told(String fingerprint, List<GrowthRound> rounds, List<Neuron> neurons, long nanos) {}

    private final Path file;
    private final String fingerprint;

    private GrowthCheckpoint(Path file, String fingerprint) {
        this.file = file;
        this.fingerprint = fingerprint;
    }

    /** The checkpoint of a growth; without a file in the context one that keeps nothing. */
    static GrowthCheckpoint of(Model start, Dataset data, Splitting.Options options, Context context) {
        if (context.checkpoint() == null) {
            return new GrowthCheckpoint(null, "");
        }
        long weights = Arrays.hashCode(start.net().params().dup('c').data().asFloat());
        long samples = Arrays.hashCode(data.train().features()) * 31L
                + Arrays.hashCode(data.train().labels());
        String rest = Json.write(Records.write(options)) + " " + context.seed("growth");
        return new GrowthCheckpoint(
                context.checkpoint(), "" + Seeds.derive(weights * 0x9E3779B97F4A7C15L + samples, rest));
    }

    /**
     * Replaces the file.
     *
     * @param state whether the optimiser's goes with the network
     */
    void write(Model model, Model.OptimiserState state, List<GrowthRound> rounds, List<Neuron> neurons, long nanos) {
        if (file == null) {
            return;
        }
        Path network = beside();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            byte[] told = Json.write(Records.write(new Told(fingerprint, rounds, neurons, nanos)))
                    .getBytes(StandardCharsets.UTF_8);
            out.writeInt(MAGIC);
            out.writeInt(told.length);
            out.write(told);
            model.save(network, state);
            out.write(Files.readAllBytes(network));
            WholeFile.write(file, bytes.toByteArray());
            Files.deleteIfExists(network);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What the file holds, if it is there.
     *
     * @throws IllegalArgumentException if it is damaged, or the checkpoint of another growth
     */
    Optional<Saved> read() {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        Path network = beside();
        try {
            byte[] all = Files.readAllBytes(file);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
            boolean ours = all.length > 8 && in.readInt() == MAGIC;
            int length = ours ? in.readInt() : -1;
            Require.that(
                    ours && length >= 0 && length <= all.length - 8,
                    "%s is not a checkpoint of splitting, or a damaged one; delete it to start anew",
                    file);
            String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            Told told = Records.read(file.toString(), Json.readObject(file.toString(), text), Told.class, null);
            Require.that(
                    told.fingerprint().equals(fingerprint),
                    "%s is the checkpoint of another growth (other options, weights or data); delete it to start anew",
                    file);
            WholeFile.write(network, in.readAllBytes());
            Model model = Model.read(network);
            Files.deleteIfExists(network);
            return Optional.of(new Saved(model, told.rounds(), told.neurons(), told.nanos()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    void delete() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the finished checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private Path beside() {
        return file.resolveSibling(file.getFileName() + ".network.zip");
    }
}
