package org.parsimony.notebook.kernel;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import io.github.spencerpark.jupyter.messages.comm.CommOpenCommand;
import io.github.spencerpark.jupyter.messages.reply.CommInfoReply;
import io.github.spencerpark.jupyter.messages.request.CommInfoRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.parsimony.notebook.kernel.wire.CellOutlet;
import org.parsimony.notebook.kernel.wire.KernelConnection;
import org.parsimony.notebook.spi.Channel;

/**
 * The channels between the kernel and its front ends: Jupyter's comm messages.
 *
 * <p>They replace the base library's, which publish past the order of a cell's output and lose a receiver's failure with the
 * thread that answers. What is sent while a message is answered is published as the consequence of that message.
 */
final class Channels {

    private final Map<String, Channel.Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** Takes the messages over from whoever answered them. */
    void install(KernelConnection connection) {
        connection.setHandler(
                MessageType.COMM_OPEN_COMMAND,
                (environment, message) -> answering(connection, environment, message, () -> open(message)));
        connection.setHandler(
                MessageType.COMM_MSG_COMMAND,
                (environment, message) -> answering(connection, environment, message, () -> receive(message)));
        connection.setHandler(
                MessageType.COMM_CLOSE_COMMAND,
                (environment, message) -> answering(
                        connection,
                        environment,
                        message,
                        () -> lines.remove(message.getContent().getCommID())));
        connection.setHandler(
                MessageType.COMM_INFO_REQUEST,
                (environment, message) ->
                        answering(connection, environment, message, () -> info(environment, message)));
    }

    private static void answering(
            KernelConnection connection, ShellReplyEnvironment environment, Message<?> message, Runnable work) {
        environment.setStatusBusy();
        CellOutlet before = CellOutlet.here();
        CellOutlet outlet = connection.outlet(message);
        outlet.enter();
        try {
            work.run();
        } catch (RuntimeException e) {
            System.err.println("a message of the front end could not be answered: " + e);
        } finally {
            outlet.flush();
            before.enter();
            connection.drain();
            environment.setStatusIdle();
        }
    }

    Channel open(Channel.Opening opening, Channel.Receiver receiver) {
        Line line = new Line(opening.id(), opening.target());
        line.receiver = receiver;
        lines.put(line.id, line);
        CommOpenCommand open = new CommOpenCommand(opening.id(), opening.target(), opening.data());
        CellOutlet.here().publish(open, opening.buffers(), Map.of("version", opening.version()));
        return line;
    }

    void answer(String target, Channel.Answer answer) {
        answers.put(target, answer);
    }

    private void open(Message<CommOpenCommand> message) {
        CommOpenCommand open = message.getContent();
        Channel.Answer answer = answers.get(open.getTargetName());
        if (answer == null) {
            publish(new CommCloseCommand(open.getCommID(), new JsonObject()));
            return;
        }
        Line line = new Line(open.getCommID(), open.getTargetName());
        lines.put(line.id, line);
        line.receiver = answer.opened(line);
    }

    private void receive(Message<CommMsgCommand> message) {
        Line line = lines.get(message.getContent().getCommID());
        if (line != null && line.receiver != null) {
            List<byte[]> buffers = message.getBlobs() == null ? List.of() : message.getBlobs();
            line.receiver.receive(message.getContent().getData(), buffers);
        }
    }

    private void info(ShellReplyEnvironment environment, Message<CommInfoRequest> message) {
        String target = message.getContent().getTargetName();
        Map<String, CommInfoReply.CommInfo> open = new LinkedHashMap<>();
        lines.values().stream()
                .filter(line -> target == null || target.equals(line.target))
                .forEach(line -> open.put(line.id, new CommInfoReply.CommInfo(line.target)));
        environment.reply(new CommInfoReply(open));
    }

    private static void publish(ContentType<?> content) {
        CellOutlet.here().publish(content);
    }

    private final class Line implements Channel {
        private final String id;
        private final String target;
        private volatile Receiver receiver;

        Line(String id, String target) {
            this.id = id;
            this.target = target;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void send(JsonObject data, List<byte[]> buffers) {
            CellOutlet.here().publish(new CommMsgCommand(id, data), buffers, Map.of());
        }

        @Override
        public void close() {
            if (lines.remove(id) != null) {
                publish(new CommCloseCommand(id, new JsonObject()));
            }
        }
    }
}
