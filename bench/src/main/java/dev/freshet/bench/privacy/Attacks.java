package dev.freshet.bench.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attacks on the targets of a game. An attack is a list of up to {@value #VOTES} numbers of the
 * looks, each with a threshold: the first one that differs by more between the two items names the
 * one with more of it, or with less; where none does, a coin is tossed. It is made on the people of
 * even numbers, one vote after another by what gains most, and scored on the others.
 */
public final class Attacks {
    /** Thresholds that are tried: 0, and the differences that these shares are smaller than. */
    private static final double[] SHARES = {0, 0.5, 0.8, 0.9, 0.95, 0.98};

    private static final double COIN = 0.5;

    /** Most votes of an attack. */
    private static final int VOTES = 3;

    /** One-sided bound of 95 % of a normal distribution, in standard deviations. */
    private static final double BOUND = 1.645;

    /** Events that are seen not once in a hundred trials happen at most in three, at 95 %. */
    private static final double RULE_OF_THREE = 3;

    private final List<Played> chosenOn;
    private final List<Played> scoredOn;
    private final List<List<String>> names;

    /**
     * A target that was played: by how much each number is larger for the secret than for the
     * decoy.
     *
     * @param person number of the person
     * @param with numbers of the looks
     * @param without likewise, where the person did not take up the secret
     */
    record Played(int person, float[] with, float[] without) {}

    /**
     * How an attack did.
     *
     * @param right share of targets at which it is right
     * @param without the same where the person did not take up the secret
     * @param score by how much it is more often right than there, or than a coin if that is more
     * @param upper 95 % bound of the score
     * @param targets on which it was scored
     * @param attack what it is
     */
    public record Score(
            double right, double without, double score, double upper, int targets, String attack) {}

    /** A vote for the item of which a number is larger, or smaller for the sign −1. */
    private record Vote(int number, float threshold, int sign) {
        /** Returns 1 for the secret, −1 for the decoy, 0 for neither. */
        int of(float[] numbers) {
            float value = numbers[number];
            return value > threshold ? sign : value < -threshold ? -sign : 0;
        }
    }

    /** An attack: the first vote decides that is for one of the items, else a coin. */
    private record Attack(List<Vote> votes) {
        double right(float[] numbers) {
            int vote = 0;
            for (int at = 0; at < votes.size() && vote == 0; at++) {
                vote = votes.get(at).of(numbers);
            }
            return (1 + vote) / 2.0;
        }

        /** Returns by how much it is more often right than without the person, or than a coin. */
        double gain(List<Played> all) {
            double without = mean(all, one -> right(one.without));
            return mean(all, one -> right(one.with)) - Math.max(COIN, without);
        }

        Attack with(Vote vote) {
            return new Attack(Stream.concat(votes.stream(), Stream.of(vote)).toList());
        }
    }

    /**
     * Creates the attacks.
     *
     * @param names of the numbers, in parts: an attack of a part uses those up to its end
     */
    Attacks(List<Played> played, List<List<String>> names) {
        Map<Boolean, List<Played>> halves =
                played.stream().collect(Collectors.partitioningBy(one -> one.person % 2 == 0));
        chosenOn = halves.getOrDefault(true, List.of());
        scoredOn = halves.getOrDefault(false, List.of());
        this.names = names;
    }

    /** Returns the score of the best attack of each part. */
    public List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        List<Vote> possible = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (List<String> part : names) {
            for (String name : part) {
                possible.addAll(votes(all.size()));
                all.add(name);
            }
            Attack best = new Attack(List.of());
            for (int vote = 0; vote < VOTES; vote++) {
                best =
                        Stream.concat(Stream.of(best), possible.stream().map(best::with))
                                .max(Comparator.comparingDouble(one -> one.gain(chosenOn)))
                                .orElse(best);
            }
            scores.add(score(best, all));
        }
        return scores;
    }

    private List<Vote> votes(int number) {
        double[] sizes =
                chosenOn.stream()
                        .mapToDouble(one -> Math.abs(one.with[number]))
                        .filter(size -> size > 0)
                        .sorted()
                        .toArray();
        List<Vote> votes = new ArrayList<>();
        for (int at = 0; at < SHARES.length && sizes.length > 0; at++) {
            float size = (float) sizes[(int) (SHARES[at] * (sizes.length - 1))];
            votes.add(new Vote(number, at == 0 ? 0 : size, 1));
            votes.add(new Vote(number, at == 0 ? 0 : size, -1));
        }
        return votes;
    }

    private Score score(Attack attack, List<String> all) {
        double right = mean(scoredOn, one -> attack.right(one.with));
        double without = mean(scoredOn, one -> attack.right(one.without));
        double score = attack.gain(scoredOn);
        Map<Integer, Double> byPerson = new HashMap<>();
        for (Played one : scoredOn) {
            double otherwise = without > COIN ? attack.right(one.without) : COIN;
            byPerson.merge(one.person, attack.right(one.with) - otherwise - score, Double::sum);
        }
        double squares = byPerson.values().stream().mapToDouble(sum -> sum * sum).sum();
        int n = Math.max(1, scoredOn.size());
        double upper = score + Math.max(BOUND * Math.sqrt(squares), RULE_OF_THREE) / n;
        String name =
                attack.votes.stream()
                        .map(vote -> (vote.sign < 0 ? "less " : "") + all.get(vote.number))
                        .collect(Collectors.joining(", then "));
        return new Score(right, without, score, upper, n, name);
    }

    private static double mean(List<Played> all, ToDoubleFunction<Played> number) {
        return all.stream().mapToDouble(number).average().orElse(0);
    }
}
