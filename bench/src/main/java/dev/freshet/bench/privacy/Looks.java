package dev.freshet.bench.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureToken.Shown;
import dev.freshet.access.Signer;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.event.EventTypes;
import dev.freshet.features.Interactions;
import dev.freshet.model.Model;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.Users;
import dev.freshet.query.ListRequest;
import dev.freshet.query.RankQuery;
import dev.freshet.ranking.Reason;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.AllowedPlacements;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.Recommender.ReadParts;
import dev.freshet.recommend.ResponseAssembler;
import dev.freshet.recommend.ServedModel;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a stranger with a publishable key reads in the responses of one version of the model. Every
 * request is one that such a key may send: it names no user, and gives the items that the stranger
 * knows of as a session. The responses are those of the production recommender with their rounding,
 * and their exposure tokens are read too. Everything that is drawn is drawn alike in all looks at
 * one target. Used by one thread.
 */
final class Looks {
    /** Most numbers of a look; further ones are not read. */
    static final int MOST = 160;

    private static final int LISTED = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Signer SIGNER =
            new Signer("the stranger's game".getBytes(StandardCharsets.UTF_8));

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Recommender recommender;
    private final boolean counts;
    private Model model = Model.EMPTY;
    private Instant now = Instant.EPOCH;
    private Aim aim = new Aim(List.of(), "", "", 0);

    /**
     * Creates looks.
     *
     * @param counts whether to ask also what tells how many took up an item, whoever they are
     * @param exploration of all lists
     */
    Looks(boolean counts, Temperatures exploration) {
        this.counts = counts;
        InstantSource clock = () -> now;
        Interactions rows = none(Interactions.class);
        Hydrator.Budget budget = Hydrator.Budget.DEFAULT;
        recommender =
                new Recommender(
                        new ReadParts(
                                new Hydrator(rows, none(Users.class), budget, clock),
                                () -> new ServedModel(model, 1, Duration.ZERO, List.of()),
                                new ResponseAssembler(() -> SIGNER, AllowedPlacements.ANY),
                                new StackingStrategy(),
                                exploration,
                                FrequencyCap.DEFAULT,
                                AttributeRules.DEFAULT,
                                clock,
                                () -> 0,
                                () -> aim.draw));
    }

    /**
     * What a stranger wants to know of a person.
     *
     * @param known items that the person took up, newest last, at least one
     * @param secret an item that the person took up
     * @param decoy an item that the person did not take up
     * @param draw an arbitrary number, on which the order of the two in requests depends
     */
    record Aim(List<String> known, String secret, String decoy, long draw) {
        /** Returns both items, in an order that tells nothing. */
        List<String> both() {
            return draw % 2 == 0 ? List.of(secret, decoy) : List.of(decoy, secret);
        }

        String newest() {
            return known.getLast();
        }

        /** Returns whether an item is known, the secret or the decoy. */
        boolean isAbout(String itemId) {
            return known.contains(itemId) || sign(itemId) != 0;
        }

        /** Returns 1 for the secret, −1 for the decoy, and 0 for any other item. */
        int sign(String itemId) {
            return itemId.equals(secret) ? 1 : itemId.equals(decoy) ? -1 : 0;
        }
    }

    /** Returns a store that is never read, since no request names a user. */
    private static <T> T none(Class<T> port) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            throw new IllegalStateException(method + " of a request of nobody");
                        }));
    }

    /**
     * Returns the names of the numbers of a look and of its change since the look before.
     *
     * @param ids number of the stranger's own ids at the time
     */
    List<String> names(int ids) {
        List<String> all = List.copyOf(numbers.keySet());
        return Stream.of("after", "change")
                .flatMap(
                        look ->
                                IntStream.range(0, MOST)
                                        .mapToObj(at -> at < all.size() ? all.get(at) : "nothing")
                                        .map(name -> look + " of " + name + ", " + ids + " ids"))
                .toList();
    }

    /**
     * Asks every route, and returns by how much each number is larger for the secret item than for
     * the decoy.
     *
     * @param at the time of the requests
     */
    float[] look(Model of, Instant at, Aim asked) {
        model = of;
        now = at;
        aim = asked;
        float[] look = new float[MOST];
        read(look, "rank after known", rank(asked.known, asked.both()));
        List<String> all = Stream.concat(asked.both().stream(), asked.known.stream()).toList();
        read(look, "rank with known", rank(asked.known, all));
        read(look, "similar to known", list("similar", "itemId", new TextNode(asked.newest())));
        for (String item : asked.both()) {
            for (RecommendedItem known : rank(List.of(item), asked.known).items()) {
                contributions(look, "known after", known, asked.sign(item));
            }
        }
        if (counts) {
            read(look, "rank", rank(List.of(), asked.both()));
            ObjectNode filter = JSON.createObjectNode().put("field", "itemId");
            asked.both().forEach(filter.putArray("in")::add);
            read(look, "popular", list("popular", "filter", filter));
            read(look, "trending", list("trending", "filter", filter));
        }
        return look;
    }

    /** Reads places and scores, which are 0 for an item that is not listed, and their reasons. */
    private void read(float[] look, String route, Recommendations list) {
        token(look, route, list);
        List<RecommendedItem> items = list.items();
        for (int at = 0; at < items.size(); at++) {
            RecommendedItem item = items.get(at);
            int sign = aim.sign(item.itemId());
            add(look, route + ": position", sign * (LISTED - at));
            add(look, route + ": score", sign * (1 + item.score() - items.getLast().score()));
            contributions(look, route, item, sign);
        }
    }

    /**
     * Reads what a token tells of the worth of an item: from the last place up, the odds of a place
     * that was drawn are those of its item against all items below.
     */
    private void token(float[] look, String route, Recommendations list) {
        List<Shown> shown = ExposureToken.reopen(list.exposure()).orElseThrow().items();
        double below = 0;
        for (Shown place : shown.reversed()) {
            double chance = place.propensity();
            double worth = chance < 1 && below > 0 ? chance / (1 - chance) * below : 1;
            below += worth;
            add(look, route + ": worth", aim.sign(place.itemId()) * Math.log(worth));
        }
    }

    /** Reads what each source, and what the items of the session, contribute to a score. */
    private void contributions(float[] look, String route, RecommendedItem item, int sign) {
        for (Reason reason : item.reasons()) {
            String source = route + ": " + reason.source().wireName();
            add(look, source, sign * reason.contribution());
            add(look, source + "'s share", sign * reason.share());
        }
        item.movedBy().forEach(by -> add(look, route + ": lift", sign * by.lift()));
    }

    private void add(float[] look, String name, double amount) {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        int at = known == null ? numbers.size() - 1 : known;
        if (at < MOST) {
            look[at] += (float) amount;
        }
    }

    private Recommendations rank(List<String> session, List<String> itemIds) {
        ObjectNode body = JSON.createObjectNode().put("repeats", "always");
        ArrayNode items = body.putObject("session").putArray("items");
        session.forEach(itemId -> items.addObject().put("itemId", itemId));
        itemIds.forEach(body.putArray("itemIds")::add);
        return recommender.recommend(RankQuery.of(body, now, null, EventTypes.BUILT_IN));
    }

    private Recommendations list(String name, String member, JsonNode value) {
        ObjectNode body = JSON.createObjectNode().put("list", name).put("count", LISTED);
        body.set(member, value);
        return recommender.recommend(ListRequest.of(body, now, null, EventTypes.BUILT_IN));
    }
}
