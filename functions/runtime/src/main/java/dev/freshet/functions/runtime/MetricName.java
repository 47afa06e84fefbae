package dev.freshet.functions.runtime;

import static dev.freshet.functions.runtime.MetricName.Publishing.ALWAYS;
import static dev.freshet.functions.runtime.MetricName.Publishing.NEVER;
import static dev.freshet.functions.runtime.MetricName.Publishing.UNLESS_ZERO;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The measurements of the functions and the worker. Each is written in one log line for an
 * invocation or batch, see {@link Metrics}; CloudWatch makes metrics of those that an alarm or the
 * dashboard needs. {@code docs/reference/metrics.md} is generated from these definitions.
 */
public enum MetricName {
    ACCEPTED(UNLESS_ZERO, "collect", "events of a request that the stream acknowledged"),
    REJECTED(
            UNLESS_ZERO,
            "collect",
            "events of a request that were rejected, each with a code in the response"),
    NOT_STORED(
            UNLESS_ZERO,
            "collect",
            "events that the stream did not acknowledge within the time of the request; the"
                    + " client was asked to send them again"),
    AMOUNTS_LEFT_OUT(
            UNLESS_ZERO,
            "collect",
            "events that were stored without their amount of money because a publishable key told"
                    + " it; `publishableAmounts=true` lets it count"),
    CLOCK_SKEW_SECONDS(
            ALWAYS,
            "collect",
            "by how much the clock of a request's client is wrong, in either direction, from its"
                    + " `sentAt`; 86,400 for a day or more. A request without `sentAt` has none"),
    SHED(
            ALWAYS,
            "collect",
            "1 for a request refused with 429 because more events arrive than the stream accepts,"
                    + " else 0; the average is the share of refused requests"),
    CREDENTIALS_ADMITTED(NEVER, "authorize", "credentials that were valid"),
    CREDENTIALS_REFUSED(
            UNLESS_ZERO,
            "authorize",
            "credentials that were refused; the line's `reason` says why"),
    CREDENTIAL_CHECKS_FAILED(
            UNLESS_ZERO,
            "authorize",
            "credentials that could not be checked because a store did not respond; their callers"
                    + " were not admitted"),
    WRITE_FLOW_DELAY_MS(
            ALWAYS, "features", "time from the start of an invocation until its rows are written"),
    FRESHNESS_MS(
            ALWAYS,
            "features",
            "time from the receipt of an event until its row was written, one value for each row;"
                    + " events from quarantine have none"),
    EVENT_AGE_MS(
            NEVER,
            "features",
            "time from the arrival of the batch's first record in the stream until its rows are"
                    + " written"),
    RECORDS(NEVER, "features", "records of a batch"),
    EXAMPLES(NEVER, "features", "examples put into the stream `examples`"),
    STORED(NEVER, "features", "records whose row was written"),
    REDELIVERED(
            NEVER,
            "features",
            "records delivered again, whose row an earlier delivery of them wrote; their example"
                    + " is sent again"),
    DUPLICATES(
            UNLESS_ZERO,
            "features",
            "records whose event is already stored from another record; nothing is sent"),
    WITHOUT_CONSENT(
            NEVER,
            "features",
            "records without a row or example, because the user does not consent to"
                    + " personalisation, or consents to it without analytics and the record is"
                    + " an impression"),
    WITHOUT_PERSONALISATION(
            UNLESS_ZERO,
            "features",
            "events of users who refuse personalisation, by the consent of the event or profile"),
    WITHOUT_ANALYTICS(
            UNLESS_ZERO, "features", "events of users who refuse analytics, or personalisation"),
    LISTS_OF_OTHERS(
            UNLESS_ZERO,
            "features",
            "events that name a list which somebody else asked for; they count as interactions,"
                    + " and for no list"),
    LISTS_OF_NOBODY(
            UNLESS_ZERO,
            "features",
            "events that name a list which was asked for without an id, or before its user"
                    + " counted; they count as interactions, and for no list"),
    DISCARDED_BY_ERASURE(
            NEVER,
            "features",
            "records that were received before their user was erased, and left no row or example"),
    ERASURES_PROCESSED(
            NEVER,
            "features",
            "erasures whose record was processed: the rows are removed and the model is"
                    + " instructed to forget the user"),
    RETRACTIONS_UNMATCHED(
            NEVER,
            "features",
            "retractions whose event is not stored, or no longer; only their own row is written"),
    RETRACTED_BEFORE_RETRY(
            NEVER,
            "features",
            "records retried from quarantine whose event the user had retracted meanwhile; they"
                    + " leave a row and no example"),
    ALIASES_REFUSED(
            NEVER,
            "features",
            "links that an alias asked for and that the rules of aliases forbid"),
    QUARANTINED(
            UNLESS_ZERO,
            "features, train",
            "records that could not be processed and were put into quarantine"),
    UNFINISHED_BATCHES(
            UNLESS_ZERO,
            "features, train",
            "1 for a batch that ended at a record which has to be delivered again, else 0"),
    TRAIN_MS(NEVER, "train", "time from the start of an invocation until its batch is processed"),
    EXAMPLES_APPLIED(NEVER, "train", "examples that the model learned"),
    EXAMPLES_SKIPPED(NEVER, "train", "examples skipped because the model had learned them before"),
    BEYOND_BOUNDS(
            UNLESS_ZERO,
            "train",
            "items and events that the model left out because its table of items is full or,"
                    + " where only items of the catalogue are learned, because more than 10,000"
                    + " newer events wait for items that are not in it"),
    WEIGHTS_AT_BOUND(
            UNLESS_ZERO,
            "train",
            "moves of a learned weight of the blend that were cut short because the weight is at"
                    + " its bound; written only if there were any, which is not expected"),
    APPEND_ATTEMPTS(NEVER, "train", "attempts to append a version to the model log"),
    TREND_WINDOWS_PENDING(
            NEVER,
            "train",
            "closed windows of trends that are not written to the Trends table yet"),
    COMPACTION_REQUESTS_FAILED(
            UNLESS_ZERO,
            "train",
            "1 for a request for a compaction that Lambda did not accept; written only then"),
    ANNOUNCEMENTS_FAILED(
            UNLESS_ZERO,
            "train",
            "1 for a version that could not be announced to the replicas, which find it within 10"
                    + " seconds; written only then"),
    DEGRADED(
            ALWAYS,
            "recommend",
            "1 for a response with `degraded: true`, else 0; the average is their share, and the"
                    + " number of samples that of all recommendations, similar items and trends"),
    FUNCTION_VERSION(
            UNLESS_ZERO,
            "recommend",
            "the published version of the function that computed a list, which is higher after a"
                    + " deployment that changes code or options"),
    EMPTY(NEVER, "recommend", "1 for a response without items, else 0"),
    RECOMMEND_MS(ALWAYS, "recommend", "time to compute a response, without its encoding"),
    MODEL_AGE_MS(
            ALWAYS,
            "recommend",
            "time since the process last looked for a newer version of the model"),
    SNAP_START_HOOKS_FAILED(
            UNLESS_ZERO,
            "authorize, recommend",
            "1 for a hook around a memory snapshot (SnapStart) that failed or exceeded its time"
                    + " limit; the process goes on, and its first request prepares what is"
                    + " missing"),
    ITEMS_WITHOUT_EMBEDDING(
            UNLESS_ZERO,
            "catalog",
            "items stored without an embedding because the embedder did not respond in time"),
    CANARY_FAILED(ALWAYS, "canary", "1 if the canary got no whole list of the API, else 0"),
    CANARY_MS(NEVER, "canary", "time from the canary's request until its list was read"),
    SNAPSHOTS(NEVER, "compact", "1 if a snapshot of the model was written, else 0"),
    SNAPSHOT_BYTES(NEVER, "compact", "size of the snapshot written, else 0"),
    ITEMS_RESENT(
            NEVER,
            "compact",
            "items whose change the model had missed and that were sent to it again"),
    OBJECTS_REMOVED(
            NEVER, "compact", "objects of the model log removed because no row refers to them"),
    LAKE_ROWS(NEVER, "lake", "records of a delivery to the lake that became a row"),
    LAKE_DROPPED(
            NEVER,
            "lake",
            "records of a delivery to the lake that leave no row: without consent, of erased"
                    + " users, or in quarantine"),
    LAKE_ASTRAY(
            UNLESS_ZERO,
            "lake",
            "objects with records that could not be transformed or delivered, which were taken"
                    + " again"),
    LAKE_UNFIT(
            UNLESS_ZERO,
            "lake",
            "records whose row did not fit into the 6 MB that a function may answer; they are"
                    + " taken again before the tables are settled"),
    BULK_LISTS(NEVER, "bulk", "lists of a batch that were made and written"),
    BULK_REFUSED(
            NEVER, "bulk", "users of a batch who were refused, each with a code in the result"),
    BULK_BYTES(NEVER, "bulk", "size of the object with the lists of a batch, compressed"),
    FEATURES_BEHIND_MS(
            ALWAYS,
            "worker",
            "lag of a shard of the stream `events`; at least every 15 seconds for each shard"),
    TRAIN_BEHIND_MS(ALWAYS, "worker", "lag of the stream `examples`; at least every 15 seconds");

