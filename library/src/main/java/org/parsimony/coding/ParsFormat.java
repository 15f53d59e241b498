package org.parsimony.coding;

import java.io.IOException;
import java.nio.file.Path;
import org.parsimony.network.Model;
import org.parsimony.network.ModelFormat;

/** Lets {@link Model#read} read {@code .pars}. */
public final class ParsFormat implements ModelFormat {

    @Override
    public String name() {
        return "Parsimony .pars";
    }

    @Override
    public boolean begins(byte[] start) {
        return CodedNetwork.begins(start);
    }

    @Override
    public Model read(Path file) throws IOException {
        try {
            return CodedNetwork.map(file).model();
        } catch (CodingException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
