package org.parsimony.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.parsimony.data.format.Unpacked;

/** Small made-up files and a server on loopback that sends them. */
public final class Fixtures {

    private Fixtures() {}

    /** An IDX file of {@code n} images of 2 × 2 with labels 0, 1, 0, 1, …, and the file of these labels. */
    public static byte[] images(int n) {
        ByteBuffer out = ByteBuffer.allocate(16 + 4 * n);
        out.putInt(0x803).putInt(n).putInt(2).putInt(2);
        for (int i = 0; i < 4 * n; i++) {
            out.put((byte) (i * 31));
        }
        return out.array();
    }

    public static byte[] labels(int n) {
        ByteBuffer out = ByteBuffer.allocate(8 + n);
        out.putInt(0x801).putInt(n);
        for (int i = 0; i < n; i++) {
            out.put((byte) (i % 2));
        }
        return out.array();
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Unpacked.sha256().digest(content));
    }

    /** A registry entry in the manner of MNIST: {@code train + validation} and {@code test} images at {@code address}. */
    static Registry.Entry entry(String address, int train, int validation, int test) {
        return new Registry.Entry(
                "tiny",
                "Tiny",
                "http://tiny.example",
                "CC0",
                "nobody",
                "idx",
                new int[] {1, 2, 2},
                null,
                0,
                List.of("even", "odd"),
                new Registry.Splits(train, validation, test),
                null,
                null,
                List.of(
                        item("train-images", images(train + validation), address),
                        item("train-labels", labels(train + validation), address),
                        item("test-images", images(test), address),
                        item("test-labels", labels(test), address)),
                null);
    }

    private static Registry.Item item(String name, byte[] content, String address) {
        return new Registry.Item(name, content.length, sha256(content), address + name);
    }

    /** Answers each request by {@code handler} and remembers what was asked: path, then the range or "whole". */
    static final class Server implements AutoCloseable {

        interface Handler {
            void handle(HttpExchange exchange) throws IOException;
        }

        final List<String> asked = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Server(Handler handler) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String range = exchange.getRequestHeaders().getFirst("Range");
                asked.add(exchange.getRequestURI().getPath() + " " + (range == null ? "whole" : range));
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        /** Sends what the request asks of {@code content}, cut after {@code most} bytes. */
        static void send(HttpExchange exchange, byte[] content, int most) throws IOException {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (range != null && from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (range != null) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
            OutputStream out = exchange.getResponseBody();
            out.write(content, from, Math.min(most, content.length - from));
            out.flush();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
