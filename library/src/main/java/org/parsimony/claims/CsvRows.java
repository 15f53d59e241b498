package org.parsimony.claims;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values (RFC 4180, but with line feeds). */
public final class CsvRows {

    private CsvRows() {}

    /** The cells by row; empty lines are left out. */
    public static List<List<String>> read(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '\n' : text.charAt(i);
            if (quoted && i == text.length()) {
                throw new IllegalArgumentException("a quoted cell is not closed: \"" + cell);
            } else if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || c != ',' && c != '\n' && c != '\r') {
                cell.append(c);
            } else if (c != '\r') {
                row.add(cell.toString().strip());
                cell.setLength(0);
                if (c == '\n') {
                    if (row.size() > 1 || !row.get(0).isEmpty()) {
                        rows.add(row);
                    }
                    row = new ArrayList<>();
                }
            }
        }
        return rows;
    }
}