    /** Whether CloudWatch makes a metric of a value, which costs $0.30 a month for each name. */
    public enum Publishing {
        /** Always, because averages and percentiles need every value. */
        ALWAYS("always"),

        /** Unless it is 0: a sum is the same without. */
        UNLESS_ZERO("unless 0"),

        /** Never: the value is a field of the log line, unless it is 0. */
        NEVER("log field");

        private final String words;

        Publishing(String words) {
            this.words = words;
        }

        /** Returns the words of the reference page. */
        public String words() {
            return words;
        }
    }

    private final Publishing publishing;
    private final String text;
    private final String unit;
    private final String writer;
    private final String meaning;

    MetricName(Publishing publishing, String writer, String meaning) {
        String[] words = name().split("_", -1);
        this.publishing = publishing;
        this.text =
                Stream.of(words)
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        this.unit =
                switch (words[words.length - 1]) {
                    case "MS" -> "Milliseconds";
                    case "SECONDS" -> "Seconds";
                    case "BYTES" -> "Bytes";
                    default -> "Count";
                };
        this.writer = writer;
        this.meaning = meaning;
    }

    /** Returns whether CloudWatch makes a metric of the value. */
    public Publishing publishing() {
        return publishing;
    }

    /** Returns whether a line has the value: as a metric, or as a field. */
    boolean isWritten(long value) {
        return value != 0 || publishing == Publishing.ALWAYS;
    }

    /** Returns the name in CloudWatch, or of the field: that of the constant in camel case. */
    public String text() {
        return text;
    }

    /** Returns the unit in CloudWatch, by the last word of the name; a count where it is none. */
    public String unit() {
        return unit;
    }

    /**
     * Returns the names of the functions that write the metric, as in the log's {@code function};
     * for {@code features} and {@code train} also the worker in their place.
     */
    public String writer() {
        return writer;
    }

    /** Returns what is measured, as a phrase for the reference page. */
    public String meaning() {
        return meaning;
    }
}
