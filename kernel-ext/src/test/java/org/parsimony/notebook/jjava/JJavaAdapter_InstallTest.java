package org.parsimony.notebook.jjava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.kernel.SampleExtension.Sample;

/** The adapter on a kernel that is only JJava's library, with JJava's own registry, renderer and parser of magics. */
class JJavaAdapter_InstallTest {

    private static final class Kernel extends BaseKernel {
        private final List<DisplayData> shown = new ArrayList<>();
        private final List<String> evaluated = new ArrayList<>();

        Kernel() {
            super(
                    "test",
                    "1",
                    new LanguageInfo.Builder("Java").build(),
                    List.of(),
                    null,
                    new JupyterIO(StandardCharsets.UTF_8),
                    new CommManager(),
                    new Renderer(),
                    new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
                    new MagicsRegistry(),
                    false,
                    new StringStyler.Builder().build());
        }

        @Override
        public Object evalRaw(String source) {
            evaluated.add(source);
            return null;
        }

        @Override
        public void display(DisplayData data) {
            shown.add(data);
        }

        @Override
        public DisplayData inspect(String code, int at, boolean extraDetail) {
            return null;
        }

        @Override
        public ReplacementOptions complete(String code, int at) {
            return null;
        }

        @Override
        public String isComplete(String code) {
            return IS_COMPLETE_YES;
        }
    }

    private final Kernel kernel = new Kernel();

    JJavaAdapter_InstallTest() {
        new JJavaAdapter().install(kernel);
    }

    /** JJava 1.0-a6 turns a cell magic into a call and an empty block: what the call returns, no cell ends with. */
    @Test
    void magicsShowTheirValueAlthoughTheKernelDropsIt() throws Exception {
        assertTrue(
                kernel.getMagicParser().resolveMagics("%%sample --size 4\nabc").endsWith("{};"));
        Sample value = kernel.getMagicsRegistry().evalCellMagic(kernel, "sample", List.of("--size", "4"), "abc");
        assertEquals(7, value.size());
        assertEquals("<b>7 units</b>", kernel.shown.get(0).getData(MIMEType.TEXT_HTML));
        assertEquals("7 units", kernel.shown.get(0).getData(MIMEType.TEXT_PLAIN));
        kernel.getMagicsRegistry().evalLineMagic(kernel, "sample", List.of("--size", "3"));
        assertEquals("3 units", kernel.shown.get(1).getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void importsAreEvaluated() {
        assertTrue(
                kernel.evaluated.stream().anyMatch(source -> source.contains("import java.nio.file.Path;")),
                kernel.evaluated::toString);
    }
}
