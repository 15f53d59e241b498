package org.parsimony.notebook.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.parsimony.notebook.kernel.KernelProcess.Received;
import org.zeromq.ZMQ;

/** Messages of Jupyter's wire as a front end signs, sends and reads them. */
final class KernelWire {

    static final String KEY = "a key for tests";

    private KernelWire() {}

    static JsonObject content(Object... namesAndValues) {
        JsonObject content = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            Object value = namesAndValues[i + 1];
            if (value instanceof Number number) {
                content.addProperty(name, number);
            } else if (value instanceof Boolean truth) {
                content.addProperty(name, truth);
            } else {
                content.addProperty(name, (String) value);
            }
        }
        return content;
    }

    static String send(ZMQ.Socket socket, String type, JsonObject content) {
        String id = UUID.randomUUID().toString();
        JsonObject header = content(
                "msg_id",
                id,
                "username",
                "test",
                "session",
                "test",
                "msg_type",
                type,
                "version",
                "5.3",
                "date",
                Instant.now().toString());
        String[] parts = {header.toString(), "{}", "{}", content.toString()};
        socket.sendMore("<IDS|MSG>");
        socket.sendMore(signature(parts));
        for (int i = 0; i < parts.length; i++) {
            socket.send(parts[i].getBytes(StandardCharsets.UTF_8), i < parts.length - 1 ? ZMQ.SNDMORE : 0);
        }
        return id;
    }

    /** The next message, or null if none comes soon. */
    static Received receiveNow(ZMQ.Socket socket) {
        String frame = socket.recvStr();
        while (frame != null && !frame.equals("<IDS|MSG>")) {
            frame = socket.recvStr();
        }
        if (frame == null) {
            return null;
        }
        String signature = socket.recvStr();
        String[] parts = {socket.recvStr(), socket.recvStr(), socket.recvStr(), socket.recvStr()};
        if (!signature(parts).equals(signature)) {
            throw new IllegalStateException("the kernel signed a message wrongly: " + List.of(parts));
        }
        while (socket.hasReceiveMore()) {
            if (Arrays.equals(socket.recv(), "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII))) {
                throw new IllegalStateException("the kernel sent two messages in one: " + List.of(parts));
            }
        }
        JsonObject parent = JsonParser.parseString(parts[1]).getAsJsonObject();
        return new Received(
                JsonParser.parseString(parts[0])
                        .getAsJsonObject()
                        .get("msg_type")
                        .getAsString(),
                JsonParser.parseString(parts[3]).getAsJsonObject(),
                parent.has("msg_id") ? parent.get("msg_id").getAsString() : null);
    }

    static String signature(String[] parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            for (String part : parts) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
