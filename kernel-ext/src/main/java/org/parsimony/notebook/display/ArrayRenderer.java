package org.parsimony.notebook.display;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;

/** An ND4J array: its shape and type, then its values as ND4J shortens them. */
public final class ArrayRenderer implements Renderer<INDArray> {

    @Override
    public MimeBundle render(INDArray array) {
        String shape = Arrays.stream(array.shape()).mapToObj(Long::toString).collect(Collectors.joining(" × "));
        String head = (shape.isEmpty() ? "scalar" : shape) + " " + array.dataType() + "\n";
        return MimeBundle.of(MimeBundle.TEXT, head + array);
    }
}
