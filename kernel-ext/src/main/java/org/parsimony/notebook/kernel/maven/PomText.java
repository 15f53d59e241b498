package org.parsimony.notebook.kernel.maven;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** Makes a POM of the pieces that people copy from a README. */
final class PomText {

    private static final Map<String, String> DEFAULTS = Map.of(
            "modelVersion",
            "4.0.0",
            "groupId",
            "notebook",
            "artifactId",
            "notebook",
            "version",
            "1",
            "packaging",
            "pom");
    private static final Map<String, String> LISTS = Map.of(
            "dependency", "dependencies", "repository", "repositories", "pluginRepository", "pluginRepositories");

    private PomText() {}

    /**
     * A whole POM.
     *
     * @param text a whole POM, which stays as it is, or elements of one in any order
     * @throws IllegalArgumentException if it is not well-formed, naming the place
     */
    static String complete(String text) {
        String body = text.strip().replaceFirst("(?s)^<\\?xml.*?\\?>", "").strip();
        if (body.startsWith("<project")) {
            return text;
        }
        Map<String, StringBuilder> lists = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder();
        List<String> present = new ArrayList<>();
        for (Element element : elements(body)) {
            String list = LISTS.getOrDefault(element.name, element.name);
            if (LISTS.containsValue(list)) {
                String inner = element.name.equals(list) ? element.inner : element.text;
                lists.computeIfAbsent(list, key -> new StringBuilder()).append(inner);
            } else {
                rest.append(element.text);
                present.add(element.name);
            }
        }
        lists.forEach((name, inner) -> rest.append("<" + name + ">" + inner + "</" + name + ">"));
        DEFAULTS.forEach((name, value) -> {
            if (!present.contains(name)) {
                rest.append("<" + name + ">" + value + "</" + name + ">");
            }
        });
        return "<project>" + rest + "</project>";
    }

    /**
     * Reads a POM.
     *
     * @throws IllegalArgumentException if it is no POM or a dependency lacks a part that nothing supplies
     */
    static Model read(String pom) {
        try {
            Model model = new MavenXpp3Reader().read(new StringReader(pom));
            for (Dependency dependency : model.getDependencies()) {
                if (dependency.getGroupId() == null || dependency.getArtifactId() == null) {
                    throw new IllegalArgumentException("a dependency needs groupId and artifactId, but one has "
                            + dependency.getGroupId() + " and " + dependency.getArtifactId());
                }
            }
            return model;
        } catch (XmlPullParserException e) {
            throw new IllegalArgumentException("this is no POM: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Element(String name, String text, String inner) {}

    /** The elements at the top, each as it is written. */
    private static List<Element> elements(String text) {
        List<Element> elements = new ArrayList<>();
        int i = 0;
        while ((i = text.indexOf('<', i)) >= 0) {
            if (text.startsWith("<!--", i)) {
                i = text.indexOf("-->", i);
                if (i < 0) {
                    throw new IllegalArgumentException("a comment is not closed");
                }
                continue;
            }
            int nameEnd = i + 1;
            while (nameEnd < text.length() && Character.isLetterOrDigit(text.charAt(nameEnd))) {
                nameEnd++;
            }
            String name = text.substring(i + 1, nameEnd);
            String closing = "</" + name + ">";
            int start = text.indexOf('>', i);
            int end = text.indexOf(closing, i);
            if (name.isEmpty() || start < 0 || end < 0) {
                String context = text.substring(i, Math.min(text.length(), i + 40));
                throw new IllegalArgumentException("this element is not closed: " + context);
            }
            elements.add(new Element(name, text.substring(i, end + closing.length()), text.substring(start + 1, end)));
            i = end + closing.length();
        }
        return elements;
    }
}
