package org.parsimony.notebook.spi;

import com.google.gson.JsonObject;
import java.util.List;

/** A line between something in the kernel and its counterpart in every front end: what Jupyter calls a comm. */
public interface Channel {

    /** The name under which both sides know it. */
    String id();

    /** Sends to every front end; what is sent while a message is being received is sent as its consequence. */
    void send(JsonObject data, List<byte[]> buffers);

    /** Closes both sides. */
    void close();

    /** Takes what a front end sends; called in the thread that answers front ends, one message at a time. */
    @FunctionalInterface
    interface Receiver {

        /**
         * A message came.
         *
         * @param data its content
         * @param buffers its binary parts, possibly none
         */
        void receive(JsonObject data, List<byte[]> buffers);
    }

    /** Answers the channels that a front end opens. */
    @FunctionalInterface
    interface Answer {

        /** A front end has opened {@code channel}; returns what takes its messages. */
        Receiver opened(Channel channel);
    }

    /**
     * How a channel is opened.
     *
     * @param target what the front end has registered for such channels
     * @param id the channel's name
     * @param data the first message
     * @param buffers its binary parts
     * @param version of the protocol that is spoken, for the message's metadata
     */
    record Opening(String target, String id, JsonObject data, List<byte[]> buffers, String version) {}
}
