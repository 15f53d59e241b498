package org.parsimony.notebook.kernel.wire;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import io.github.spencerpark.jupyter.messages.reply.InputReply;
import io.github.spencerpark.jupyter.messages.request.InputRequest;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;

/**
 * The five sockets of a kernel.
 *
 * <p>The base library polls its sockets every 50 ms and its loop dies of the first message that it cannot read. Here
 * every socket has a thread that blocks until a message is there, and a bad message is logged and forgotten.
 */
public final class KernelConnection extends JupyterConnection {

    /** How long queued messages may take to leave when the kernel ends. */
    private static final int LINGER_MILLIS = 500;

    private final KernelConnectionProperties properties;
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final Publisher publisher;
    private volatile boolean spokenTo;

    /**
     * @param properties ports and key of the connection file
     * @throws GeneralSecurityException if Java lacks the scheme that signs messages
     */
    public KernelConnection(KernelConnectionProperties properties) throws GeneralSecurityException {
        super(properties);
        this.properties = properties;
        this.publisher = new Publisher(properties);
    }

    /** Binds the sockets and begins to answer. */
    @Override
    public void connect() {
        bind(heartbeat, properties.getHbPort());
        bind(shell, properties.getShellPort());
        bind(control, properties.getControlPort());
        bind(stdin, properties.getStdinPort());
        bind(publisher, properties.getIopubPort());
        publisher.start();
        publisher.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
        listen("heartbeat", () -> heartbeat.send(heartbeat.recv()));
        listen("control", () -> dispatch(control, control.readMessage()));
        listen("shell", () -> dispatch(shell, shell.readMessage()));
    }

    private void bind(JupyterSocket socket, int port) {
        String address = properties.getTransport() + "://" + properties.getIp() + ":" + port;
        socket.setLinger(LINGER_MILLIS);
        if (!socket.bind(address)) {
            throw new IllegalStateException("cannot listen on " + address + ": is another kernel using this port?");
        }
    }

    private void listen(String name, Runnable receive) {
        Thread thread = new Thread(
                () -> {
                    while (shutdown.getCount() > 0) {
                        try {
                            receive.run();
                            spokenTo = true;
                        } catch (RuntimeException e) {
                            JupyterSocket.JUPYTER_LOGGER.warning("ignored an unreadable message on " + name + ": " + e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void dispatch(ShellChannel channel, Message message) {
        MessageType type = message.getHeader().getType();
        ShellHandler handler = getHandler(type);
        if (handler == null) {
            return; // the protocol asks kernels to ignore what they do not know
        }
        ShellReplyEnvironment environment = prepareReplyEnv(channel, message);
        try {
            handler.handle(environment, message);
        } finally {
            environment.resolveDeferrals();
        }
    }

    @Override
    public IOPubChannel getIOPub() {
        return publisher;
    }

    @Override
    public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
        return new Reply(channel, context);
    }

    /** Publishes through {@link Publisher}, where the base library's has a socket of its own. */
    private final class Reply extends ShellReplyEnvironment {
        Reply(ShellChannel channel, MessageContext context) {
            super(channel, stdin, publisher, context);
        }
    }

    /** What the base library's streams and displays publish through, whichever cell runs. */
    public ShellReplyEnvironment cellEnvironment() {
        return new CellEnvironment(shell, stdin, publisher);
    }

    /** An outlet for what the cell that {@code request} asked for prints and shows. */
    public CellOutlet outlet(MessageContext request) {
        return new CellOutlet(request, publisher::sendMessage);
    }

    /** Waits until all that was published before has left. */
    public void drain() {
        publisher.drain();
    }

    /** Takes every message that already waits on the shell socket. */
    public List<Message<?>> queued() {
        List<Message<?>> queued = new ArrayList<>();
        while ((shell.getEvents() & ZMQ.Poller.POLLIN) != 0) {
            queued.add(shell.readMessage());
        }
        return queued;
    }

    /** Answers a message that {@link #queued} took. */
    public void handle(Message<?> message) {
        dispatch(shell, message);
    }

    /** Publishes {@code content} as a consequence of {@code cause}. */
    public void publish(MessageContext cause, MessageType<?> type, JsonObject content) {
        publisher.sendMessage(message(cause, type, content));
    }

    /** Answers {@code request}, which came over the shell socket. */
    public void replyOnShell(MessageContext request, MessageType<?> type, JsonObject content) {
        shell.sendMessage(message(request, type, content));
    }

    /** A message that answers {@code cause}. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static Message<?> message(MessageContext cause, MessageType<?> type, JsonObject content) {
        return new Message(cause, type, content);
    }

    /**
     * Asks the front end for a line of input; can be interrupted, unlike the base library's.
     *
     * @throws InterruptedIOException if the thread was interrupted while it waited
     */
    public String input(MessageContext cause, String prompt) throws InterruptedIOException {
        Message<InputRequest> request =
                new Message<>(cause, InputRequest.MESSAGE_TYPE, new InputRequest(prompt, false));
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted before it could ask for input");
        }
        stdin.sendMessage(request);
        try {
            while (true) {
                while ((stdin.getEvents() & ZMQ.Poller.POLLIN) == 0) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
                Message<?> reply = stdin.readMessage();
                boolean answersThis = reply.getParentHeader() == null
                        || request.getHeader()
                                .getId()
                                .equals(reply.getParentHeader().getId())
                        || cause.getHeader()
                                .getId()
                                .equals(reply.getParentHeader().getId());
                if (reply.getContent() instanceof InputReply input && answersThis) {
                    return input.getValue();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        }
    }

    /** Whether a front end has sent anything yet. */
    public boolean wasSpokenTo() {
        return spokenTo;
    }

    /** Lets {@link #waitUntilClose} return. */
    @Override
    public void close() {
        shutdown.countDown();
    }

    /** Waits for {@link #close}, then gives the last messages time to leave. */
    @Override
    public void waitUntilClose() {
        try {
            shutdown.await();
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
