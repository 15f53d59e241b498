package org.parsimony.network.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.network.ModelFormat;

/** {@code .onnx}, read by the protobuf classes that ND4J brings; {@link OnnxGraph} makes a network of it. */
public final class OnnxFormat implements ModelFormat {

    private static final int IR_VERSION = 0x08;
    private static final int LATEST = 64;
    private static final int STRING = 2;

    @Override
    public String name() {
        return "ONNX .onnx";
    }

    /** A file begins with its version, one byte, and then with a field that has a length. */
    @Override
    public boolean begins(byte[] start) {
        return start.length >= 3
                && start[0] == IR_VERSION
                && start[1] > 0
                && start[1] < LATEST
                && start[2] > 0
                && (start[2] & 7) == STRING;
    }

    @Override
    public Model read(Path file) throws IOException {
        Require.that(
                Files.size(file) <= Integer.MAX_VALUE,
                "%s has %d bytes, but networks of at most 2 GB are read",
                file,
                Files.size(file));
        try {
            return OnnxGraph.model(ModelProto.parseFrom(Files.readAllBytes(file)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    file + " is cut or damaged, or no ONNX file (" + e.getMessage() + "); copy it again", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(file + " cannot be read as an ONNX network: " + e.getMessage(), e);
        } catch (RuntimeException e) { // what stands in a damaged file may contradict itself in many ways
            throw new IllegalArgumentException(
                    file + " is damaged and cannot be read as an ONNX network (" + e + "); copy it again", e);
        }
    }
}
