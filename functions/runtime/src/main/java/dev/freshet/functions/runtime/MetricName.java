package dev.freshet.functions.runtime;

import software.amazon.cloudwatchlogs.emf.model.Unit;

/**
 * The measurements of the functions and the worker. Each is written in one log line for an
 * invocation or batch, see {@link Metrics}; CloudWatch makes metrics of those that an alarm or the
 * dashboard needs. {@code target/reference/metrics.md} is generated from these definitions.
 */
public enum MetricName {
    ACCEPTED(
            Publishing.UNLESS_ZERO,
            "Accepted",
            Unit.COUNT,
            "collect",
            "events of a request that the stream acknowledged"),
    REJECTED(
            Publishing.UNLESS_ZERO,
            "Rejected",
            Unit.COUNT,
            "collect",
            "events of a request that were rejected, each with a code in the response"),
    NOT_STORED(
            Publishing.UNLESS_ZERO,
            "NotStored",
            Unit.COUNT,
            "collect",
            "events that the stream did not acknowledge within the time of the request; the client"
                    + " was asked to send them again"),
    CLOCK_SKEW_SECONDS(
            Publishing.ALWAYS,
            "ClockSkewSeconds",
            Unit.SECONDS,
            "collect",
            "by how much the clock of a request's client is wrong, in either direction, from its"
                    + " `sentAt`; 86,400 for a day or more. A request without `sentAt` has none"),
    SHED(
            Publishing.ALWAYS,
            "Shed",
            Unit.COUNT,
            "collect",
            "1 for a request refused with 429 because more events arrive than the stream accepts,"
                    + " else 0; the average is the share of refused requests"),
    CREDENTIALS_ADMITTED(
            Publishing.NEVER,
            "CredentialsAdmitted",
            Unit.COUNT,
            "authorize",
            "credentials that were valid"),
    CREDENTIALS_REFUSED(
            Publishing.UNLESS_ZERO,
            "CredentialsRefused",
            Unit.COUNT,
            "authorize",
            "credentials that were refused; the line's `reason` says why"),
    CREDENTIAL_CHECKS_FAILED(
            Publishing.UNLESS_ZERO,
            "CredentialChecksFailed",
            Unit.COUNT,
            "authorize",
            "credentials that could not be checked because a store did not respond; their callers"
                    + " were not admitted"),
    WRITE_FLOW_DELAY_MS(
            Publishing.ALWAYS,
            "WriteFlowDelayMs",
            Unit.MILLISECONDS,
            "features",
            "time from the start of an invocation until its rows are written"),
    FRESHNESS_MS(
            Publishing.ALWAYS,
            "FreshnessMs",
            Unit.MILLISECONDS,
            "features",
            "time from the receipt of an event until its row was written, one value for each row;"
                    + " events from quarantine have none"),
    EVENT_AGE_MS(
            Publishing.NEVER,
            "EventAgeMs",
            Unit.MILLISECONDS,
            "features",
            "time from the arrival of the batch's first record in the stream until its rows are"
                    + " written"),
    RECORDS(Publishing.NEVER, "Records", Unit.COUNT, "features", "records of a batch"),
    EXAMPLES(
            Publishing.NEVER,
            "Examples",
            Unit.COUNT,
            "features",
            "examples put into the stream `examples`"),
    STORED(Publishing.NEVER, "Stored", Unit.COUNT, "features", "records whose row was written"),
    REDELIVERED(
            Publishing.NEVER,
            "Redelivered",
            Unit.COUNT,
            "features",
            "records delivered again, whose row an earlier delivery of them wrote; their example is"
                    + " sent again"),
    DUPLICATES(
            Publishing.UNLESS_ZERO,
            "Duplicates",
            Unit.COUNT,
            "features",
            "records whose event is already stored from another record; nothing is sent"),
    WITHOUT_CONSENT(
            Publishing.NEVER,
            "WithoutConsent",
            Unit.COUNT,
            "features",
            "records without a row or example, because the user does not consent to"
                    + " personalisation, or consents to it without analytics and the record is an"
                    + " impression"),
    WITHOUT_PERSONALISATION(
            Publishing.UNLESS_ZERO,
            "WithoutPersonalisation",
            Unit.COUNT,
            "features",
            "events of users who refuse personalisation, by the consent of the event or profile"),
    WITHOUT_ANALYTICS(
            Publishing.UNLESS_ZERO,
            "WithoutAnalytics",
            Unit.COUNT,
            "features",
            "events of users who refuse analytics, or personalisation"),
    DISCARDED_BY_ERASURE(
            Publishing.NEVER,
            "DiscardedByErasure",
            Unit.COUNT,
            "features",
            "records that were received before their user was erased, and left no row or example"),
    ERASURES_PROCESSED(
            Publishing.NEVER,
            "ErasuresProcessed",
            Unit.COUNT,
            "features",
            "erasures whose record was processed: the rows are removed and the model is instructed"
                    + " to forget the user"),
    RETRACTIONS_UNMATCHED(
            Publishing.NEVER,
            "RetractionsUnmatched",
            Unit.COUNT,
            "features",
            "retractions whose event is not stored, or no longer; only their own row is written"),
    RETRACTED_BEFORE_RETRY(
            Publishing.NEVER,
            "RetractedBeforeRetry",
            Unit.COUNT,
            "features",
            "records retried from quarantine whose event the user had retracted meanwhile; they"
                    + " leave a row and no example"),
    ALIASES_REFUSED(
            Publishing.NEVER,
            "AliasesRefused",
            Unit.COUNT,
            "features",
            "links that an alias asked for and that the rules of aliases forbid"),
    QUARANTINED(
            Publishing.UNLESS_ZERO,
            "Quarantined",
            Unit.COUNT,
            "features, train",
            "records that could not be processed and were put into quarantine"),
    UNFINISHED_BATCHES(
            Publishing.UNLESS_ZERO,
            "UnfinishedBatches",
            Unit.COUNT,
            "features, train",
            "1 for a batch that ended at a record which has to be delivered again, else 0"),
    TRAIN_MS(
            Publishing.NEVER,
            "TrainMs",
            Unit.MILLISECONDS,
            "train",
            "time from the start of an invocation until its batch is processed"),
    EXAMPLES_APPLIED(
            Publishing.NEVER,
            "ExamplesApplied",
            Unit.COUNT,
            "train",
            "examples that the model learned"),
    EXAMPLES_SKIPPED(
            Publishing.NEVER,
            "ExamplesSkipped",
            Unit.COUNT,
            "train",
            "examples skipped because the model had learned them before"),
    BEYOND_BOUNDS(
            Publishing.UNLESS_ZERO,
            "BeyondBounds",
            Unit.COUNT,
            "train",
            "items and events that the model left out because its table of items is full or, where"
                    + " only items of the catalogue are learned, because more than 10,000 newer"
                    + " events wait for items that are not in it"),
    WEIGHTS_AT_BOUND(
            Publishing.UNLESS_ZERO,
            "WeightsAtBound",
            Unit.COUNT,
            "train",
            "moves of a learned weight of the blend that were cut short because the weight is at"
                    + " its bound; written only if there were any, which is not expected"),
    APPEND_ATTEMPTS(
            Publishing.NEVER,
            "AppendAttempts",
            Unit.COUNT,
            "train",
            "attempts to append a version to the model log"),
    TREND_WINDOWS_PENDING(
            Publishing.NEVER,
            "TrendWindowsPending",
            Unit.COUNT,
            "train",
            "closed windows of trends that are not written to the Trends table yet"),
    COMPACTION_REQUESTS_FAILED(
            Publishing.UNLESS_ZERO,
            "CompactionRequestsFailed",
            Unit.COUNT,
            "train",
            "1 for a request for a compaction that Lambda did not accept; written only then"),
    ANNOUNCEMENTS_FAILED(
            Publishing.UNLESS_ZERO,
            "AnnouncementsFailed",
            Unit.COUNT,
            "train",
            "1 for a version that could not be announced to the replicas, which find it within 10"
                    + " seconds; written only then"),
    DEGRADED(
            Publishing.ALWAYS,
            "Degraded",
            Unit.COUNT,
            "recommend",
            "1 for a response with `degraded: true`, else 0; the average is their share, and the"
                    + " number of samples that of all recommendations, similar items and trends"),
    EMPTY(
            Publishing.NEVER,
            "Empty",
            Unit.COUNT,
            "recommend",
            "1 for a response without items, else 0"),
    RECOMMEND_MS(
            Publishing.ALWAYS,
            "RecommendMs",
            Unit.MILLISECONDS,
            "recommend",
            "time to compute a response, without its encoding"),
    MODEL_AGE_MS(
            Publishing.ALWAYS,
            "ModelAgeMs",
            Unit.MILLISECONDS,
            "recommend",
            "time since the process last looked for a newer version of the model"),
    SNAP_START_HOOKS_FAILED(
            Publishing.UNLESS_ZERO,
            "SnapStartHooksFailed",
            Unit.COUNT,
            "authorize, recommend",
            "1 for a hook around a memory snapshot (SnapStart) that failed or exceeded its time"
                    + " limit; the process goes on, and its first request prepares what is missing"),
    ITEMS_WITHOUT_EMBEDDING(
            Publishing.UNLESS_ZERO,
            "ItemsWithoutEmbedding",
            Unit.COUNT,
            "catalog",
            "items stored without an embedding because the embedder did not respond in time"),
    SNAPSHOTS(
            Publishing.NEVER,
            "Snapshots",
            Unit.COUNT,
            "compact",
            "1 if a snapshot of the model was written, else 0"),
    SNAPSHOT_BYTES(
            Publishing.NEVER,
            "SnapshotBytes",
            Unit.BYTES,
            "compact",
            "size of the snapshot written, else 0"),
    ITEMS_RESENT(
            Publishing.NEVER,
            "ItemsResent",
            Unit.COUNT,
            "compact",
            "items whose change the model had missed and that were sent to it again"),
    OBJECTS_REMOVED(
            Publishing.NEVER,
            "ObjectsRemoved",
            Unit.COUNT,
            "compact",
            "objects of the model log removed because no row refers to them"),
    LAKE_ROWS(
            Publishing.NEVER,
            "LakeRows",
            Unit.COUNT,
            "lake",
            "records of a delivery to the lake that became a row"),
    LAKE_DROPPED(
            Publishing.NEVER,
            "LakeDropped",
            Unit.COUNT,
            "lake",
            "records of a delivery to the lake that leave no row: without consent, of erased users,"
                    + " or in quarantine"),
    LAKE_ASTRAY(
            Publishing.UNLESS_ZERO,
            "LakeAstray",
            Unit.COUNT,
            "lake",
            "objects with records that could not be transformed or delivered, which were taken again"),
    LAKE_UNFIT(
            Publishing.UNLESS_ZERO,
            "LakeUnfit",
            Unit.COUNT,
            "lake",
            "records whose row did not fit into the 6 MB that a function may answer; they are taken"
                    + " again before the tables are settled"),
    BULK_LISTS(
            Publishing.NEVER,
            "BulkLists",
            Unit.COUNT,
            "bulk",
            "lists of a batch that were made and written"),
    BULK_REFUSED(
            Publishing.NEVER,
            "BulkRefused",
            Unit.COUNT,
            "bulk",
            "users of a batch who were refused, each with a code in the result"),
    BULK_BYTES(
            Publishing.NEVER,
            "BulkBytes",
            Unit.BYTES,
            "bulk",
            "size of the object with the lists of a batch, compressed"),
    FEATURES_BEHIND_MS(
            Publishing.ALWAYS,
            "FeaturesBehindMs",
            Unit.MILLISECONDS,
            "worker",
            "lag of a shard of the stream `events`; at least every 15 seconds for each shard"),
    TRAIN_BEHIND_MS(
            Publishing.ALWAYS,
            "TrainBehindMs",
            Unit.MILLISECONDS,
            "worker",
            "lag of the stream `examples`; at least every 15 seconds");

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
    private final Unit unit;
    private final String writer;
    private final String meaning;

    MetricName(Publishing publishing, String text, Unit unit, String writer, String meaning) {
        this.publishing = publishing;
        this.text = text;
        this.unit = unit;
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

    /** Returns the name in CloudWatch, or of the field. */
    public String text() {
        return text;
    }

    /** Returns the unit in CloudWatch. */
    public Unit unit() {
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
