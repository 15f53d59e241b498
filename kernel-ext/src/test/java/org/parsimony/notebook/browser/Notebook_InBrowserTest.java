package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.parsimony.base.Home;
import org.parsimony.notebook.run.Parameters;

/** What a researcher sees: the OptiNET notebook opened in Jupyter, all cells run, in headless Chromium. */
class Notebook_InBrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int WIDTH = 1280;

    @Test
    void everyCellRunsAndShowsTablesPlotsAndProgress(@TempDir Path scratch) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("notebooks"));
        Path source = Home.checkout().orElseThrow().resolve("notebooks/01-optinet.ipynb");
        Parameters.of(source).withTier("smoke").write(folder.resolve("optinet.ipynb"));
        try (JupyterServer jupyter = new JupyterServer(folder, scratch)) {
            jupyter.awaitAnswer();
            ChromeDriver browser = browser(scratch);
            try {
                browser.get(jupyter.address("optinet.ipynb"));
                until(
                        browser,
                        "return !!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
                                + " && Jupyter.notebook.kernel.is_connected())");
                browser.executeScript("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells()");
                until(browser, "return !!document.querySelector('.parsimony-progress')");
                until(browser, CODE_CELLS + ".every(c => typeof c.input_prompt_number === 'number')");
                screenshot(browser, "notebook-in-jupyter.png");

                assertEquals(List.of(), browser.executeScript(ERRORS));
                assertTrue(count(browser, ".output_area table tbody tr") > 20, "rows of tables");
                assertTrue(count(browser, ".output_area svg, .output_area img") >= 4, "plots");
                assertTrue(count(browser, ".parsimony-progress") >= 3, "bars of finished work");
                assertEquals(0L, browser.executeScript("return document.querySelectorAll('.output_stderr').length"));
            } finally {
                browser.quit();
            }
        }
    }

    private static final String CODE_CELLS =
            "return Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code' && c.get_text().trim())";

    private static final String ERRORS =
            "return Array.from(document.querySelectorAll('.output_error')).map(e => e.innerText)";

    private static ChromeDriver browser(Path scratch) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=" + WIDTH + ",1000",
                "--user-data-dir=" + scratch.resolve("chromium"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(program("chromedriver")))
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static String program(String... names) {
        for (String name : names) {
            for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return file.toString();
                }
            }
        }
        throw new IllegalStateException(
                "this test needs " + names[0] + "; ./parsimony test installs it, or install it by hand");
    }

    private static void until(ChromeDriver browser, String script) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(browser.executeScript(script))) {
            assertTrue(
                    System.nanoTime() < end,
                    () -> "waited in vain for " + script + "; errors so far: " + browser.executeScript(ERRORS));
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long count(ChromeDriver browser, String selector) {
        return (Long) browser.executeScript("return document.querySelectorAll(arguments[0]).length", selector);
    }

    /** The whole page, top to bottom, kept under target/ for people to look at. */
    private static void screenshot(ChromeDriver browser, String name) throws Exception {
        long height =
                (Long) browser.executeScript("return document.querySelector('#notebook-container').scrollHeight + 200");
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", WIDTH, "height", height, "deviceScaleFactor", 1, "mobile", false));
        browser.executeScript("document.querySelector('#site').scrollTop = 0");
        var picture = browser.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name), Base64.getDecoder().decode((String) picture.get("data")));
    }
}
