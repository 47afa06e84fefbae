package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.model.log.ModelLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/**
 * Port: what knows a stack besides its API. On AWS that is the control plane; a local cloud has the
 * log and the functions, and the methods that only AWS answers are not called of it.
 */
interface Stack {
    /** Type of the resources that are functions. */
    String FUNCTION = "AWS::Lambda::Function";

    /** Whether the stack is on AWS. */
    boolean isDeployed();

    /** Returns an output of the stack. */
    Optional<String> output(String name);

    /** Returns the physical ids of the resources of a type, by their logical ids. */
    Map<String, String> resources(String type);

    /** Returns what turns texts into vectors, as the option {@code embedder} says. */
    String embedder();

    /** Invokes the function that compacts the model log, and does not wait for it. */
    void compact();

    /** Returns the settings that name the stores of the stack. */
    Settings settings();

    /** Returns the clients of its stores. */
    Clients clients();

    /** Returns the newest version of the model, and that of its newest snapshot. */
    default Versions versions() {
        ModelLog log =
                new StackStores(settings(), clients(), InstantSource.system())
                        .modelLogs()
                        .currentLog();
        return new Versions(
                log.head().map(ModelLog.Version::version).orElse(0L),
                log.snapshots(1).stream().mapToLong(ModelLog.Snapshot::version).max().orElse(0));
    }

    /**
     * Puts a record that is no event into the stream of events.
     *
     * @param key partition key
     * @return its position, as {@code freshet quarantine} names it
     */
    default String putUndecodable(String key) {
        String stream = settings().text(Setting.EVENTS_STREAM);
        PutRecordResponse put =
                clients()
                        .kinesis()
                        .putRecord(
                                request ->
                                        request.streamName(stream)
                                                .partitionKey(key)
                                                .data(SdkBytes.fromUtf8String(key)));
        return "%s/%s@%s".formatted(stream, put.shardId(), put.sequenceNumber());
    }

    /** Returns whether there is a log that can be searched. */
    boolean hasLog();

    /** Returns a line of the log that contains a text, by the function that wrote it. */
    Map<String, JsonNode> log(String text, Instant since);

    /** What only AWS answers. */
    interface OnAws extends Stack {
        @Override
        default boolean isDeployed() {
            return true;
        }

        /** Returns how many functions may run at once in the account. */
        int concurrency();

        /** Returns the state of each event source mapping, with its last result. */
        Map<String, Mapping> mappings();

        /** Returns for each alias whether Lambda starts it from a snapshot. */
        Map<String, Boolean> snapStart();

        /** Returns the hours for which each stream keeps its records. */
        Map<String, Integer> retention();

        /** Makes a stream keep its records for fewer hours. */
        void shorten(String stream, int hours);

        /** Returns for each table of users' data whether it can be restored to a point in time. */
        Map<String, Boolean> recovery();

        /** Returns whether each subscription of the topic of alarms is confirmed, by endpoint. */
        Map<String, Boolean> subscriptions();

        /** Returns the state of each alarm by its logical id: OK, ALARM or INSUFFICIENT_DATA. */
        Map<String, String> alarms();

        /** Sets the state of an alarm until CloudWatch looks again. */
        void setAlarm(String alarm, boolean sounding);

        /** Returns the requests that the gateway counted since a time. */
        double requests(Instant since);

        /** Returns how often a function was invoked, and how often it failed, since a time. */
        Invocations invocations(String function, Instant since);
    }

    /** Versions of a model; 0 where there is none. */
    record Versions(long newest, long snapshot) {}

    /** How often a function was invoked, and how often it failed. */
    record Invocations(double all, double failed) {}

    /**
     * An event source mapping.
     *
     * @param state such as {@code Enabled}
     * @param lastResult such as {@code OK}; {@code No records processed} before the first record
     */
    record Mapping(String state, String lastResult) {
        /** Returns whether records pass. */
        boolean isWell() {
            return state.equals("Enabled") && !lastResult.startsWith("PROBLEM");
        }

        @Override
        public String toString() {
            return "%s (%s)".formatted(state, lastResult);
        }
    }
}
