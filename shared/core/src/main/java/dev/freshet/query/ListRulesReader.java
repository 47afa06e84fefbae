package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;
import dev.freshet.json.TextRule;
import dev.freshet.query.Filter.Field;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.query.ListRules.Pin;
import dev.freshet.query.ListRules.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@link ListRules} from the members of a request or of a stored rule. */
final class ListRulesReader {
    private static final Set<String> LIMITED = Set.of("type", "author", "group", "tags");

    private ListRulesReader() {}

    /**
     * Reads rules.
     *
     * @param names of stored rules
     * @param filters reads all the trees of the document
     */
    static ListRules read(
            FieldReader<InvalidQueryException> members, List<String> names, FilterReader filters) {
        Double minScore = members.number("minScore");
        return new ListRules(
                names,
                limits(members),
                pins(members),
                promotions(members, filters),
                minScore == null ? 0 : minScore);
    }

    /** Reads the names of stored rules. */
    static List<String> names(FieldReader<InvalidQueryException> members) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : array(members, "rules", ListRules.MAX_NAMES)) {
            String read =
                    FieldReader.textOf(
                            name,
                            members.pathOf("rules"),
                            TextRule.SINGLE_LINE,
                            Identifier.MAX_LENGTH,
                            QueryViolations::report);
            if (!names.contains(read)) {
                names.add(read);
            }
        }
        return names;
    }

    private static List<Limit> limits(FieldReader<InvalidQueryException> members) {
        List<Limit> limits = new ArrayList<>();
        for (JsonNode element : array(members, "limits", ListRules.MAX_LIMITS)) {
            FieldReader<InvalidQueryException> limit =
                    element(element, members, "limits", limits.size(), Set.of("field", "max"));
            String name = limit.text("field", TextRule.SINGLE_LINE, ConditionReader.MAX_TEXT);
            Integer max = limit.whole("max");
            if (name == null || max == null) {
                throw missing(limit, "field", "max");
            }
            Field field = new Field(name);
            if (!LIMITED.contains(name) && !field.isAttribute()) {
                throw new InvalidQueryException(
                        "unknown-limit-field",
                        "There is no field "
                                + QueryViolations.quoted(name)
                                + " to limit; the fields are type, author, group, tags and"
                                + " attributes.NAME.");
            }
            limits.add(new Limit(field, max));
        }
        return limits;
    }

    private static List<Pin> pins(FieldReader<InvalidQueryException> members) {
        List<Pin> pins = new ArrayList<>();
        for (JsonNode element : array(members, "pins", ListRules.MAX_PINS)) {
            FieldReader<InvalidQueryException> pin =
                    element(element, members, "pins", pins.size(), Set.of("itemId", "position"));
            String itemId = pin.identifier("itemId", Identifier.ANY);
            Integer position = pin.whole("position");
            if (itemId == null || position == null) {
                throw missing(pin, "itemId", "position");
            }
            pins.add(new Pin(itemId, position));
        }
        return pins;
    }

    private static List<Promotion> promotions(
            FieldReader<InvalidQueryException> members, FilterReader filters) {
        List<Promotion> promotions = new ArrayList<>();
        for (JsonNode element : array(members, "promotions", ListRules.MAX_PROMOTIONS)) {
            FieldReader<InvalidQueryException> promotion =
                    element(
                            element,
                            members,
                            "promotions",
                            promotions.size(),
                            Set.of("filter", "share"));
            JsonNode filter = promotion.find("filter");
            Double share = promotion.number("share");
            if (filter == null || share == null) {
                throw missing(promotion, "filter", "share");
            }
            promotions.add(new Promotion(filters.read(filter, promotion.pathOf("filter")), share));
        }
        return promotions;
    }

    private static FieldReader<InvalidQueryException> element(
            JsonNode element,
            FieldReader<InvalidQueryException> members,
            String array,
            int at,
            Set<String> known) {
        return QueryViolations.fields(element, members.pathOf(array) + "[" + at + "]", known);
    }

    private static List<JsonNode> array(
            FieldReader<InvalidQueryException> members, String name, int max) {
        return members.reportingBy(QueryViolations.withCodeIfMore("too-many-" + name))
                .array(name, max);
    }

    private static InvalidQueryException missing(
            FieldReader<InvalidQueryException> element, String one, String other) {
        return new InvalidQueryException(
                "missing-field",
                element.pathOf(one) + " and " + element.pathOf(other) + " are both needed.");
    }
}
