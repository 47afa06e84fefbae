package dev.freshet.lake;

import dev.freshet.json.WireName;
import java.util.HashMap;
import java.util.Map;

/**
 * The queries that come with the product. Each has one text for Athena and DuckDB, a resource under
 * its name.
 *
 * <p>A query reads the days that it asks of, and not the whole table. A retraction, and what was
 * done with a list, is looked for from a day before the first of these days on, by the time of its
 * receipt: what a device with a wrong clock did earlier is not found.
 */
public enum NamedQuery implements WireName {
    EVENTS_BY_DAY("Events and people by day and type."),
    CLICK_RATE("Clicks and choices by placement, arm, position and model version."),
    OFF_POLICY("What the lists of one arm say of another, by the propensities of its items."),
    DEMAND_BY_TAG("Choices against items by tag."),
    UNSEEN_ITEMS("Items that were never shown, and items shown in vain."),
    RETENTION(
            "People by the week of their first event in 90 days and the weeks until a later one."),
    CHOSEN_AFTER("What people choose within a day after an item."),
    FIRST_CLICK("Minutes from publication to the first click, by day of publication."),
    ARRIVALS_QUALITY("Shares of resent and late events, and how long rows are on the way."),
    ERASURE_REACH("Rows of erased people that are left, by table."),
    NEIGHBOURS_OF(
            "The items that the same people took near an item, as the latest job counted them."),
    SIMILAR_BY_FACTORS("The items whose factors point as those of an item do.");

    /** The days before those asked of in which an event is looked for before a first one. */
    private static final int FIRST_EVENT_DAYS = 90;

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
     * Returns the statement, which is exact at any time.
     *
     * @param days of which it asks
     * @param item the id of the item it asks about; without effect where it asks about none
     * @param people number of different people who have to be behind a count for it to be shown; 1
     *     for all
     */
    public String sql(SqlRange days, String item, int people) {
        return sql(days, item, people, "interactions_now");
    }

    /**
     * Returns the statement over what was settled, without what arrived since.
     *
     * @param people as above
     */
    public String ofSettled(SqlRange days, int people) {
        return sql(days, "", people, LakeTable.INTERACTIONS.sqlName());
    }

    private String sql(SqlRange days, String item, int people, String interactions) {
        int before = this == RETENTION ? FIRST_EVENT_DAYS : 0;
        String since = before(days.from(), before + 1);
        String standing = "(\n" + LakeSql.standing(interactions, since) + "\n)";
        Map<String, String> values = new HashMap<>();
        values.put("from", days.from());
        values.put("to", days.to());
        values.put("people", Integer.toString(people));
        values.put("first", before(days.from(), before));
        values.put("since", since);
        values.put("standing", standing);
        values.put("of_people", "(\n" + LakeSql.people(standing) + "\n)");
        values.put("item", "'" + item.replace("'", "''") + "'");
        for (LakeTable table : LakeTable.ofPeople()) {
            values.put("erased_" + table.sqlName(), LakeSql.erasable(table));
        }
        return LakeSql.resource("query/" + wireName(), values);
    }

    private static String before(String day, int days) {
        return "date_add('day', " + -days + ", " + day + ")";
    }
}
