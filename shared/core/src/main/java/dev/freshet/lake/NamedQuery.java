package dev.freshet.lake;

import dev.freshet.json.WireName;
import java.util.HashMap;
import java.util.Map;

/**
 * The queries that come with the product. Each has one text for Athena and DuckDB, a resource under
 * its name.
 */
public enum NamedQuery implements WireName {
    EVENTS_BY_DAY("Events and people by day and type."),
    CLICK_RATE("Clicks and choices by placement, arm, position and model version."),
    OFF_POLICY("What the lists of one arm say of another, by the propensities of its items."),
    DEMAND_BY_TAG("Choices against items by tag."),
    UNSEEN_ITEMS("Items that were never shown, and items shown in vain."),
    RETENTION("People by the week of their first event and the weeks until a later one."),
    CHOSEN_AFTER("What people choose within a day after an item."),
    FIRST_CLICK("Minutes from publication to the first click, by day of publication."),
    ARRIVALS_QUALITY("Shares of resent and late events, and how long rows are on the way."),
    ERASURE_REACH("Rows of erased people that the next deletion removes, by table."),
    NEIGHBOURS_OF(
            "The items that the same people took near an item, as the latest job counted them."),
    SIMILAR_BY_FACTORS("The items whose factors point as those of an item do.");

    private final String question;

    NamedQuery(String question) {
        this.question = question;
    }

    /** Returns what the query says, in one sentence. */
    public String question() {
        return question;
    }

    /** Returns whether the query asks about one item. */
    public boolean needsItem() {
        return this == CHOSEN_AFTER || this == NEIGHBOURS_OF || this == SIMILAR_BY_FACTORS;
    }

    /**
     * Returns the statement.
     *
     * @param days of which it asks
     * @param item the id of the item it asks about; without effect where it asks about none
     * @param people number of different people who have to be behind a count for it to be shown; 1
     *     for all
     */
    public String sql(SqlRange days, String item, int people) {
        Map<String, String> values = new HashMap<>();
        values.put("from", days.from());
        values.put("to", days.to());
        values.put("people", Integer.toString(people));
        values.put("item", "'" + item.replace("'", "''") + "'");
        for (LakeTable table : LakeTable.ofPeople()) {
            values.put("erased_" + table.sqlName(), LakeSql.erasable(table));
        }
        return LakeSql.resource("query/" + wireName(), values);
    }
}
