package org.parsimony.notebook.ijava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.kernel.SampleExtension.Sample;
import org.parsimony.notebook.spi.MimeBundle;

/** The adapter on a kernel that is only the base library, as stock IJava is. */
class IJavaAdapter_InstallTest {

    private static final class Kernel extends BaseKernel {
        private final List<DisplayData> shown = new ArrayList<>();

        @Override
        public DisplayData eval(String code) {
            return null;
        }

        @Override
        public LanguageInfo getLanguageInfo() {
            return new LanguageInfo.Builder("Java").build();
        }

        @Override
        public void display(DisplayData data) {
            shown.add(data);
        }
    }

    private final Kernel kernel = new Kernel();
    private final Magics magics = new Magics();
    private final String imports = IJavaAdapter.install(kernel, magics, code -> "evaluated " + code);

    @Test
    void magicsRunAndRenderersShow() throws Exception {
        Sample sample = magics.applyLineMagic("sample", List.of("--size", "4"));
        assertEquals(4, sample.size());
        Sample withBody = magics.applyCellMagic("sample", List.of("--size", "4"), "abc");
        assertEquals(7, withBody.size());
        DisplayData data = kernel.getRenderer().render(sample);
        assertEquals("<b>4 units</b>", data.getData(MIMEType.TEXT_HTML));
        assertEquals("4 units", data.getData(MIMEType.TEXT_PLAIN));
        assertEquals(
                "4 units", kernel.getRenderer().renderAs(sample, "text/plain").getData(MIMEType.TEXT_PLAIN));
        assertTrue(imports.contains("import java.nio.file.Path;"), imports);
    }

    @Test
    void displaysHaveAnId() throws Exception {
        BaseKernelNotebook notebook = new BaseKernelNotebook(kernel, magics, code -> "evaluated " + code);
        String id = notebook.display(MimeBundle.html("<b>x</b>", "x"));
        assertEquals(id, kernel.shown.get(0).getDisplayId());
        assertEquals("evaluated 1", notebook.eval("1"));
    }

    @Test
    void outsideIJavaItSaysSo() {
        assertThrows(IllegalStateException.class, IJavaAdapter::install);
    }
}
