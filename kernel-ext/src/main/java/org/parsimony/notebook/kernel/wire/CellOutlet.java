package org.parsimony.notebook.kernel.wire;

import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where the output of one cell goes: standard output, standard error and displays of all its threads, published in the
 * order in which they came.
 *
 * <p>Text is collected and handed on in pieces: 50 ms after the first byte, when the piece is large, and before anything
 * else is published. A loop that prints a line each turn thus costs 20 messages a second and not one a line.
 *
 * <p>A thread writes to the cell in which it was started, also after that cell's end. Threads of the common pool, which
 * serve whoever comes, and threads that no cell started write to the cell that runs.
 */
public final class CellOutlet {

    private static final long DELAY_MILLIS = 50;
    private static final int PIECE = 1 << 14;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "output");
        thread.setDaemon(true);
        return thread;
    });

    private static final InheritableThreadLocal<CellOutlet> OF_THREAD = new InheritableThreadLocal<>();
    private static final Pace PACE = new Pace();
    private static volatile CellOutlet current = new CellOutlet(null, null);

    private final MessageContext cause;
    private final Consumer<Message<?>> publisher;
    private final Utf8Buffer out = new Utf8Buffer();
    private final Utf8Buffer err = new Utf8Buffer();
    private boolean scheduled;

    /**
     * @param cause the request that the front end sent
     * @param publisher publishes messages in order; null to keep the text for the outlet that comes next
     */
    public CellOutlet(MessageContext cause, Consumer<Message<?>> publisher) {
        this.cause = cause;
        this.publisher = publisher;
    }

    /** Makes this the outlet of the cell that runs, and takes over what was written before there was a cell. */
    public void begin() {
        CellOutlet before = current;
        current = this;
        if (before.publisher == null) {
            synchronized (before) {
                write(StreamType.OUT, before.out.takeAll());
                write(StreamType.ERR, before.err.takeAll());
            }
        }
    }

    /** Makes this the outlet of the calling thread and of the threads that it starts. */
    public void enter() {
        OF_THREAD.set(this);
    }

    /** The outlet of the calling thread. */
    public static CellOutlet here() {
        boolean shared = Thread.currentThread() instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool();
        CellOutlet own = shared ? null : OF_THREAD.get();
        return own == null ? current : own;
    }

    private void write(StreamType type, byte[] bytes) {
        write(type, bytes, 0, bytes.length);
    }

    synchronized void write(StreamType type, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        send(type == StreamType.OUT ? StreamType.ERR : StreamType.OUT);
        Utf8Buffer buffer = buffer(type);
        buffer.write(bytes, offset, length);
        if (publisher == null) {
            return;
        }
        if (buffer.size() >= PIECE) {
            send(type);
        } else if (!scheduled) {
            scheduled = true;
            CLOCK.schedule(this::flush, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Utf8Buffer buffer(StreamType type) {
        return type == StreamType.OUT ? out : err;
    }

    /** Publishes {@code content} after all that was written before. */
    public void publish(ContentType<?> content) {
        publish(content, null, null);
    }

    /** {@link #publish(ContentType)}, with binary parts and metadata. */
    public synchronized void publish(ContentType<?> content, List<byte[]> buffers, Map<String, Object> metadata) {
        flush();
        if (publisher != null) {
            PACE.await();
            publishNow(content, buffers, metadata);
        }
    }

    /** Publishes all text that was written; what a print stream flushes after every line is not meant. */
    public synchronized void flush() {
        scheduled = false;
        send(StreamType.OUT);
        send(StreamType.ERR);
    }

    private void send(StreamType type) {
        String text = publisher == null ? "" : buffer(type).takeWholeCharacters();
        if (!text.isEmpty()) {
            PACE.await(text);
            publishNow(new PublishStream(type, text), null, null);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void publishNow(ContentType<?> content, List<byte[]> buffers, Map<String, Object> metadata) {
        // the base library would leave a message open that has a list of no buffers
        List<byte[]> some = buffers == null || buffers.isEmpty() ? null : buffers;
        publisher.accept(new Message(cause, content.getType(), content, some, metadata));
    }
}
