package org.parsimony.notebook.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One value in several forms, by MIME type. Text forms are strings; binary forms (PNG) are base64 strings.
 *
 * @param data MIME type to content, in order of insertion, never empty
 */
public record MimeBundle(Map<String, String> data) {

    /** Plain text, which every front end shows. */
    public static final String TEXT = "text/plain";
    /** HTML. */
    public static final String HTML = "text/html";
    /** A drawing, as SVG. */
    public static final String SVG = "image/svg+xml";
    /** A picture; the content is base64. */
    public static final String PNG = "image/png";
    /** A formula. */
    public static final String LATEX = "text/latex";
    /** Of a widget, which the front end draws; the content is JSON. */
    public static final String WIDGET = "application/vnd.jupyter.widget-view+json";

    public MimeBundle {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("a display needs at least one MIME type, but none was given");
        }
        data.forEach((type, content) -> Objects.requireNonNull(content, () -> "no content for MIME type " + type));
        data = new LinkedHashMap<>(data);
    }

    /** A bundle of one form. */
    public static MimeBundle of(String type, String content) {
        return new MimeBundle(Map.of(type, content));
    }

    /** HTML with the plain text that consoles and diffs show instead. */
    public static MimeBundle html(String html, String text) {
        return new MimeBundle(new LinkedHashMap<>(Map.of(TEXT, text))).with(HTML, html);
    }

    /** This bundle and one form more. */
    public MimeBundle with(String type, String content) {
        Map<String, String> more = new LinkedHashMap<>(data);
        more.put(type, content);
        return new MimeBundle(more);
    }
}
