package org.parsimony.notebook.kernel.wire;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.Message;
import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;

/**
 * The socket on which a kernel publishes, with a thread of its own that sends: a cell's thread may be interrupted or
 * stopped at any moment, and ZeroMQ loses the message of a thread that is. Messages leave in the order in which they came.
 */
final class Publisher extends IOPubChannel {

    private static final long DRAIN_SECONDS = 5;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

    Publisher(KernelConnectionProperties properties) throws GeneralSecurityException {
        super(ZMQ.context(1), properties.createHMACGenerator());
        setHWM(0); // else ZeroMQ drops what a front end is too slow to take
    }

    /** Begins to send. */
    void start() {
        Thread thread = new Thread(this::sendAll, "publisher");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendAll() {
        while (true) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                // nobody interrupts this thread on purpose; what is queued must go out
            } catch (RuntimeException e) {
                JupyterSocket.JUPYTER_LOGGER.warning("a message could not be published: " + e);
            }
        }
    }

    /** Queues {@code message}; returns at once, from any thread. */
    @Override
    public void sendMessage(Message<?> message) {
        queue.add(() -> super.sendMessage(message));
    }

    /** Waits until all that was queued before has been handed to ZeroMQ. */
    void drain() {
        CountDownLatch sent = new CountDownLatch(1);
        queue.add(sent::countDown);
        try {
            sent.await(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
