package org.parsimony.notebook.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.notebook.display.MarkdownText;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code %paper optinet}: the method in our words, and every deviation, from the paper's folder. */
final class PaperMagic extends CommandMagic {

    @Parameters(paramLabel = "PAPER", completionCandidates = Names.OfPapers.class, description = "a folder of papers/")
    private String paper;

    PaperMagic(Notebook notebook) {
        super(notebook, "paper", Void.class, "a paper: its citation, its method in our words, every deviation and why");
    }

    @Override
    protected Object call(ParseResult given, String body) throws IOException {
        Path file = Home.paper(paper).resolve("README.md");
        Require.that(Files.exists(file), "the paper \"%s\" has no README.md yet", paper);
        notebook.display(MarkdownText.render(Files.readString(file)));
        return null;
    }
}
