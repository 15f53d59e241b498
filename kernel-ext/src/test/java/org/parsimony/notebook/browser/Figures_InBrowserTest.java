package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.parsimony.figure.Charts;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.ParsimonyExtension;
import org.parsimony.notebook.display.ChartRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.widget.Flip;

/** Figures of a page opened from disk, without a kernel, a script of ours or a network, on white and on black. */
class Figures_InBrowserTest {

    private static final double[] X = {1, 2, 3};

    private static org.knowm.xchart.XYChart chart(double last) {
        return Charts.points(
                "title",
                "x",
                "y",
                List.of(
                        new Charts.Curve("one arm", X, new double[] {2, 4, last}, new double[] {.5, .5, .5}),
                        new Charts.Curve("another arm", X, new double[] {3, 5, 7}, new double[] {.5, .5, .5})));
    }

    private static String page() {
        FakeNotebook notebook = new FakeNotebook() {
            @Override
            public MimeBundle render(Object value) {
                return new ChartRenderer().render((org.knowm.xchart.XYChart) value);
            }
        };
        new ParsimonyExtension().install(notebook);
        @SuppressWarnings("unchecked")
        var flips = (org.parsimony.notebook.spi.Renderer<Flip>) notebook.renderers.get(Flip.class);
        Flip flip = new Flip("last", List.of("8", "9"), List.of(chart(8), chart(9)));
        return new ChartRenderer().render(chart(6)).data().get(MimeBundle.HTML) + "<hr>"
                + flips.render(flip).data().get(MimeBundle.HTML);
    }

    @Test
    void legendHoverPinAndFlipWorkInAPageFromDisk(@TempDir Path scratch) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Path file = folder.resolve("figures.html").toAbsolutePath();
        Files.writeString(file, "<!doctype html><meta charset=\"utf-8\"><body>" + page());
        ChromeDriver browser = Chromium.start(scratch);
        try {
            for (String ground : List.of("light", "dark")) {
                browser.get(file.toUri().toString());
                browser.executeScript(
                        "document.body.style = arguments[0]",
                        ground.equals("dark") ? "background:#111;color:#ddd" : "background:#fff;color:#222");
                check(browser);
                Files.write(folder.resolve("figures-" + ground + ".png"), browser.getScreenshotAs(OutputType.BYTES));
            }
        } finally {
            browser.quit();
        }
    }

    /** A page hears of the pointer with its next frame. */
    private static void untilVisible(WebElement element) throws InterruptedException {
        for (int i = 0; i < 100 && !element.getCssValue("visibility").equals("visible"); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertEquals("visible", element.getCssValue("visibility"), element.getText());
    }

    private static void check(ChromeDriver browser) throws InterruptedException {
        WebElement figure = browser.findElement(By.cssSelector(".parsimony-figure"));
        WebElement first = figure.findElement(By.cssSelector("img.o0"));
        WebElement second = figure.findElement(By.cssSelector("img.o1"));
        assertTrue(first.isDisplayed() && second.isDisplayed());
        assertEquals(figure.findElement(By.cssSelector("img")).getRect(), first.getRect(), "layers lie on each other");

        List<WebElement> entries = figure.findElements(By.cssSelector("label"));
        new Actions(browser).moveToElement(entries.get(0)).click().perform();
        assertFalse(first.isDisplayed(), "a click on its entry hides a series");
        assertTrue(
                figure.findElements(By.cssSelector("g.o0")).stream().noneMatch(WebElement::isDisplayed),
                "and its words");
        assertTrue(second.isDisplayed());

        WebElement spot = figure.findElement(By.cssSelector("g.o1 circle"));
        WebElement words = figure.findElement(By.cssSelector("g.o1 text"));
        assertEquals("hidden", words.getCssValue("visibility"));
        new Actions(browser).moveToElement(spot).perform();
        untilVisible(words); // under the pointer
        new Actions(browser).click().moveToElement(entries.get(1)).perform();
        assertEquals("visible", words.getCssValue("visibility"), "pinned by a click");

        WebElement flip = browser.findElement(By.cssSelector(".parsimony-flip"));
        List<WebElement> faces = flip.findElements(By.cssSelector(".f"));
        assertTrue(faces.get(0).isDisplayed() && !faces.get(1).isDisplayed());
        flip.findElements(By.cssSelector(".t label")).get(1).click();
        assertTrue(!faces.get(0).isDisplayed() && faces.get(1).isDisplayed(), "the other stop");
        new Actions(browser)
                .moveToElement(faces.get(1)
                        .findElements(By.cssSelector(".parsimony-figure>label"))
                        .get(0))
                .click()
                .perform();
        assertFalse(faces.get(1).findElement(By.cssSelector("img.o0")).isDisplayed());
        assertFalse(faces.get(0).isDisplayed(), "a legend's click is no click on the flip");
    }
}
