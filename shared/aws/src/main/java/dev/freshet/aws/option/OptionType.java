package dev.freshet.aws.option;

import dev.freshet.profile.AttributeRules;
import dev.freshet.ranking.ReasonLanguages;
import dev.freshet.ranking.Temperatures;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A type of option: which texts are values of the option, and what they mean.
 *
 * @param <T> the type of the values
 * @param values the allowed values in words that complete the sentence "It must be …"
 * @param parser reads a value from text; empty if the text is no allowed value
 * @param writer writes a value as text that the parser reads
 * @param borders the values at the borders of what is allowed: the least and the greatest number, a
 *     shortest and a longest text, and every value of a type that lists its values
 */
public record OptionType<T>(
        String values,
        Function<String, Optional<T>> parser,
        Function<T, String> writer,
        List<T> borders) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

    public OptionType {
        borders = List.copyOf(borders);
    }

    /**
     * Returns the type of texts that match a regular expression as a whole.
     *
     * @param borders a shortest and a longest of these texts
     */
    static OptionType<String> text(String regex, String values, String... borders) {
        return text(Pattern.compile(regex).asMatchPredicate(), values, borders);
    }

    /**
     * Returns the type of texts of a kind of characters.
     *
     * @param characters a character class of a regular expression that includes the letter a
     * @param most characters, of which there is at least one
     * @param words what the characters are
     */
    static OptionType<String> text(String characters, int most, String words) {
        return text(
                characters + "{1," + most + "}",
                "1 to " + most + " " + words,
                "a",
                "a".repeat(most));
    }

    /**
     * Returns the type of texts that look like a JSON object.
     *
     * @param longest a long one of these texts
     */
    static OptionType<String> jsonObject(String values, String longest) {
        return text("(?s)\\{.*\\}", values, "{}", longest);
    }

    /** Returns the type of lists of names, separated by commas. */
    static OptionType<String> names(Predicate<String> allowed, int most, String longest) {
        return text(allowed, "at most " + most + " names separated by commas", "a", longest);
    }

    /** Returns the type of own texts of reasons. */
    static OptionType<String> reasonTexts() {
        return text(
                json -> ReasonLanguages.parse(json).isPresent(),
                "a JSON object of at most "
                        + ReasonLanguages.MAX_LENGTH
                        + " characters from keys of reasons to texts with the places of their keys",
                "{}",
                Stream.of("new", "device", "content", "similar", "trending")
                        .map(key -> "\"%s\":\"%s\"".formatted(key, "t".repeat(180)))
                        .collect(Collectors.joining(",", "{", "}")));
    }

    /** Returns the type of lists of attributes of users, separated by commas. */
    static OptionType<List<String>> userAttributes() {
        return new OptionType<>(
                "at most " + AttributeRules.MOST + " names separated by commas",
                text ->
                        Optional.of(text)
                                .filter(AttributeRules::areNames)
                                .map(AttributeRules::names),
                names -> String.join(",", names),
                List.of(List.of("a"), List.of("gender", "occupation", "plan", "size")));
    }

    /** Returns the type of temperatures by placement. */
    static OptionType<Temperatures> temperatures() {
        return new OptionType<>(
                "0 to 100, or up to %d placements with such a number each, like home=15,article=5"
                        .formatted(Temperatures.MAX_PLACEMENTS),
                Temperatures::parse,
                Temperatures::toString,
                List.of(
                        Temperatures.NONE,
                        new Temperatures(100, Map.of()),
                        new Temperatures(
                                5,
                                IntStream.range(0, Temperatures.MAX_PLACEMENTS)
                                        .boxed()
                                        .collect(
                                                Collectors.toMap(
                                                        i -> "p".repeat(62) + (10 + i),
                                                        i -> 100)))));
    }

    /** Returns the type of e-mail addresses, of which only the at sign is checked. */
    static OptionType<String> emailAddress() {
        return text(
                address -> address.contains("@") && address.length() <= 254,
                "an e-mail address of at most 254 characters",
                "a@b",
                "o".repeat(64) + "@" + "s".repeat(181) + ".example");
    }

    private static OptionType<String> text(
            Predicate<String> allowed, String values, String... borders) {
        return new OptionType<>(
                values,
                text -> Optional.of(text).filter(allowed),
                Function.identity(),
                List.of(borders));
    }

    /** Returns the type of whole numbers between two bounds, which are allowed themselves. */
    public static OptionType<Integer> number(int least, int most) {
        return number(least, most, "%d to %d".formatted(least, most));
    }

    /** Returns the type of numbers of days between two bounds, which are allowed themselves. */
    static OptionType<Integer> days(int least, int most) {
        return number(least, most, "%d to %d days".formatted(least, most));
    }

    private static OptionType<Integer> number(int least, int most, String values) {
        return new OptionType<>(
                values,
                text ->
                        Optional.of(text)
                                .filter(DIGITS.asMatchPredicate())
                                .map(Long::valueOf)
                                .filter(number -> number >= least && number <= most)
                                .map(Long::intValue),
                String::valueOf,
                List.of(least, most));
    }

    /** Returns the type of times. */
    static OptionType<Instant> time() {
        return new OptionType<>(
                "a time such as 2026-12-01T10:00:00Z",
                text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeParseException noTime) {
                        return Optional.empty();
                    }
                },
                Instant::toString,
                List.of(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z")));
    }

    /** Returns the type of {@code true} and {@code false}. */
    static OptionType<Boolean> flag() {
        return oneOf(List.of(true, false), String::valueOf);
    }

    /** Returns the type whose values are the constants of an enum, written in lower case. */
    static <E extends Enum<E>> OptionType<E> choice(Class<E> constants) {
        return oneOf(
                Arrays.asList(constants.getEnumConstants()),
                constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** Returns the type of these values, each with its text. */
    static <T> OptionType<T> oneOf(List<T> allowed, Function<T, String> writer) {
        List<String> texts = allowed.stream().map(writer).toList();
        int last = texts.size() - 1;
        return new OptionType<>(
                texts.stream().limit(last).collect(Collectors.joining(", "))
                        + " or "
                        + texts.get(last),
                text ->
                        Optional.of(texts.indexOf(text))
                                .filter(index -> index >= 0)
                                .map(allowed::get),
                writer,
                allowed);
    }

    /** Reads a value; empty if the text is no allowed value. */
    public Optional<T> parse(String text) {
        return parser.apply(text);
    }

    /** Returns the text of a value. */
    public String write(T value) {
        return writer.apply(value);
    }
}
