package dev.freshet.cli.accept;

/** What may be wrong with a {@link FakeSite}, with the check that finds it. */
enum Fault {
    NONE(""),
    NEW_ACCOUNT("stack.concurrency"),
    SHARDS_SCARCE("stack.shards"),
    VPCS_SCARCE("stack.vpcs"),
    MAPPING_DISABLED("stack.mappings"),
    MAPPING_FAILS("stack.mappings"),
    SNAPSHOT_OFF("stack.snapstart"),
    BACKUPS_OFF("stack.backups"),
    ALARM_SOUNDS("stack.alarms"),
    MAIL_NOT_CONFIRMED("stack.subscription"),
    NOBODY_SUBSCRIBED("stack.subscription"),
    ANY_KEY_PASSES("entrance.wrong-key"),
    NO_CORS("entrance.preflight"),
    NO_RATE("entrance.rate"),
    IDS_DECODED_TWICE("entrance.ids"),
    PATCH_LOST("catalogue.patch"),
    BATCH_CUT("catalogue.batch"),
    DEGRADED("lists.warm"),
    SHOWN_TO_ALL("lists.hidden"),
    CLICKS_UNCOUNTED("lists.outcome"),
    EXPORT_EMPTY("privacy.export"),
    ERASURE_NOT_TAKEN("privacy.receipt"),
    NEVER_COMPACTED("compaction.snapshot"),
    RETENTION_STAYS("faults.retention"),
    STOPPED_UNHEARD("faults.stopped"),
    UNSIGNED_PASSES("signed"),
    ATTACKS_PASS("waf"),
    PAGES_UNGUARDED("site"),
    SHARD_UNOWNED("worker"),
    LOOKS_FAIL("scale"),
    OBJECTS_ASTRAY("lake.arrivals"),
    NIGHT_TIMED_OUT("lake.night"),
    ERASED_ROWS_LEFT("lake.erased"),
    NOT_ASKED_YET("lake.answers"),
    LISTS_MADE_AGAIN("bulk"),
    BATCH_FAILS("batch"),
    NO_PRICE("bill"),
    KEYS_STAY("clean.keys");

    final String found;

    Fault(String found) {
        this.found = found;
    }
}
