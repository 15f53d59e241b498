package org.parsimony.notebook.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import io.github.spencerpark.jupyter.messages.request.CompleteRequest;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import io.github.spencerpark.jupyter.messages.request.InspectRequest;
import io.github.spencerpark.jupyter.messages.request.IsCompleteRequest;
import io.github.spencerpark.jupyter.messages.request.ShutdownRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.parsimony.notebook.kernel.assist.CodeAssist;
import org.parsimony.notebook.kernel.shell.CellException;
import org.parsimony.notebook.kernel.shell.CellValue;
import org.parsimony.notebook.kernel.shell.ErrorText;
import org.parsimony.notebook.kernel.wire.CellInput;
import org.parsimony.notebook.kernel.wire.CellOutlet;
import org.parsimony.notebook.kernel.wire.KernelConnection;

/**
 * The kernel's answers to the front end, by Jupyter's messaging protocol 5.3.
 *
 * <p>They replace the base library's, which do not answer history requests (a console waits for one), run every queued
 * cell after one has failed, and leave the status out of several replies.
 */
final class Protocol {

    private static final Gson GSON = new Gson();

    private final JavaKernel kernel;
    private final KernelConnection connection;
    private final CellInput in;
    private final History history;
    private int count;

    Protocol(JavaKernel kernel, KernelConnection connection, CellInput in, History history) {
        this.history = history;
        this.kernel = kernel;
        this.connection = connection;
        this.in = in;
    }

    /** Takes over the connection. */
    void install() {
        kernel.becomeHandlerForConnection(connection);
        kernel.channels().install(connection);
        kernel.attach(connection.cellEnvironment());
        connection.setHandler(
                MessageType.KERNEL_INFO_REQUEST,
                (environment, request) ->
                        answer(environment, request, MessageType.KERNEL_INFO_REPLY, this::kernelInfo));
        connection.setHandler(MessageType.EXECUTE_REQUEST, this::execute);
        connection.setHandler(
                MessageType.COMPLETE_REQUEST,
                (environment, request) ->
                        answer(environment, request, MessageType.COMPLETE_REPLY, () -> complete(request.getContent())));
        connection.setHandler(
                MessageType.INSPECT_REQUEST,
                (environment, request) ->
                        answer(environment, request, MessageType.INSPECT_REPLY, () -> inspect(request.getContent())));
        connection.setHandler(
                MessageType.IS_COMPLETE_REQUEST,
                (environment, request) -> answer(
                        environment, request, MessageType.IS_COMPLETE_REPLY, () -> isComplete(request.getContent())));
        connection.setHandler(
                MessageType.HISTORY_REQUEST,
                (environment, request) ->
                        answer(environment, request, MessageType.HISTORY_REPLY, () -> past(request.getContent())));
        connection.setHandler(
                MessageType.INTERRUPT_REQUEST,
                (environment, request) -> answer(environment, request, MessageType.INTERRUPT_REPLY, this::interrupt));
        connection.setHandler(MessageType.SHUTDOWN_REQUEST, this::shutdown);
    }

