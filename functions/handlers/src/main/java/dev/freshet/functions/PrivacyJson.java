package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Attributes;
import dev.freshet.enrolment.Enrolment;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.RecordedEvent;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.features.StoredInteraction;
import dev.freshet.json.JsonRecords;
import dev.freshet.model.BasketContents;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.privacy.ErasureProgress.ErasureState;
import dev.freshet.privacy.ErasureResult.ErasureReceipt;
import dev.freshet.privacy.ExportFlow;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON encoding of exports, and of receipts and states of erasures. */
final class PrivacyJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String LAKE =
            "The lake holds a row of each event under a pseudonym, for longer than the tables:"
                    + " ./freshet lake user ID lists them.";

    private PrivacyJson() {}

    static ObjectNode receipt(String id, ErasureReceipt receipt) {
        ObjectNode json =
                JSON.objectNode()
                        .put("userId", id)
                        .put("erasureId", receipt.erasureId())
                        .put("erasedAt", receipt.erasedAt().toString())
                        .put("aliases", receipt.aliases());
        ArrayNode removed = json.putArray("removed");
        removed.addObject()
                .put("store", "users")
                .put(
                        "what",
                        "profiles: attributes, consent, aliases, counts of items shown, arms of"
                                + " experiments")
                .put("count", receipt.profiles())
                .put("complete", true);
        removed.addObject()
                .put("store", "interactions")
                .put("what", "rows of interactions and of lists shown")
                .put("count", receipt.rows())
                .put("complete", receipt.allRows());
        removed.addObject()
                .put("store", "quarantine")
                .put("what", "records that could not be processed, or the user's part of them")
                .put("count", receipt.quarantine().removed() + receipt.quarantine().changed())
                .put("complete", receipt.quarantine().complete());
        json.put("erasuresInStream", receipt.erasures());
        ArrayNode remaining = json.putArray("remaining");
        receipt.remaining()
                .forEach(
                        left ->
                                remaining
                                        .addObject()
                                        .put("place", wireName(left.place()))
                                        .put("until", left.until().toString())
                                        .put("what", left.place().what()));
        return json;
    }

    static ObjectNode state(String id, ErasureState state, Instant now) {
        ObjectNode json =
                JSON.objectNode()
                        .put("userId", id)
                        .put("erasureId", state.erasureId())
                        .put("erasedAt", state.erasedAt().toString())
                        .put("aliases", state.aliases());
        ObjectNode steps = json.putObject("steps");
        steps.putObject("rowsGone").put("done", state.rowsGone());
        ObjectNode taken = steps.putObject("taken").put("done", state.appliedAt().isPresent());
        state.appliedAt()
                .ifPresent(
                        at ->
                                taken.put("shard", at.shard())
                                        .put("sequence", at.sequence().toString()));
        ObjectNode forgotten =
                steps.putObject("forgotten").put("done", state.forgottenIn().isPresent());
        state.forgottenIn().ifPresent(version -> forgotten.put("modelVersion", version));
        ObjectNode corrected =
                steps.putObject("corrected").put("done", state.correctedIn().isPresent());
        state.correctedIn().ifPresent(version -> corrected.put("snapshotVersion", version));
        ObjectNode log = steps.putObject("modelLogGone").put("done", state.logGone());
        state.logGoneAt().ifPresent(at -> log.put("at", at.toString()));
        steps.putObject("streamsGone")
                .put("done", !state.streamsGoneAt().isAfter(now))
                .put("at", state.streamsGoneAt().toString());
        steps.putObject("backupsGone")
                .put("done", !state.restorableUntil().isAfter(now))
                .put("at", state.restorableUntil().toString());
        state.inLake()
                .ifPresent(
                        lake -> {
                            steps.putObject("lakeDeleted").put("done", lake.deleted());
                            steps.putObject("lakeGone")
                                    .put("done", lake.gone())
                                    .put("at", lake.promisedAt().toString());
                        });
        json.put("complete", state.complete(now));
        state.completeAt().ifPresent(at -> json.put("completeAt", at.toString()));
        return json;
    }

    /**
     * Returns a part of an export.
     *
     * @param lake whether the stack has a lake, whose rows are not in the export
     */
    static ObjectNode export(String id, ExportFlow.Part part, EventTypes types, boolean lake) {
        ObjectNode json = JSON.objectNode().put("userId", id).put("at", part.at().toString());
        part.about()
                .ifPresent(
                        about -> {
                            about(json, about);
                            if (lake) {
                                json.put("lake", LAKE);
                            }
                        });
        ArrayNode rows = json.putArray("interactions");
        part.rows().forEach(row -> rows.add(row(row, types, true)));
        ArrayNode lists = json.putArray("lists");
        part.lists().forEach(list -> lists.add(ExposureJson.of(list)));
        if (part.next() != null) {
            json.put("next", part.next());
        }
        return json;
    }

    private static void about(ObjectNode json, ExportFlow.About about) {
        ArrayNode profiles = json.putArray("profiles");
        about.profiles().forEach(profile -> profiles.add(profile(profile)));
        ArrayNode baskets = json.putArray("model");
        for (ExportFlow.Basket basket : about.baskets()) {
            ArrayNode items = baskets.addObject().put("id", basket.userId()).putArray("items");
            basket.items().forEach(held -> items.add(held(held)));
        }
        ArrayNode quarantine = json.putArray("quarantine");
        for (Quarantine.Entry entry : about.quarantine()) {
            quarantine
                    .addObject()
                    .put("shard", entry.position().shard())
                    .put("sequence", entry.position().sequence().toString())
                    .put("reason", entry.reason())
                    .put("at", entry.at().toString())
                    .put("payload", entry.payload());
        }
        json.put("quarantineComplete", about.quarantineComplete());
    }

    private static ObjectNode held(BasketContents held) {
        ObjectNode json =
                JSON.objectNode()
                        .put("itemId", held.itemId())
                        .put("lastMet", held.lastInteractionAt().toString())
                        .put("strength", held.strength())
                        .put("events", held.events());
        if (held.stars() > 0) {
            json.put("stars", held.stars());
        }
        return json;
    }

    private static ObjectNode profile(UserProfile profile) {
        ObjectNode json = JSON.objectNode().put("id", profile.userId());
        ProfileJson.addStated(profile, json);
        put(json, "aliasOf", profile.aliasOf());
        Instant since = profile.shownSince();
        put(json, "shownSince", since == null ? null : since.toString());
        ArrayNode shown = json.putArray("shown");
        new TreeMap<>(profile.shown())
                .forEach(
                        (item, times) ->
                                shown.addObject()
                                        .put("itemId", item)
                                        .setAll(JsonRecords.tree(times)));
        ArrayNode enrolled = json.putArray("enrolled");
        for (Enrolment one : profile.enrolled().all()) {
            ObjectNode arm =
                    enrolled.addObject()
                            .put("experiment", one.experiment())
                            .put("salt", one.salt())
                            .put("arm", one.arm())
                            .put("since", one.since().toString())
                            .put("crossed", one.crossed());
            for (int kind = 0; kind < one.groups().size(); kind++) {
                arm.put(GroupKind.ALL.get(kind).wireName(), one.groups().get(kind));
            }
        }
        Tombstone tombstone = profile.tombstone();
        if (tombstone != null) {
            json.putObject("erasure")
                    .put("erasureId", tombstone.erasureId())
                    .put("erasedAt", tombstone.erasedAt().toString());
        }
        return json;
    }

    /**
     * Returns a row of an interaction.
     *
     * @param whole whether it has all that is stored, as in an export, and not the event alone
     */
    static ObjectNode row(StoredInteraction row, EventTypes types, boolean whole) {
        ObjectNode json = JSON.objectNode();
        put(json, "id", whole ? row.userId() : null);
        json.put("eventId", row.eventId()).put("type", types.nameOf(row.type()));
        put(json, "itemId", !whole && row.target().isItem() ? row.target().id() : null);
        json.putObject("target")
                .put("kind", row.target().kind().wireName())
                .put("id", row.target().id());
        json.put("occurredAt", row.occurredAt().toString());
        put(json, "correctedAt", whole ? row.correctedAt().toString() : null);
        json.put("receivedAt", row.receivedAt().toString()).put("strength", row.strength());
        if (row.value() > 0) {
            json.put("value", row.value());
        }
        put(json, "sessionId", whole ? row.sessionId() : null);
        put(json, "retracts", row.retracts());
        if (!row.properties().isEmpty()) {
            ObjectNode properties = json.putObject("properties");
            new TreeMap<>(row.properties()).forEach(properties::put);
        }
        if (whole) {
            json.put("record", row.owner().toString());
            json.set("context", RecordedEvent.context(row.context()));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a site stated of a user, as responses have it. */
    static final class ProfileJson {
        private ProfileJson() {}

        /** Adds {@code attributes}, {@code consent} where one was stated, and {@code aliases}. */
        static void addStated(UserProfile profile, ObjectNode json) {
            json.set("attributes", Attributes.write(profile.attributes()));
            if (profile.consent() != null) {
                json.set("consent", JsonRecords.tree(profile.consent()));
            }
            profile.aliases().forEach(json.putArray("aliases")::add);
        }
    }

    /** JSON encoding of lists shown, in exports. */
    static final class ExposureJson {
        private ExposureJson() {}

        static ObjectNode of(StoredExposure row) {
            ObjectNode json =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("id", row.userId())
                            .put("listId", row.listId())
                            .put("issuedAt", row.issuedAt().toString())
                            .put("receivedAt", row.receivedAt().toString());
            ShownList list = row.list();
            if (list != null) {
                json.put("placement", list.placement()).put("modelVersion", list.modelVersion());
                ArrayNode arms = json.putArray("arms");
                list.arms().forEach(arm -> arms.add(arm.label()));
                if (list.segment() != null) {
                    json.put("segment", list.segment());
                }
                ArrayNode shadows = json.putArray("shadows");
                list.shadows().forEach(shadow -> shadows.add(shadow.label()));
                ArrayNode items = json.putArray("items");
                list.places().stream()
                        .filter(place -> !place.isAbove())
                        .forEach(place -> items.add(place(place)));
            }
            ShardPosition owner = row.owner();
            if (owner != null) {
                json.put("record", owner.toString());
            }
            ArrayNode outcomes = json.putArray("outcomes");
            row.outcomes().forEach(outcome -> outcomes.add(outcome(outcome)));
            return json;
        }

        private static ObjectNode place(ShownList.Place place) {
            ObjectNode json =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("itemId", place.itemId())
                            .put("propensity", place.propensity())
                            .put("seen", place.seen())
                            .put("drawn", place.drawn())
                            .put("newcomer", place.newcomer());
            ArrayNode ratios = json.putArray("logRatios");
            place.logRatios().forEach(ratios::add);
            ArrayNode sources = json.putArray("sources");
            for (int index = 0; index < SignalFamilies.SOURCES; index++) {
                if ((place.sources() >>> index & 1) == 1) {
                    sources.add(SignalFamilies.source(index).wireName());
                }
            }
            return json;
        }

        private static ObjectNode outcome(ExposureOutcome outcome) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("event", outcome.event())
                    .put("kind", outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("position", outcome.position())
                    .put("seconds", outcome.seconds())
                    .put("record", outcome.owner().toString());
        }
    }
}
