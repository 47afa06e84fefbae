package dev.freshet.ranking;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far lists depart by chance from the best one, by placement: the temperature of the draws in
 * hundredths.
 *
 * @param usual of placements that are not named, 0 to 100
 * @param byPlacement of named placements, 0 to 100 each, at most {@value #MAX_PLACEMENTS}
 */
public record Temperatures(int usual, Map<String, Integer> byPlacement) {
    /** Most placements that are named. */
    public static final int MAX_PLACEMENTS = 20;

    /** No draws among all items anywhere. */
    public static final Temperatures NONE = new Temperatures(0, Map.of());

    private static final double PARTS = 100;

    private static final Pattern ENTRY =
            Pattern.compile("(?:(?<placement>[A-Za-z0-9_.:/-]{1,64})=)?(?<hundredths>\\d{1,3})");

    public Temperatures {
        byPlacement = Map.copyOf(byPlacement);
    }

    /**
     * Reads entries that are separated by commas: {@code placement=15}, and {@code 15} for all
     * other placements, which are 0 without one.
     *
     * @return empty if an entry is malformed, a temperature is above 100, a placement is named
     *     twice or there are too many
     */
    public static Optional<Temperatures> parse(String text) {
        Map<String, Integer> named = new TreeMap<>();
        Integer usual = null;
        for (String entry : text.split(",", -1)) {
            Matcher parts = ENTRY.matcher(entry);
            if (!parts.matches() || Integer.parseInt(parts.group("hundredths")) > PARTS) {
                return Optional.empty();
            }
            int hundredths = Integer.parseInt(parts.group("hundredths"));
            String placement = parts.group("placement");
            if (placement == null ? usual != null : named.put(placement, hundredths) != null) {
                return Optional.empty();
            }
            usual = placement == null ? Integer.valueOf(hundredths) : usual;
        }
        return named.size() > MAX_PLACEMENTS
                ? Optional.empty()
                : Optional.of(new Temperatures(usual == null ? 0 : usual, named));
    }

    /** Returns the temperature of a placement's lists, 0 to 1. */
    public double of(String placement) {
        return byPlacement.getOrDefault(placement, usual) / PARTS;
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        SortedMap<String, Integer> named = new TreeMap<>(byPlacement);
        String entries =
                named.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
        return entries.isEmpty() ? "" + usual : usual == 0 ? entries : usual + "," + entries;
    }
}
