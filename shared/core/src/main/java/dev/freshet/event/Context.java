package dev.freshet.event;

import static dev.freshet.check.Check.require;

import dev.freshet.json.WireName;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of an event or a request; each part may be unknown (null).
 *
 * @param device desktop, mobile, tablet, tv, bot or other
 * @param country ISO 3166 alpha-2, upper case
 * @param localHour the hour of the user's local time, 0 to 23
 */
public record Context(
        @Nullable String device,
        @Nullable String os,
        @Nullable String browser,
        @Nullable String locale,
        @Nullable String country,
        @Nullable String region,
        @Nullable String page,
        @Nullable String referrer,
        @Nullable Integer localHour) {
    public static final Context UNKNOWN = of(null, null, null);

    /** The known devices in the order of their numbers, from 1; the last one is any other. */
    public static final List<String> DEVICES =
            List.of("desktop", "mobile", "tablet", "tv", "bot", "other");

    public Context {
        require(
                localHour == null || (localHour >= 0 && localHour <= 23),
                "localHour must be 0 to 23");
    }

    /**
     * The texts of a context. Their names are the same in requests, on the stream, in exports and
     * in the lake.
     */
    @SuppressWarnings("ImmutableEnumChecker") // the functions are method references
    public enum Text implements WireName {
        DEVICE(Context::device),
        OS(Context::os),
        BROWSER(Context::browser),
        LOCALE(Context::locale),
        COUNTRY(Context::country),
        REGION(Context::region),
        PAGE(Context::page),
        REFERRER(Context::referrer);

        /** The texts that are stored and exported: all but the URLs of pages. */
        public static final List<Text> STORED =
                Arrays.stream(values()).filter(text -> text != PAGE && text != REFERRER).toList();

        /** The texts that the model learns from, in the order in which examples have them. */
        public static final List<Text> LEARNED = List.of(COUNTRY, DEVICE);

        private final Function<Context, @Nullable String> value;
        private final String wireName;

        Text(Function<Context, @Nullable String> value) {
            this.value = value;
            wireName = WireName.super.wireName();
        }

        @Override
        public String wireName() {
            return wireName;
        }

        /** Returns the text of a context; null where it is unknown. */
        public @Nullable String of(Context context) {
            return value.apply(context);
        }
    }

    /**
     * The texts that a context is made of.
     *
     * @param <X> what reading one may throw
     */
    @FunctionalInterface
    public interface Texts<X extends Exception> {
        /** Returns a text; null where it is unknown. */
        @Nullable String get(Text text) throws X;
    }

    /** Returns a context of texts. */
    public static <X extends Exception> Context of(Texts<X> texts, @Nullable Integer localHour)
            throws X {
        return new Context(
                texts.get(Text.DEVICE),
                texts.get(Text.OS),
                texts.get(Text.BROWSER),
                texts.get(Text.LOCALE),
                texts.get(Text.COUNTRY),
                texts.get(Text.REGION),
                texts.get(Text.PAGE),
                texts.get(Text.REFERRER),
                localHour);
    }

    /** Returns a context of which no more than these are known. */
    public static Context of(
            @Nullable String device, @Nullable String country, @Nullable Integer localHour) {
        return new Context(device, null, null, null, country, null, null, null, localHour);
    }

    /** Returns what is stored of this context: all but the URLs of pages. */
    public Context stored() {
        return new Context(device, os, browser, locale, country, region, null, null, localHour);
    }

    /** Returns the device if it is one of {@link #DEVICES}, else {@code other}. */
    public static String known(String device) {
        return DEVICES.contains(device) ? device : DEVICES.getLast();
    }

    /** Returns what the model learns of this context: the texts for it, and the hour. */
    public Context learned() {
        return of(device, country, localHour);
    }
}
