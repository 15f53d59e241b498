package org.parsimony.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The road on which workers ask for leave and hand in runs one by one, long before their task ends: Spark's own messages
 * between a plugin on the executor and one on the driver. Spark makes both by the name of this class.
 */
public final class Mailbox implements SparkPlugin {

    /** The setting that says which carrier of the driver's process the messages are for. */
    static final String CARRIER = "spark.parsimony.carrier";

    /** Who answers, by the value of the setting: Spark makes the driver's side itself and tells it nothing else. */
    private static final Map<String, Answers> DRIVERS = new ConcurrentHashMap<>();

    /** The executor's side, of which a process has one. */
    private static final class Executor {
        private static volatile PluginContext context;

        private Executor() {}
    }

    /** The driver's side. */
    interface Answers {
        /** Answers a worker: to {@link Message.About#WANTED} whether to go on, else whether the answer is stored. */
        Boolean answer(Message message);
    }

    static void open(String carrier, Answers answers) {
        DRIVERS.put(carrier, answers);
    }

    static void close(String carrier) {
        DRIVERS.remove(carrier);
    }

    /** Sends a message from a worker and waits for the answer. */
    static boolean ask(Message message) throws Exception {
        return (Boolean) Executor.context.ask(message);
    }

    /** The name of this worker, for messages. */
    static String here() {
        // the context's own name of the host is null on an executor
        return SparkEnv.get().blockManager().blockManagerId().host() + ", executor " + Executor.context.executorID()
                + ",";
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            private Answers answers;

            @Override
            public Map<String, String> init(SparkContext spark, PluginContext context) {
                answers = DRIVERS.get(spark.conf().get(CARRIER));
                return Map.of();
            }

            @Override
            public Object receive(Object message) {
                return answers.answer((Message) message);
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> extra) {
                Executor.context = context;
            }
        };
    }
}
