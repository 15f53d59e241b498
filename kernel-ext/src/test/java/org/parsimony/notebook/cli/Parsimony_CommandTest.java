package org.parsimony.notebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Home;
import org.parsimony.data.format.Npy;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import picocli.CommandLine;

class Parsimony_CommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void claimsPrintsTheClaimsThatAreAskedFor() {
        assertEquals(0, run("claims", "optinet", "--kind", "accuracy"));
        assertTrue(out.toString().contains("as accurate as the dense baseline or better"), out.toString());
        assertTrue(out.toString().contains("verdict"), out.toString());
    }

    @Test
    void anUnknownPaperIsNamedBesideTheKnownOnes() {
        assertEquals(2, run("claims", "optinets"));
        assertTrue(
                err.toString().contains("\"optinets\"; there are [")
                        && err.toString().contains("optinet"),
                err + "");
    }

    @Test
    void anUnknownNotebookIsNamedBesideTheKnownOnes() {
        assertEquals(2, run("run", "optinets"));
        assertTrue(err.toString().contains("\"optinets\"; there are 00-quickstart, 01-optinet"), err.toString());
    }

    @Test
    void anUnknownParameterIsNamedBesideTheKnownOnes() {
        assertEquals(2, run("run", "optinet", "-p", "seed=3"));
        assertTrue(err.toString().contains("\"seed\"") && err.toString().contains("seeds, epochs"), err.toString());
    }

    @Test
    void aParameterWithoutAValueIsSaidToNeedOne() {
        assertEquals(2, run("run", "optinet", "-p", "foo"));
        assertTrue(err.toString().contains("-p is \"foo\", but must be NAME=VALUE"), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "seeds=-1, 'seeds is -1, but must be a whole number of at least 1'",
        "dataset=mnits, 'dataset is \"mnits\", but must be a path'",
        "network=784-30o-10, 'network is \"784-30o-10\", but must be widths'",
        "samples=99999999, 'samples is 99999999, but must be at most'",
        "tolerance=-3, 'step 2: optinet: tolerance is -3, but must lie'",
    })
    void whatNoExperimentOfThePaperCanTakeIsSaidBeforeAKernelStarts(String set, String said) {
        Path to = folder.resolve("out");
        assertEquals(2, run("run", "optinet", "-p", set, "--out", to.toString()));
        assertTrue(err.toString().contains(said), err.toString());
        assertFalse(Files.exists(to), "nothing was written");
    }

    @Test
    void everyCommandTellsTheVersion() {
        assertEquals(0, run("--version"));
        assertEquals(0, run("bench", "dot", "-V"));
        assertEquals(
                2,
                out.toString().lines().filter(l -> l.startsWith("Parsimony ")).count(),
                out.toString());
    }

    @Test
    void aNetworkIsToldLayerByLayer() throws IOException {
        Path file = folder.resolve("net.zip");
        Architectures.mlp("64-8-10", 1).save(file);
        Path plot = folder.resolve("plot.svg");
        assertEquals(0, run("summary", file.toString(), "--plot", plot.toString()), err.toString());
        assertTrue(out.toString().contains("OutputLayer") && out.toString().contains("█"), out.toString());
        assertTrue(Files.readString(plot).contains("<svg"));
        assertEquals(2, run("summary", "lenet5"));
        assertTrue(err.toString().contains("add --dataset NAME"), err.toString());
        assertEquals(2, run("summary", "nothing.h5"));
        assertTrue(err.toString().contains("there is no network file nothing.h5"), err.toString());
    }

    @Test
    void whatEachLayerBearsBecomesAStep() {
        Path file = folder.resolve("net.zip");
        Architectures.mlp("64-8-10", 1).save(file);
        assertEquals(
                0,
                run("sensitivity", file.toString(), "--dataset", "digits", "--amounts", "0.5,0.9", "--drop", "1"),
                err.toString());
        assertTrue(out.toString().contains("magnitude layers=0,1 ratio=0.9,0.9"), out.toString());
        assertEquals(2, run("sensitivity", file.toString()));
        assertTrue(err.toString().contains("--dataset is missing"), err.toString());
    }

    @Test
    void anUnknownTierIsNamedBesideTheKnownOnes() {
        assertEquals(2, run("run", "optinet", "--tier", "huge"));
        assertTrue(err.toString().contains("\"huge\", but must be one of short, "), err.toString());
    }

    @Test
    void anUnknownOptionShowsTheUsage() {
        assertEquals(2, run("run", "optinet", "--teir", "smoke"));
        assertTrue(err.toString().contains("--teir") && err.toString().contains("--tier"), err.toString());
    }

    @Test
    void aNotebookWhoseCellFailsEndsWithStatusOneAndIsWrittenSoFar() throws Exception {
        Path target = folder.resolve("out");
        assertEquals(1, run("run", bad("int x = 0;"), "--out", target.toString()));
        assertTrue(Files.exists(target.resolve("bad.ipynb")));
        assertTrue(Files.exists(target.resolve("bad.html")));
    }

    /** Cells run beside the notebook, not where the command is called. */
    @Test
    void aFileThatIsNamedFromHereIsFoundFromThere() throws Exception {
        Path target = folder.resolve("out");
        run("run", bad("String x = \\\"net\\\";"), "-p", "x=pom.xml", "--out", target.toString());
        String written = Files.readString(target.resolve("bad.ipynb"));
        assertTrue(written.contains("x = \\\"" + Path.of("pom.xml").toAbsolutePath() + "\\\""), written);
    }

    /** A notebook with these parameters whose first cell fails: there is no kernel for it. */
    private String bad(String parameters) throws IOException {
        return Files.writeString(
                        folder.resolve("bad.ipynb"),
                        """
                        {"cells": [{"cell_type": "code", "execution_count": null, "metadata": {"tags": ["parameters"]},
                        "outputs": [], "source": "%s"},
                        {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": "1 / x"},
                        {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": "7"}],
                        "metadata": {"kernelspec": {"display_name": "none", "language": "java", "name": "no-such-kernel"}},
                        "nbformat": 4, "nbformat_minor": 4}
                        """
                                .formatted(parameters))
                .toString();
    }

    @Test
    void codeWritesANetworkAndSaysWhatIsInIt() {
        String zip = folder.resolve("net.zip").toString();
        String pars = folder.resolve("net.pars").toString();
        Architectures.mlp("6-5-3", 1).save(folder.resolve("net.zip"));
        assertEquals(0, run("code", zip, "--out", pars, "--code", "ham"), err.toString());
        assertTrue(out.toString().contains("dense 5 relu") && out.toString().contains("whole file"), out.toString());
        assertEquals(0, run("code", pars), err.toString());
        assertTrue(out.toString().contains("bits per weight"), out.toString());
        assertEquals(
                Model.read(folder.resolve("net.zip")).network().params(),
                Model.read(folder.resolve("net.pars")).network().params());
    }

    @Test
    void exportWritesTheFormThatTheEndingNames() throws Exception {
        String zip = folder.resolve("net.zip").toString();
        Architectures.mlp("4-3-2", 1).save(Path.of(zip));
        String onnx = folder.resolve("net.onnx").toString();
        assertEquals(0, run("export", zip, onnx, "--form", "compressed"), err.toString());
        assertEquals(0x08, Files.readAllBytes(Path.of(onnx))[0]);
        assertTrue(out.toString().contains("" + Files.size(Path.of(onnx))), out.toString());
        assertEquals(2, run("export", zip, folder.resolve("net.tflite").toString()));
        assertTrue(err.toString().contains("net.tflite, must end in one of .onnx"), err.toString());
    }

    @Test
    void codeNamesAFileThatIsNoNetwork() throws Exception {
        Path text = Files.writeString(folder.resolve("net.txt"), "hello");
        assertEquals(2, run("code", text.toString()));
        assertTrue(err.toString().contains("net.txt is no network file; it must be one of Keras .h5"), err.toString());
    }

    /** Matrices and networks, however damaged: one line that names the file and says what to do, and no stack. */
    @ParameterizedTest
    @CsvSource({
        "missing.npy, check the path",
        "text.npy, is it a .npy file",
        "empty.npy, is it a .npy file",
        "cut.npy.gz, replace the file by a whole one",
        "cut.zip, copy it again",
        "damaged.zip, copy it again",
        "cut.h5, copy it again",
        "start.h5, copy it again",
        "missing.pars, check the path",
        "missing.h5, give the path"
    })
    void codeNamesADamagedFileInOneLine(String name, String remedy) throws Exception {
        damagedFiles();
        assertEquals(2, run("code", folder.resolve(name).toString()));
        assertTrue(err.toString().contains(name) && err.toString().contains(remedy), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void codeSaysWhatBecameOfValuesThatAreNo32BitFloats() {
        Npy.write(
                folder.resolve("double.npy"),
                Nd4j.createFromArray(new double[][] {{0.5, 0.1}, {Double.NaN, 1e300}, {16777217, 2}}));
        Npy.write(folder.resolve("int.npy"), Nd4j.createFromArray(new int[][] {{1, 16777217}, {3, 3}}));
        Npy.write(folder.resolve("float.npy"), Nd4j.createFromArray(new float[][] {{1, 2}, {3, 3}}));
        assertEquals(0, run("code", folder.resolve("double.npy").toString()), err.toString());
        assertTrue(
                out.toString()
                        .contains("64-bit floats, of which 2 of 6 were rounded; 1 value is beyond the range of 32-bit"
                                + " floats; 1 value is not finite"),
                out.toString());
        assertEquals(0, run("code", folder.resolve("int.npy").toString()), err.toString());
        assertTrue(out.toString().contains("integers, of which 1 of 4 were rounded"), out.toString());
        Npy.write(folder.resolve("infinite.npy"), Nd4j.createFromArray(new float[][] {{Float.POSITIVE_INFINITY, 0}}));
        int early = out.toString().length();
        assertEquals(0, run("code", folder.resolve("infinite.npy").toString()), err.toString());
        assertTrue(out.toString().substring(early).contains("1 value is not finite"), out.toString());
        assertFalse(out.toString().substring(early).contains("beyond"), out.toString());
        int before = out.toString().length();
        assertEquals(0, run("code", folder.resolve("float.npy").toString()), err.toString());
        assertFalse(out.toString().substring(before).contains("read as"), out.toString());
    }

    @Test
    void codeReadsTheOneArrayOfAnArchiveOfNumPy() throws Exception {
        Npy.write(folder.resolve("w.npy"), Nd4j.createFromArray(new float[][] {{1, 0}, {0, 2}}));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("w.npz")))) {
            zip.putNextEntry(new ZipEntry("w.npy"));
            zip.write(Files.readAllBytes(folder.resolve("w.npy")));
        }
        assertEquals(0, run("code", folder.resolve("w.npy").toString()), err.toString());
        String table = out.toString();
        assertEquals(0, run("code", folder.resolve("w.npz").toString()), err.toString());
        assertEquals(table + table, out.toString());
    }

    private void damagedFiles() throws IOException {
        Files.writeString(folder.resolve("text.npy"), "hello, this is no matrix");
        Files.createFile(folder.resolve("empty.npy"));
        Npy.write(folder.resolve("whole.npy.gz"), Nd4j.rand(20, 20));
        byte[] npy = Files.readAllBytes(folder.resolve("whole.npy.gz"));
        Files.write(folder.resolve("cut.npy.gz"), Arrays.copyOf(npy, npy.length / 2));
        Architectures.mlp("60-50-3", 1).save(folder.resolve("whole.zip"));
        byte[] zip = Files.readAllBytes(folder.resolve("whole.zip"));
        Files.write(folder.resolve("cut.zip"), Arrays.copyOf(zip, zip.length / 2));
        Arrays.fill(zip, zip.length / 3, zip.length / 2, (byte) 7);
        Files.write(folder.resolve("damaged.zip"), zip);
        Path keras = Home.checkout()
                .orElseThrow()
                .resolve("library/src/test/resources/org/parsimony/network/files/keras.h5");
        byte[] h5 = Files.readAllBytes(keras);
        Files.write(folder.resolve("cut.h5"), Arrays.copyOf(h5, h5.length / 2));
        Files.write(folder.resolve("start.h5"), Arrays.copyOf(h5, 60));
    }

    private int run(String... arguments) {
        CommandLine line = Parsimony.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
