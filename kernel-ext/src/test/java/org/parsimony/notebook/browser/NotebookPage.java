package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.chrome.ChromeDriver;

/** A notebook opened in headless Chromium, its kernel connected. */
final class NotebookPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String ERRORS =
            "return Array.from(document.querySelectorAll('.output_error')).map(e => e.innerText)";

    private final ChromeDriver browser;

    NotebookPage(JupyterServer jupyter, String notebook, Path scratch) throws InterruptedException {
        browser = Chromium.start(scratch);
        browser.get(jupyter.address(notebook));
        until("return !!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
                + " && Jupyter.notebook.kernel.is_connected())");
    }

    /** Runs JavaScript in the page. */
    Object script(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    /** Waits until the script returns true. */
    void until(String script, Object... arguments) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(script(script, arguments))) {
            assertTrue(System.nanoTime() < end, () -> "waited in vain for " + script + "; errors so far: " + errors());
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The errors that the page shows. */
    Object errors() {
        return script(ERRORS);
    }

    long count(String selector) {
        return (Long) script("return document.querySelectorAll(arguments[0]).length", selector);
    }

    /** Starts a cell, which may be given another text first. */
    void begin(int cell, String text) {
        script(
                "let c = Jupyter.notebook.get_cell(arguments[0]); c.set_text(arguments[1]); c.clear_output();"
                        + " Jupyter.notebook.execute_cells([arguments[0]])",
                cell,
                text);
    }

    /** Runs a cell with this text to its end. */
    void run(int cell, String text) throws InterruptedException {
        begin(cell, text);
        awaitEnd(cell);
    }

    /** Waits until a cell has its number and the kernel is idle. */
    void awaitEnd(int cell) throws InterruptedException {
        until("return typeof Jupyter.notebook.get_cell(arguments[0]).input_prompt_number === 'number'", cell);
    }

    /** What stands below a cell, one text an area, from the top down. */
    @SuppressWarnings("unchecked")
    List<String> shown(int cell) {
        return (List<String>) script(
                "return Array.from(Jupyter.notebook.get_cell(arguments[0]).element[0].querySelectorAll('.output_subarea'))"
                        + ".map(e => e.innerText)",
                cell);
    }

    /** The whole page, top to bottom, kept under target/ for people to look at. */
    void screenshot(String name) throws Exception {
        long height = (Long) script("return document.querySelector('#notebook-container').scrollHeight + 200");
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", Chromium.WIDTH, "height", height, "deviceScaleFactor", 1, "mobile", false));
        script("document.querySelector('#site').scrollTop = 0");
        var picture = browser.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name), Base64.getDecoder().decode((String) picture.get("data")));
    }

    @Override
    public void close() {
        browser.quit();
    }
}
