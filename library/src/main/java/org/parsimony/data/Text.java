package org.parsimony.data;

import org.parsimony.base.Require;

/**
 * What a run of a sample's values is where they are no measurements but tokens: a text of fixed length, a token's number a
 * value, 0 where the text has ended.
 *
 * @param name what the text is of, for example {@code "ligand"}
 * @param tokens how many there are, the padding 0 among them, at least 2
 * @param length values of every text, padding included, at least 1
 */
public record Text(String name, int tokens, int length) {

    public Text {
        Require.text("name of a text", name);
        Require.atLeast("tokens of text " + name, tokens, 2);
        Require.atLeast("length of text " + name, length, 1);
    }
}
