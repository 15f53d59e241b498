package org.parsimony.notebook.kernel.assist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A documentation comment as text and as HTML, its tags in words. */
final class Javadoc {

    private static final Pattern INLINE = Pattern.compile(
            "\\{@(code|literal|link|linkplain|value|index|systemProperty)\\s+([^{}]*(?:\\{[^{}]*\\}[^{}]*)*)\\}");
    private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)\\s*");

    private Javadoc() {}

    /** As HTML; the comment itself is HTML already, but for its tags. */
    static String html(String comment) {
        Matcher block = BLOCK.matcher(comment);
        int start = block.find() ? block.start() : comment.length();
        StringBuilder html = new StringBuilder(inline(comment.substring(0, start), true));
        if (start < comment.length()) {
            html.append("<dl>");
            for (String tag : comment.substring(start).split("(?m)(?=^\\s*@\\w)")) {
                html.append(htmlTag(tag.strip()));
            }
            html.append("</dl>");
        }
        return html.toString();
    }

    private static String htmlTag(String tag) {
        String[] words = tag.split("\\s+", 3);
        String rest = words.length > 2 ? words[2] : "";
        return switch (words[0]) {
            case "@param", "@throws", "@exception" ->
                words.length < 2
                        ? ""
                        : "<dt><code>" + escaped(words[1]) + "</code></dt><dd>" + inline(rest, true) + "</dd>";
            case "@return" ->
                "<dt>returns</dt><dd>"
                        + inline(tag.substring("@return".length()).strip(), true) + "</dd>";
            case "" -> "";
            default -> "";
        };
    }

    /** As plain text. */
    static String text(String comment) {
        StringBuilder text = new StringBuilder();
        for (String part : comment.split("(?m)(?=^\\s*@\\w)")) {
            String line = part.strip();
            if (line.startsWith("@param") || line.startsWith("@throws") || line.startsWith("@exception")) {
                String[] words = line.split("\\s+", 3);
                String meaning = words.length > 2 ? plain(words[2]) : "";
                text.append("\n  ")
                        .append(words.length > 1 ? words[1] : "")
                        .append(": ")
                        .append(meaning);
            } else if (line.startsWith("@return")) {
                text.append("\n  returns ")
                        .append(plain(line.substring("@return".length()).strip()));
            } else if (!line.startsWith("@")) {
                text.append(plain(line));
            }
        }
        return text.toString();
    }

    private static String plain(String html) {
        return inline(html, false)
                .replaceAll("<p>\\s*", "\n")
                .replaceAll("<li>\\s*", "- ")
                .replaceAll("<[^>\n]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("(?m)^[ \t]+", "")
                .strip();
    }

    private static String inline(String text, boolean html) {
        Matcher tag = INLINE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (tag.find()) {
            String content = tag.group(2).strip();
            if (tag.group(1).startsWith("link")) {
                String[] words = content.split("\\s+", 2);
                content =
                        words.length > 1 ? words[1] : words[0].replace('#', '.').replaceFirst("^\\.", "");
            }
            String shown = html
                    ? "<code>" + escaped(content) + "</code>"
                    : content.replace("<", "&lt;").replace(">", "&gt;");
            tag.appendReplacement(result, Matcher.quoteReplacement(shown));
        }
        return tag.appendTail(result).toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
