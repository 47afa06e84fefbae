package dev.freshet.example;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.Form.Alternative;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.AttributeValue.Flag;
import dev.freshet.catalog.AttributeValue.Numeric;
import dev.freshet.catalog.AttributeValue.Text;
import dev.freshet.catalog.AttributeValue.Texts;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/** The binary form of items in examples and snapshots; sets and maps are sorted. */
@SuppressWarnings({"JavaInstantGetSecondsGetNano", "JavaDurationGetSecondsGetNano"})
public final class ItemForm {
    private static final int MAX_TEXT_BYTES = 1 << 20;
    private static final int MAX_PARTS = 1_024;
    private static final int MAX_NANOS = 999_999_999;

    /** A time in seconds since the origin of {@link ModelTime} and nanoseconds. */
    public static final Form<Instant> INSTANT =
            fields ->
                    Instant.ofEpochSecond(
                            fields.zigzag(at -> at.getEpochSecond() - ModelTime.ORIGIN)
                                    + ModelTime.ORIGIN,
                            fields.upTo(MAX_NANOS, Instant::getNano));

    private static final Form<String> TEXT =
            fields -> fields.recurring(MAX_TEXT_BYTES, text -> text);

    /**
     * An attribute's value: the number of its kind, then the value, which for a number is 64 bits.
     */
    private static final Form<AttributeValue> ATTRIBUTE =
            Form.oneOf(
                    List.of(
                            new Alternative<>(
                                    Text.class, fields -> new Text(fields.part(TEXT, Text::value))),
                            new Alternative<>(
                                    Numeric.class,
                                    fields -> new Numeric(fields.float64(Numeric::value))),
                            new Alternative<>(
                                    Flag.class, fields -> new Flag(fields.flag(Flag::value))),
                            new Alternative<>(
                                    Texts.class,
                                    fields ->
                                            new Texts(
                                                    fields.list(MAX_PARTS, TEXT, Texts::values)))));

    private static final Form<Availability> AVAILABILITY =
            fields ->
                    new Availability(
                            new HashSet<>(
                                    fields.list(
                                            MAX_PARTS,
                                            Form.NAME,
                                            where -> new TreeSet<>(where.regions()))),
                            fields.partOrNull(INSTANT, Availability::from),
                            fields.partOrNull(INSTANT, Availability::until));

    private static final Form<RepeatRule> REPEAT =
            Form.oneOf(
                    List.of(
                            new Alternative<>(
                                    RepeatRule.Never.class, Form.constant(new RepeatRule.Never())),
                            new Alternative<>(
                                    RepeatRule.Always.class,
                                    Form.constant(new RepeatRule.Always())),
                            new Alternative<>(
                                    RepeatRule.After.class,
                                    fields ->
                                            new RepeatRule.After(
                                                    Duration.ofSeconds(
                                                            fields.zigzag(
                                                                    after ->
                                                                            after.pause()
                                                                                    .toSeconds()),
                                                            fields.upTo(
                                                                    MAX_NANOS,
                                                                    after ->
                                                                            after.pause()
                                                                                    .getNano())))),
                            new Alternative<>(
                                    RepeatRule.Learned.class,
                                    Form.constant(new RepeatRule.Learned()))));

    /** A vector: 0 for none; else the dimension, the origin and a byte for each cell. */
    private static final Form<Embedding> EMBEDDING = ItemForm::embedding;

    /** An item. */
    public static final Form<Item> ITEM =
            fields ->
                    new Item(
                            fields.name(Item::itemId),
                            fields.zigzag(Item::version),
                            fields.flag(Item::deleted),
                            new Item.Content(
                                    fields.name(Item::type),
                                    fields.nameOrNull(Item::group),
                                    fields.text(MAX_TEXT_BYTES, Item::title),
                                    fields.text(MAX_TEXT_BYTES, Item::text),
                                    fields.list(MAX_PARTS, Form.NAME, Item::tags),
                                    fields.nameOrNull(Item::author),
                                    fields.partOrNull(INSTANT, Item::publishedAt),
                                    fields.map(MAX_PARTS, Form.NAME, ATTRIBUTE, Item::attributes)),
                            fields.list(MAX_PARTS, AVAILABILITY, Item::availability),
                            fields.part(REPEAT, Item::repeat),
                            fields.part(EMBEDDING, Item::embedding));

    private ItemForm() {}

    private static Embedding embedding(Fields<Embedding> fields) {
        int dimension = fields.upTo(Embedding.MAX_DIMENSION, Embedding::dimension);
        return dimension == 0
                ? Embedding.NONE
                : Embedding.ofCells(
                        fields.name(Embedding::origin), fields.raw(dimension, Embedding::cells));
    }
}
