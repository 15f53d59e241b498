package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** A page of a front end that draws widgets, in headless Chromium: cells are run in it and sliders dragged. */
abstract class WidgetPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration MOVE = Duration.ofMillis(20);

    /** Tall enough for all cells of a test: front ends leave out what nobody sees. */
    private static final int HEIGHT = 4000;

    /** Waits in the page, so that a wait costs no processor time. */
    private static final String WATCH =
            """
            window.parsimonyWatches?.forEach(watch => watch.disconnect());
            const [element, times] = [arguments[0], window.parsimonyTimes = []];
            let since = null;
            const moves = new MutationObserver(() => { since = performance.now(); });
            moves.observe(element, { attributes: true, attributeFilter: ['aria-valuenow'] });
            const drawn = () => {
              const image = document.querySelector('.widget-output img, .jupyter-widgets-output-area img');
              if (image && image.src !== window.parsimonyFigure) {
                const began = since;
                window.parsimonyFigure = image.src;
                image.decode().then(() => { if (began !== null) times.push(performance.now() - began); });
              }
            };
            drawn();
            const figures = new MutationObserver(drawn);
            figures.observe(document.body, { childList: true, subtree: true });
            window.parsimonyWatches = [moves, figures];
            """;

    private final ChromeDriver browser;

    WidgetPage(Path scratch) {
        browser = Chromium.start(scratch);
        browser.manage().timeouts().scriptTimeout(PATIENCE);
        browser.manage().window().setSize(new Dimension(Chromium.WIDTH, HEIGHT));
    }

    /** Runs a cell to its end. */
    abstract void run(String code) throws InterruptedException;

    /** Keeps the cells that were run where {@link #openAgain} finds them. */
    abstract void save();

    /** Opens the address of the same notebook, on the same kernel, in the window that is looked at. */
    abstract void openAgain() throws InterruptedException;

    /** Loads the page anew; kernel and notebook stay. */
    final void reload() throws InterruptedException {
        save();
        openAgain();
    }

    final void open(String address) {
        browser.get(address);
    }

    /** Runs JavaScript in the page; of a promise it waits for the value. */
    final Object script(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    /** Waits until the script returns true. */
    final void until(String script, Object... arguments) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(script(script, arguments))) {
            assertTrue(System.nanoTime() < end, () -> "waited in vain for " + script + "; the page says: " + text());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** All words of the page. */
    final String text() {
        return (String) script("return document.body.innerText");
    }

    final void untilItSays(String words) throws InterruptedException {
        until("return document.body.innerText.includes(arguments[0])", words);
    }

    /** {@link #untilItSays} of words by a regular expression. */
    final void untilItMatches(String expression) throws InterruptedException {
        until("return new RegExp(arguments[0]).test(document.body.innerText)", expression);
    }

    private static String within(String description) {
        return "//*[contains(@class, 'widget-slider')][.//*[contains(@class, 'widget-label')][normalize-space() = '"
                + description + "']]";
    }

    /** The handle of the slider that is called so. */
    final WebElement handle(String description) throws InterruptedException {
        By at = By.xpath(within(description) + "//*[contains(@class, 'noUi-handle')]");
        for (int i = 0; browser.findElements(at).isEmpty() && i < PATIENCE.toMillis() / 50; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return browser.findElement(at);
    }

    /** The number beside the slider that is called so. */
    final String readout(String description) {
        return browser.findElement(By.xpath(within(description) + "//*[contains(@class, 'widget-readout')]"))
                .getText();
    }

    final void untilReadout(String description, String value) throws InterruptedException {
        handle(description);
        for (int i = 0; !readout(description).equals(value) && i < PATIENCE.toMillis() / 50; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Drags a slider's handle with the mouse, and lets it go. */
    final void drag(String description, int pixels) throws InterruptedException {
        new Actions(browser, MOVE)
                .moveToElement(handle(description))
                .clickAndHold()
                .moveByOffset(pixels, 0)
                .release()
                .perform();
    }

    /**
     * Drags a slider's handle a step at a time, without letting it go, and waits for a figure after each.
     *
     * @return milliseconds from the step to the moment when the figure can be seen
     */
    @SuppressWarnings("unchecked")
    final List<Double> millisToTheFigure(String description, int pixels, int steps) throws InterruptedException {
        WebElement handle = handle(description);
        script(WATCH, handle);
        new Actions(browser, MOVE).moveToElement(handle).clickAndHold().perform();
        for (int step = 1; step <= steps; step++) {
            new Actions(browser, MOVE).moveByOffset(pixels, 0).perform();
            until("return window.parsimonyTimes.length >= arguments[0]", step);
        }
        new Actions(browser, MOVE).release().perform();
        List<Double> times = new ArrayList<>();
        ((List<Number>) script("return window.parsimonyTimes")).forEach(time -> times.add(time.doubleValue()));
        return times;
    }

    /** Moves a slider by the arrow keys, back and forth between its ends, a step each 10 ms, and ends at its first value. */
    final void shake(String description, int moves) throws InterruptedException {
        script(
                """
                const [handle, moves] = arguments;
                return new Promise(done => {
                  let key = 'ArrowRight', left = moves;
                  const timer = setInterval(() => {
                    if (left-- === 0) { clearInterval(timer); done(); return; }
                    const at = Number(handle.getAttribute('aria-valuenow'));
                    if (at === Number(handle.getAttribute('aria-valuemax'))) key = 'ArrowLeft';
                    if (at === Number(handle.getAttribute('aria-valuemin'))) key = 'ArrowRight';
                    handle.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                  }, 10);
                });""",
                handle(description),
                moves);
    }

    /** The picture that the page shows, as its data. */
    final String figure() {
        return (String)
                script("return document.querySelector('.widget-output img, .jupyter-widgets-output-area img').src");
    }

    /** Opens the notebook in a second window and looks at that. */
    final void lookAtASecondWindow() throws InterruptedException {
        save();
        browser.switchTo().newWindow(WindowType.TAB);
        openAgain();
    }

    /** Looks at a window, 0 for the first. */
    final void lookAt(int window) {
        browser.switchTo().window(List.copyOf(browser.getWindowHandles()).get(window));
    }

    final void closeSecondWindow() {
        browser.close();
        lookAt(0);
    }

    /** Keeps what the window shows under target/ for people to look at. */
    final void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    @Override
    public void close() {
        browser.quit();
    }
}
