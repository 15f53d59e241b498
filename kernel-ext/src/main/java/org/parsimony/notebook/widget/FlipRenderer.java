package org.parsimony.notebook.widget;

import java.util.UUID;
import org.parsimony.notebook.display.Html;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;

/**
 * A {@link Flip} as HTML: radio buttons drawn as stops of a track, and a rule of style that shows the value whose stop is
 * pressed. The arrow keys move it; a reader of screens hears the labels; printed, it shows the stop it stands at.
 */
final class FlipRenderer implements Renderer<Flip> {

    private final Notebook notebook;

    FlipRenderer(Notebook notebook) {
        this.notebook = notebook;
    }

    @Override
    public MimeBundle render(Flip flip) {
        String id = "flip-" + UUID.randomUUID().toString().substring(0, 8);
        StringBuilder style = new StringBuilder();
        StringBuilder stops = new StringBuilder();
        StringBuilder faces = new StringBuilder();
        StringBuilder text = new StringBuilder(flip.title()).append(':');
        for (int i = 0; i < flip.labels().size(); i++) {
            MimeBundle value = notebook.render(flip.values().get(i));
            String stop = id + "-" + i;
            style.append("#%1$s:has(#%2$s:checked)>.f%3$d{display:block}".formatted(id, stop, i));
            stops.append("<input type=\"radio\" name=\"%s\" id=\"%s\"%s><label for=\"%s\">%s</label>"
                    .formatted(
                            id,
                            stop,
                            i == 0 ? " checked" : "",
                            stop,
                            Html.escape(flip.labels().get(i))));
            faces.append("<div class=\"f f%d\">%s</div>".formatted(i, html(value)));
            text.append(i == 0 ? " " : ", ").append(flip.labels().get(i));
        }
        return MimeBundle.html(PAGE.formatted(id, style, Html.escape(flip.title()), stops, faces), text.toString());
    }

    private static String html(MimeBundle value) {
        String html = value.data().get(MimeBundle.HTML);
        return html != null ? html : "<pre>" + Html.escape(value.data().getOrDefault(MimeBundle.TEXT, "")) + "</pre>";
    }

    private static final String PAGE =
            """
            <div id="%1$s" class="parsimony-flip"><style>
            #%1$s>.t{display:flex;flex-wrap:wrap;align-items:center;gap:0;margin:4px 0}
            #%1$s>.t b{margin-right:10px;font-weight:600}
            #%1$s>.t input{position:absolute;opacity:0;width:1px;height:1px}
            #%1$s>.t label{padding:3px 11px;margin:0;border:1px solid rgba(128,128,128,.55);border-left-width:0;cursor:pointer;\
            font-variant-numeric:tabular-nums}
            #%1$s>.t input:first-of-type+label{border-left-width:1px;border-radius:6px 0 0 6px}
            #%1$s>.t label:last-of-type{border-radius:0 6px 6px 0}
            #%1$s>.t input:checked+label{background:#0072b2;border-color:#0072b2;color:#fff}
            #%1$s>.t input:focus-visible+label{outline:2px solid #e69f00;outline-offset:1px}
            #%1$s>.f{display:none}
            %2$s</style><div class="t" role="radiogroup"><b>%3$s</b>%4$s</div>%5$s</div>""";
}
