package org.parsimony.notebook.widget;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.spi.Channel;

/** A notebook that keeps what its widgets tell the front ends, and speaks as a front end. */
final class RecordingNotebook extends FakeNotebook {

    /** What went over a channel. */
    record Message(String channel, JsonObject data, List<byte[]> buffers) {}

    final List<Channel.Opening> openings = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    private final Map<String, Channel.Receiver> receivers = new HashMap<>();
    private final Map<String, Channel.Answer> answers = new HashMap<>();

    @Override
    public Channel open(Channel.Opening opening, Channel.Receiver receiver) {
        openings.add(opening);
        receivers.put(opening.id(), receiver);
        return channel(opening.id());
    }

    @Override
    public void answer(String target, Channel.Answer answer) {
        answers.put(target, answer);
    }

    private Channel channel(String id) {
        return new Channel() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void send(JsonObject data, List<byte[]> buffers) {
                messages.add(new Message(id, data, buffers));
            }

            @Override
            public void close() {}
        };
    }

    /** A front end opens a channel for {@code target} and says something. */
    void say(String target, JsonObject data) {
        answers.get(target).opened(channel(target)).receive(data, List.of());
    }

    /** A front end says something to a widget. */
    void tell(Widget widget, JsonObject data, List<byte[]> buffers) {
        receivers.get(widget.id()).receive(data, buffers);
    }
}
