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
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.parsimony.figure.Charts;
import org.parsimony.figure.HeatMap;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.ParsimonyExtension;
import org.parsimony.notebook.display.ChartRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.widget.Flip;

/** Figures of a page opened from disk, without a kernel, a script of ours or a network, on white and on black. */
class Figures_InBrowserTest {

    private static final double[] X = {1, 2, 3};

    private static XYChart chart(double last) {
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
                return new ChartRenderer().render((Chart<?, ?>) value);
            }
        };
        new ParsimonyExtension().install(notebook);
        @SuppressWarnings("unchecked")
        var flips = (org.parsimony.notebook.spi.Renderer<Flip>) notebook.renderers.get(Flip.class);
        Flip flip = new Flip("last", List.of("8", "9"), List.of(chart(8), chart(9)));
        return shown(chart(6)) + "<hr>" + flips.render(flip).data().get(MimeBundle.HTML) + "<hr>" + shown(bars())
                + "<hr>" + shown(cells());
    }

    private static String shown(Chart<?, ?> chart) {
        return new ChartRenderer().render(chart).data().get(MimeBundle.HTML);
    }

    private static CategoryChart bars() {
        return Charts.bars(
                "bars",
                "layer",
                "share",
                List.of("first", "second"),
                List.of(
                        new Charts.Curve("one arm", new double[2], new double[] {2, 4}, new double[] {.5, .5}),
                        new Charts.Curve("another arm", new double[2], new double[] {3, 5}, new double[] {.5, .5})));
    }

    private static HeatMapChart cells() {
        return HeatMap.of(
                "cells", "k", "layer", List.of("2", "4"), List.of("first", "second"), new double[][] {{1, 2}, {3, 4}});
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
                checkBars(
                        browser,
                        browser.findElements(By.cssSelector(".parsimony-figure"))
                                .get(3));
                checkCells(browser);
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

    private static void checkBars(ChromeDriver browser, WebElement figure) throws InterruptedException {
        WebElement bar = figure.findElements(By.cssSelector("g.o0 rect")).get(1);
        WebElement words = figure.findElements(By.cssSelector("g.o0 text")).get(1);
        assertEquals("hidden", words.getCssValue("visibility"));
        new Actions(browser).moveToElement(bar).click().perform();
        untilVisible(words);
        assertEquals("one arm: second → 4 ± 0.5", words.getText());
        new Actions(browser)
                .moveToElement(figure.findElements(By.cssSelector("label")).get(1))
                .perform();
        assertEquals("visible", words.getCssValue("visibility"), "pinned by a click");
        new Actions(browser).click().perform();
        assertFalse(figure.findElement(By.cssSelector("img.o1")).isDisplayed(), "the legend hides bars");
        assertTrue(figure.findElement(By.cssSelector("img.o0")).isDisplayed());
    }

    private static void checkCells(ChromeDriver browser) throws InterruptedException {
        List<WebElement> figures = browser.findElements(By.cssSelector(".parsimony-hover"));
        WebElement last = figures.get(figures.size() - 1);
        new Actions(browser)
                .moveToElement(last.findElements(By.cssSelector("rect")).get(3))
                .perform();
        WebElement words = last.findElements(By.cssSelector("text")).get(3);
        untilVisible(words);
        assertEquals("second, 4 → 4", words.getText());
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