    private static void answer(
            ShellReplyEnvironment environment, Message<?> request, MessageType<?> type, Callable<JsonObject> body) {
        environment.setStatusBusy();
        JsonObject reply;
        try {
            reply = body.call();
            if (!reply.has("status")) {
                reply.addProperty("status", "ok");
            }
        } catch (Exception e) {
            reply = error(e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        }
        environment.reply(KernelConnection.message(request, type, reply));
        environment.setStatusIdle();
    }

    private static JsonObject error(String name, String message) {
        JsonObject reply = new JsonObject();
        reply.addProperty("status", "error");
        reply.addProperty("ename", name);
        reply.addProperty("evalue", message);
        reply.add("traceback", new JsonArray());
        return reply;
    }

    private JsonObject kernelInfo() {
        JsonObject reply = new JsonObject();
        reply.addProperty("protocol_version", Header.PROTOCOL_VERISON);
        reply.addProperty("implementation", "parsimony");
        String version = Protocol.class.getPackage().getImplementationVersion();
        reply.addProperty("implementation_version", version == null ? "0" : version);
        reply.add("language_info", GSON.toJsonTree(kernel.getLanguageInfo()));
        reply.addProperty("banner", kernel.getBanner());
        reply.add("help_links", new JsonArray());
        return reply;
    }

    private void execute(ShellReplyEnvironment environment, Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        kernel.expectCell();
        environment.setStatusBusy();
        if (!request.isSilent()) {
            count++;
            JsonObject input = new JsonObject();
            input.addProperty("code", request.getCode());
            input.addProperty("execution_count", count);
            connection.publish(message, MessageType.PUBLISH_EXECUTE_INPUT, input);
        }
        CellOutlet outlet = connection.outlet(message);
        outlet.begin();
        in.attach(
                request.isStdinEnabled()
                        ? () -> {
                            outlet.flush();
                            return connection.input(message, "");
                        }
                        : null);
        JsonObject reply;
        String text = null;
        try {
            kernel.begin(outlet::enter);
            JsonArray pages = new JsonArray();
            String asked = CodeAssist.question(request.getCode());
            CellValue value = asked == null ? kernel.evalCell(request.getCode(), "cell " + count) : CellValue.NOTHING;
            if (asked != null) {
                pages.add(page(asked));
            }
            DisplayData shown = request.isSilent() ? null : kernel.result(value);
            outlet.flush();
            if (shown != null) {
                JsonObject result = GSON.toJsonTree(shown).getAsJsonObject();
                result.remove("transient");
                result.addProperty("execution_count", count);
                connection.publish(message, MessageType.PUBLISH_EXECUTION_RESULT, result);
                Object plain = shown.getData(MIMEType.TEXT_PLAIN);
                text = plain == null ? null : plain.toString();
            }
            reply = new JsonObject();
            reply.addProperty("status", "ok");
            reply.add("payload", pages);
            reply.add("user_expressions", expressions(request.getUserExpr()));
        } catch (Throwable e) {
            CellException failure = e instanceof CellException cell ? cell : ErrorText.withoutShell(rootOfStartup(e));
            outlet.flush();
            reply = error(failure.name(), failure.getMessage());
            reply.add("traceback", GSON.toJsonTree(failure.traceback()));
            if (!request.isSilent()) {
                connection.publish(message, MessageType.PUBLISH_ERROR, reply.deepCopy());
            }
        }
        reply.addProperty("execution_count", count);
        if (request.shouldStoreHistory() && !request.isSilent()) {
            history.add(count, request.getCode(), text);
        }
        boolean failed = reply.get("status").getAsString().equals("error");
        // What waits already was sent before anybody could know of the failure; what comes after the reply was not.
        List<Message<?>> queued = failed && request.shouldStopOnError() ? connection.queued() : List.of();
        connection.drain();
        environment.reply(KernelConnection.message(message, MessageType.EXECUTE_REPLY, reply));
        environment.setStatusIdle();
        for (Message<?> next : queued) {
            if (next.getHeader().getType() == MessageType.EXECUTE_REQUEST) {
                abort(next);
            } else {
                connection.handle(next);
            }
        }
    }

    /** What the pager of a front end shows of a name with a question mark. */
    private JsonObject page(String asked) {
        DisplayData found = kernel.inspect(asked, asked.length(), true);
        JsonObject page = GSON.toJsonTree(
                        found == null ? new DisplayData("there is nothing to be said of " + asked) : found)
                .getAsJsonObject();
        page.addProperty("source", "page");
        page.addProperty("start", 0);
        return page;
    }

    private static Throwable rootOfStartup(Throwable e) {
        return e instanceof java.util.concurrent.CompletionException && e.getCause() != null ? e.getCause() : e;
    }

    /** A cell that was sent before the one before it failed, as "run all" does, does not run. */
    private void abort(Message<?> request) {
        JsonObject reply = new JsonObject();
        reply.addProperty("status", "aborted");
        reply.addProperty("execution_count", count);
        publishStatus(request, PublishStatus.BUSY);
        connection.replyOnShell(request, MessageType.EXECUTE_REPLY, reply);
        publishStatus(request, PublishStatus.IDLE);
    }

    private void publishStatus(Message<?> cause, PublishStatus status) {
        connection.getIOPub().sendMessage(new Message<>(cause, PublishStatus.MESSAGE_TYPE, status));
    }

    private JsonObject expressions(Map<String, String> expressions) {
        JsonObject values = new JsonObject();
        if (expressions != null) {
            expressions.forEach((name, code) -> {
                JsonObject value;
                try {
                    DisplayData shown = kernel.result(kernel.evalCell(code, name));
                    value = GSON.toJsonTree(shown == null ? new DisplayData() : shown)
                            .getAsJsonObject();
                    value.addProperty("status", "ok");
                } catch (CellException e) {
                    value = error(e.name(), e.getMessage());
                }
                values.add(name, value);
            });
        }
        return values;
    }

    private JsonObject complete(CompleteRequest request) {
        String code = request.getCode();
        ReplacementOptions options = kernel.complete(code, utf16(code, request.getCursorPos()));
        JsonObject reply = new JsonObject();
        int start = options == null ? request.getCursorPos() : codePoints(code, options.getSourceStart());
        reply.add("matches", options == null ? new JsonArray() : GSON.toJsonTree(options.getReplacements()));
        reply.addProperty("cursor_start", start);
        reply.addProperty("cursor_end", request.getCursorPos());
        reply.add("metadata", new JsonObject());
        return reply;
    }

    private JsonObject inspect(InspectRequest request) {
        String code = request.getCode();
        DisplayData found = kernel.inspect(code, utf16(code, request.getCursorPos()), request.getDetailLevel() > 0);
        JsonObject reply =
                GSON.toJsonTree(found == null ? new DisplayData() : found).getAsJsonObject();
        reply.addProperty("found", found != null);
        return reply;
    }

    /** The protocol counts code points, Java counts UTF-16 units. */
    private static int utf16(String code, int codePoints) {
        return code.offsetByCodePoints(0, Math.min(codePoints, code.codePointCount(0, code.length())));
    }

    private static int codePoints(String code, int utf16) {
        return code.codePointCount(0, utf16);
    }

    private JsonObject isComplete(IsCompleteRequest request) {
        return kernel.completeness(request.getCode());
    }

    private JsonObject past(HistoryRequest request) {
        JsonObject reply = new JsonObject();
        boolean output = request.includeOutput();
        if (request instanceof HistoryRequest.Range range) {
            reply.add("history", history.range(range.getSessionIndex(), range.getStart(), range.getStop(), output));
        } else if (request instanceof HistoryRequest.Search search) {
            reply.add(
                    "history",
                    history.search(search.getPattern(), search.getMaxReturnLength(), search.filterUnique(), output));
        } else {
            reply.add("history", history.tail(((HistoryRequest.Tail) request).getMaxReturnLength(), output));
        }
        return reply;
    }

    private JsonObject interrupt() {
        kernel.interrupt();
        return new JsonObject();
    }

    private void shutdown(ShellReplyEnvironment environment, Message<ShutdownRequest> message) {
        answer(environment, message, MessageType.SHUTDOWN_REPLY, () -> {
            JsonObject reply = new JsonObject();
            reply.addProperty("restart", message.getContent().isRestart());
            return reply;
        });
        connection.close();
    }
}
