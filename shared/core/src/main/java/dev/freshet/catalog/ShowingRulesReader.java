package dev.freshet.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.json.FieldReader;
import dev.freshet.json.FieldReader.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the members of an item that limit where, when and how often it may be shown. Each entry has
 * to be an object of known members: a misspelt limit would otherwise read as no limit, and the item
 * would be shown everywhere and for ever.
 */
final class ShowingRulesReader {
    private static final Set<String> WINDOW = Set.of("regions", "from", "until");
    private static final Set<String> REPEAT = Set.of("rule", "afterSeconds");

    /** Types of items that people buy, or listen to, again and again. */
    private static final Set<String> RETURNED_TO =
            Set.of("product", "song", "track", "album", "podcast");

    private static final Pattern REGION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

    private ShowingRulesReader() {}

    /** Reads {@code availability}; empty where it is absent. */
    static List<Availability> availability(FieldReader<InvalidItemException> item)
            throws InvalidItemException {
        List<Availability> windows = new ArrayList<>();
        for (JsonNode json : item.array("availability", ItemReader.MAX_AVAILABILITY)) {
            windows.add(
                    window(
                            FieldReader.strict(
                                    json,
                                    "availability[" + windows.size() + "]",
                                    WINDOW,
                                    violation ->
                                            ItemReader.report("bad-availability", violation))));
        }
        return windows;
    }

    private static Availability window(FieldReader<InvalidItemException> window)
            throws InvalidItemException {
        Set<String> regions = new LinkedHashSet<>();
        for (JsonNode region : window.array("regions", ItemReader.MAX_REGIONS)) {
            if (!region.isTextual() || !REGION.matcher(region.textValue()).matches()) {
                throw new InvalidItemException(
                        "bad-region",
                        "A region is a country such as BR, or a country and its part such as BR-SP.");
            }
            regions.add(region.textValue());
        }
        Instant from = ItemReader.time(window, "from");
        Instant until = ItemReader.time(window, "until");
        if (from != null && until != null && !from.isBefore(until)) {
            throw new InvalidItemException(
                    "bad-availability", "A window of availability must end after it begins.");
        }
        return new Availability(regions, from, until);
    }

    /**
     * Reads {@code repeat}. Where it is absent, what people return to by nature, which they buy or
     * listen to, may be repeated as it is learned, and everything else never.
     *
     * @param type of the item
     */
    static RepeatRule repeat(FieldReader<InvalidItemException> item, String type)
            throws InvalidItemException {
        JsonNode node = item.find("repeat");
        if (node == null) {
            return RETURNED_TO.contains(type) ? RepeatRule.LEARNED : RepeatRule.NEVER;
        }
        FieldReader<InvalidItemException> members =
                FieldReader.strict(node, "repeat", REPEAT, ShowingRulesReader::badRepeat);
        JsonNode rule = members.find("rule");
        boolean timed = members.has("afterSeconds");
        return switch (rule == null ? "" : rule.asText("")) {
            case "never" -> untimed(RepeatRule.NEVER, timed);
            case "always" -> untimed(RepeatRule.ALWAYS, timed);
            case "learned" -> untimed(RepeatRule.LEARNED, timed);
            case "after" -> new RepeatRule.After(pause(members));
            default ->
                    throw new InvalidItemException(
                            "bad-repeat",
                            "A repeat rule is never, always, learned, or after with afterSeconds.");
        };
    }

    private static RepeatRule untimed(RepeatRule rule, boolean timed) throws InvalidItemException {
        if (timed) {
            throw new InvalidItemException(
                    "bad-repeat", "afterSeconds belongs to the repeat rule after only.");
        }
        return rule;
    }

    private static Duration pause(FieldReader<InvalidItemException> members)
            throws InvalidItemException {
        long most = ItemReader.MAX_PAUSE.toSeconds();
        Long seconds = members.reportingBy(_ -> badPause(most)).integer("afterSeconds", 0, most);
        if (seconds == null) {
            throw badPause(most);
        }
        return Duration.ofSeconds(seconds);
    }

    private static InvalidItemException badPause(long most) {
        return new InvalidItemException(
                "bad-repeat", "afterSeconds is a whole number from 0 to " + most + ".");
    }

    private static InvalidItemException badRepeat(Violation violation) {
        return ItemReader.report("bad-repeat", violation);
    }
}
