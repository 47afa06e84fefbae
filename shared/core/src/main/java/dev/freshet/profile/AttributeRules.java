package dev.freshet.profile;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.json.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of users recommendations depend on, and how.
 *
 * @param cohorts names of attributes of which users with the same value are a {@link Cohort},
 *     distinct, ≤ {@value #MOST}
 * @param interests names of attributes by which users say what they like ({@link StatedInterest}),
 *     distinct, ≤ {@value #MOST}
 */
public record AttributeRules(List<String> cohorts, List<String> interests) {
    /** Most attributes of each kind, and so most cohorts of a user. */
    public static final int MOST = 4;

    /** No attribute makes cohorts; users say what they like by the attribute {@code interests}. */
    public static final AttributeRules DEFAULT =
            new AttributeRules(List.of(), List.of("interests"));

    public AttributeRules {
        cohorts = checked(cohorts);
        interests = checked(interests);
    }

    private static List<String> checked(List<String> names) {
        require(
                names.size() <= MOST && names.stream().distinct().count() >= names.size(),
                "at most " + MOST + " different attributes, not " + names);
        return List.copyOf(names);
    }

    /** Returns whether a text is a list of names of attributes, separated by commas. */
    public static boolean areNames(String text) {
        List<String> names = names(text);
        return names.size() <= MOST
                && names.stream().distinct().count() == names.size()
                && names.stream().allMatch(Identifier.ANY::accepts);
    }

    /** Returns the names of a list that is separated by commas. */
    public static List<String> names(String text) {
        return List.of(text.split(",", -1));
    }

    /** Returns the cohorts of a user with these attributes, in the order of the rules. */
    public List<Cohort> cohortsOf(Map<String, AttributeValue> attributes) {
        List<Cohort> of = new ArrayList<>();
        for (String name : cohorts) {
            single(attributes.get(name)).ifPresent(value -> of.add(Cohort.of(name, value)));
        }
        return List.copyOf(of);
    }

    /** Returns a value as a text; empty for a list, which makes no cohort. */
    private static Optional<String> single(@Nullable AttributeValue value) {
        return switch (value) {
            case null -> Optional.empty();
            case AttributeValue.Text(String text) -> Optional.of(text);
            case AttributeValue.Numeric number -> Optional.of(number.text());
            case AttributeValue.Flag(boolean flag) -> Optional.of(Boolean.toString(flag));
            case AttributeValue.Texts _ -> Optional.empty();
        };
    }

    /** Returns what a user with these attributes likes, in the order of the rules. */
    public List<StatedInterest> interestsOf(Map<String, AttributeValue> attributes) {
        List<StatedInterest> of = new ArrayList<>();
        for (String name : interests) {
            Set<String> values = StatedInterest.texts(attributes.get(name));
            if (!values.isEmpty()) {
                of.add(new StatedInterest(name, values));
            }
        }
        return List.copyOf(of);
    }

    /**
     * The users with the same value of an attribute, such as one occupation.
     *
     * @param attribute the name of the attribute; empty where only the id is known, as in the model
     * @param id a hash of the attribute's name and value, which is all that the model keeps of them
     */
    public record Cohort(String attribute, int id) {
        /** Returns the cohort of a value. */
        static Cohort of(String attribute, String value) {
            return new Cohort(attribute, hash(attribute + '\0' + value));
        }

        /**
         * Returns a hash that is stored in the model, so that it must not change: FNV-1a over the
         * UTF-16 units, with the finalizer of MurmurHash3.
         */
        private static int hash(String text) {
            int hash = 0x811C9DC5;
            for (int at = 0; at < text.length(); at++) {
                hash = (hash ^ text.charAt(at)) * 0x01000193;
            }
            hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
            return hash ^ (hash >>> 16);
        }
    }

    /**
     * What a user likes by the statement of the site: items that have one of these values among
     * their tags, or as their attribute of the same name.
     *
     * @param attribute the name of the user's attribute
     * @param values ≤ 50
     */
    public record StatedInterest(String attribute, Set<String> values) {
        public StatedInterest {
            values = Set.copyOf(values);
        }

        /** Returns the value by which an item is of interest, or empty. */
        public Optional<String> in(Item item) {
            return Stream.concat(
                            texts(item.attributes().get(attribute)).stream(), item.tags().stream())
                    .filter(values::contains)
                    .findFirst();
        }

        /** Returns the texts of a value; none for a number and a flag. */
        static Set<String> texts(@Nullable AttributeValue value) {
            return switch (value) {
                case null -> Set.of();
                case AttributeValue.Text(String text) -> Set.of(text);
                case AttributeValue.Texts(List<String> texts) -> new TreeSet<>(texts);
                case AttributeValue.Numeric _, AttributeValue.Flag _ -> Set.of();
            };
        }
    }
}
