package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.catalog.Attributes;
import dev.freshet.catalog.Attributes.InvalidAttributesException;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.EventTypes;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Submission;
import dev.freshet.ingest.UserAgents;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the API takes or refuses entries, applied by the classes that apply them
 * there. What only a stack knows is not checked: its exposure tokens, and whether an item is in its
 * catalogue.
 */
public final class ApiRules {
    private final EventReader events;
    private final ReceiptContext receipt;

    /**
     * Creates the rules for an import that begins at a time, with a permit for everything since
     * 1970.
     *
     * @param types the types of events of the stack
     */
    public ApiRules(Instant now, EventTypes types) {
        this.events =
                new EventReader(
                        () -> {
                            throw new IllegalStateException("tokens are left out before");
                        },
                        new UserAgents(),
                        new RateLimit(),
                        UnaryOperator.identity(),
                        types);
        this.receipt =
                ReceiptContext.importing(
                        now, new ImportPermit(now.plus(Duration.ofDays(1)), Instant.EPOCH));
    }

    /** Returns why the API would refuse an entry; empty if it would take it. */
    public Optional<Refusal> check(ImportEntry entry) {
        return switch (entry) {
            case ImportEntry.Unreadable(var line, var detail) ->
                    refusal(line, ImportEntry.Unreadable.CODE, detail);
            case ImportEntry.Skipped _ -> Optional.empty();
            case ImportEntry.OfEvent event -> event(event);
            case ImportEntry.OfItem item -> item(item);
            case ImportEntry.OfUser user -> user(user);
            case ImportEntry.OfAlias(var line, var anonymousId, var userId) ->
                    ids(line, anonymousId, userId);
        };
    }

    private static Optional<Refusal> refusal(InputLine line, String code, @Nullable String detail) {
        return Optional.of(new Refusal(line, code, String.valueOf(detail)));
    }

    private Optional<Refusal> event(ImportEntry.OfEvent entry) {
        ObjectNode event = entry.json().deepCopy();
        event.remove("exposure");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("events").add(event);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Submission.MAX_BYTES) {
            return refusal(
                    entry.line(),
                    "body-too-large",
                    "The event has more than %d bytes, which is all that a request may have."
                            .formatted(Submission.MAX_BYTES));
        }
        try {
            return switch (events.read(
                    Submission.open(bytes).parts().getFirst(),
                    Optional.empty(),
                    receipt,
                    new AgentQuota())) {
                case EventReader.Reading.Accepted _ -> Optional.empty();
                case EventReader.Reading.Rejected(var rejection) ->
                        refusal(entry.line(), rejection.code(), rejection.detail());
            };
        } catch (MalformedJsonException malformed) {
            return refusal(entry.line(), malformed.code(), malformed.getMessage());
        }
    }

    private static Optional<Refusal> item(ImportEntry.OfItem entry) {
        try {
            ItemReader.read(entry.json());
            return Optional.empty();
        } catch (InvalidItemException invalid) {
            return refusal(entry.line(), invalid.code(), invalid.getMessage());
        }
    }

    private static Optional<Refusal> user(ImportEntry.OfUser entry) {
        try {
            Optional<Refusal> malformed = ids(entry.line(), entry.userId());
            if (malformed.isEmpty()) {
                Attributes.read(entry.json().get("attributes"));
            }
            return malformed;
        } catch (InvalidAttributesException invalid) {
            return refusal(entry.line(), InvalidAttributesException.CODE, invalid.detail());
        }
    }

    private static Optional<Refusal> ids(InputLine line, String... ids) {
        return Stream.of(ids).allMatch(Identifier.USER::accepts)
                ? Optional.empty()
                : refusal(
                        line,
                        "malformed-id",
                        "The id of a user is a text of " + Identifier.USER.rule() + ".");
    }

    /** Counts what the API would accept and refuse, and sends nothing. */
    record EntryCheck(ApiRules rules) implements EntrySink {
        private static final int ROOM = 1_000;

        @Override
        public int room() {
            return ROOM;
        }

        @Override
        public void take(List<ImportEntry> entries, Account account) {
            for (ImportEntry entry : entries) {
                rules.check(entry).ifPresentOrElse(account::refuse, () -> accept(entry, account));
            }
        }

        private static void accept(ImportEntry entry, Account account) {
            switch (entry) {
                case ImportEntry.OfEvent _ -> account.acceptEvents(1);
                case ImportEntry.OfItem _ -> account.acceptItems(1);
                case ImportEntry.OfUser _ -> account.acceptUser();
                case ImportEntry.OfAlias _ -> {}
                case ImportEntry.Skipped(_, var reason) -> account.skip(reason);
                case ImportEntry.Unreadable _ ->
                        throw new IllegalStateException("is always refused");
            }
        }
    }
}
