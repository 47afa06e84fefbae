package dev.freshet.cli.imports.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.attribute.Attributes;
import dev.freshet.attribute.Attributes.InvalidAttributesException;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.cli.imports.input.InputLine;
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
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The rules by which the API takes or refuses entries, applied by the classes that apply them
 * there. What only a stack knows is not checked: its exposure tokens, and whether an item is in its
 * catalogue.
 */
public final class ApiRules {
    private final EventReader events;
    private final ReceiptContext receipt;

    /** Creates the rules of a stack without types of its own. */
    public ApiRules(Instant now) {
        this(now, EventTypes.BUILT_IN);
    }

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
                new ReceiptContext(
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new ImportPermit(now.plus(Duration.ofDays(1)), Instant.EPOCH)),
                        Optional.empty());
    }

    /** Returns why the API would refuse an entry; empty if it would take it. */
    public Optional<Refusal> check(ImportEntry entry) {
        return switch (entry) {
            case ImportEntry.Unreadable(var line, var detail) ->
                    Optional.of(new Refusal(line, ImportEntry.Unreadable.CODE, detail));
            case ImportEntry.Skipped _ -> Optional.empty();
            case ImportEntry.OfEvent event -> event(event);
            case ImportEntry.OfItem item -> item(item);
            case ImportEntry.OfUser user -> user(user);
            case ImportEntry.OfAlias alias -> alias(alias);
        };
    }

    private Optional<Refusal> event(ImportEntry.OfEvent entry) {
        ObjectNode event = entry.json().deepCopy();
        event.remove("exposure");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("events").add(event);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Submission.MAX_BYTES) {
            return Optional.of(
                    new Refusal(
                            entry.line(),
                            "body-too-large",
                            "The event has more than "
                                    + Submission.MAX_BYTES
                                    + " bytes, which is all that a request may have."));
        }
        try {
            return switch (events.read(
                    Submission.open(bytes).parts().getFirst(),
                    Optional.empty(),
                    receipt,
                    new AgentQuota())) {
                case EventReader.Reading.Accepted _ -> Optional.empty();
                case EventReader.Reading.Rejected(var rejection) ->
                        Optional.of(
                                new Refusal(entry.line(), rejection.code(), rejection.detail()));
            };
        } catch (MalformedJsonException malformed) {
            return Optional.of(
                    new Refusal(
                            entry.line(),
                            malformed.code(),
                            String.valueOf(malformed.getMessage())));
        }
    }

    private static Optional<Refusal> item(ImportEntry.OfItem entry) {
        try {
            ItemReader.read(entry.json());
            return Optional.empty();
        } catch (InvalidItemException invalid) {
            return Optional.of(refusal(entry.line(), invalid));
        }
    }

    private static Optional<Refusal> user(ImportEntry.OfUser entry) {
        if (!Identifier.USER.accepts(entry.userId())) {
            return Optional.of(malformedId(entry.line()));
        }
        try {
            Attributes.read(entry.json().get("attributes"));
            return Optional.empty();
        } catch (InvalidAttributesException invalid) {
            return Optional.of(
                    new Refusal(entry.line(), InvalidAttributesException.CODE, invalid.detail()));
        }
    }

    private static Optional<Refusal> alias(ImportEntry.OfAlias entry) {
        boolean valid =
                Identifier.USER.accepts(entry.anonymousId())
                        && Identifier.USER.accepts(entry.userId());
        return valid ? Optional.empty() : Optional.of(malformedId(entry.line()));
    }

    private static Refusal malformedId(InputLine line) {
        return new Refusal(
                line,
                "malformed-id",
                "The id of a user is a text of " + Identifier.USER.rule() + ".");
    }

    private static Refusal refusal(InputLine line, InvalidItemException invalid) {
        return new Refusal(line, invalid.code(), String.valueOf(invalid.getMessage()));
    }
}
