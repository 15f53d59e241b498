package org.parsimony.export.onnx;

/** Where weights go: into the file as they are, or coded. */
interface OnnxTensors {

    /**
     * Puts an array into the file.
     *
     * @param values row-major; no sides for a single number
     * @return the name under which layers read it
     */
    String put(String name, float[] values, int... sides);

    /** Whether a matrix {@code [rows × cols]} takes fewer bytes turned, {@code [cols × rows]}. */
    boolean smallerTurned(float[] values, int rows, int cols);

    /** Adds what decodes the arrays, after the last of them. */
    void finish();

    /** As they are, 32-bit floats. */
    record Plain(OnnxWriter writer) implements OnnxTensors {

        @Override
        public String put(String name, float[] values, int... sides) {
            return writer.floats(name, values, sides);
        }

        @Override
        public boolean smallerTurned(float[] values, int rows, int cols) {
            return false;
        }

        @Override
        public void finish() {}
    }
}
