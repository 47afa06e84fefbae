package dev.freshet.testkit;

import dev.freshet.access.Signer;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.experiment.DefinitionExamples;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.CountedUsers;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.query.QueryReader;
import dev.freshet.query.RankQuery;
import dev.freshet.query.RecommendationQuery;
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
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryUsers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small site in memory, with its users and items. Each event is stored as a row of the
 * interactions and learned by the model at once.
 */
public final class Site {
    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    public static final Signer SIGNER =
            new Signer("secret of a test".getBytes(StandardCharsets.UTF_8)).derive(Signer.EXPOSURE);

    public final MemoryInteractions interactions = new MemoryInteractions(() -> NOW);
    public final MemoryUsers users = new MemoryUsers(() -> NOW);
    private Model model;
    private CountedUsers counted = CountedUsers.ALL;
    private InstantSource clock = () -> NOW;
    private LongSupplier nanos = () -> 0;
    private FrequencyCap cap = FrequencyCap.DEFAULT;
    private List<String> problems = List.of();
    private AttributeRules attributes = AttributeRules.DEFAULT;
    private Temperatures temperatures = Temperatures.NONE;
    private AllowedPlacements placements = AllowedPlacements.ANY;
    private long sequence;

    /** Creates an empty site, on which the counts of any number of people are visible. */
    public Site() {
        this(Model.EMPTY);
    }

    /** Creates a site without rows, whose model is this one. */
    public Site(Model model) {
        this.model = model;
    }

    /** An item of the catalogue, altered by the methods below before it is put. */
    public static final class Put {
        private final String id;
        private final String title;
        private final List<String> tags;
        private String type = "article";
        private @Nullable String group;
        private @Nullable String author;
        private List<Availability> availability = List.of();
        private RepeatRule repeat = RepeatRule.NEVER;
        private Map<String, AttributeValue> attributes = Map.of();

        private Put(String id, String title, List<String> tags) {
            this.id = id;
            this.title = title;
            this.tags = tags;
        }

        public Put type(String other) {
            type = other;
            return this;
        }

        public Put group(String other) {
            group = other;
            return this;
        }

        public Put author(String other) {
            author = other;
            return this;
        }

        public Put repeat(RepeatRule other) {
            repeat = other;
            return this;
        }

        public Put attribute(String name, AttributeValue value) {
            attributes = Map.of(name, value);
            return this;
        }

        public Put available(Set<String> regions, @Nullable Instant from, @Nullable Instant until) {
            availability = List.of(new Availability(regions, from, until));
            return this;
        }

        private Item item() {
            return new Item(
                    id,
                    1,
                    false,
                    new Item.Content(
                            type,
                            group,
                            title,
                            "",
                            tags,
                            author,
                            NOW.minus(Duration.ofDays(1)),
                            attributes),
                    availability,
                    repeat,
                    Embedding.NONE);
        }
    }

    /** Returns an article that is always available and is never repeated. */
    public static Put article(String id, String title, String... tags) {
        return new Put(id, title, List.of(tags));
    }

    /** Puts items of version 1, whose terms are the words of their titles and their tags. */
    public Site put(Put... items) {
        for (Put put : items) {
            Map<Integer, Integer> terms = new HashMap<>();
            for (String word : put.title.toLowerCase(java.util.Locale.ROOT).split(" ", -1)) {
                terms.merge(word.hashCode(), 1, Integer::sum);
            }
            put.tags.forEach(tag -> terms.merge(tag.hashCode(), 1, Integer::sum));
            learn(new Example.ItemChanged(put.item(), terms, NOW));
        }
        return this;
    }

    /** Deletes an item, as version 2. */
    public Site delete(String itemId) {
        learn(new Example.ItemChanged(Item.tombstone(itemId, 2), Map.of(), NOW));
        return this;
    }

    /**
     * Lets a user view the items in order, at intervals of one minute, the last one {@code ago}
     * before {@link #NOW}.
     */
    public Site reads(String user, Duration ago, String... itemIds) {
        for (int i = 0; i < itemIds.length; i++) {
            does(
                    user,
                    EventType.VIEW,
                    Target.item(itemIds[i]),
                    ago.plusMinutes(itemIds.length - 1L - i),
                    null);
        }
        return this;
    }

    /** Lets this number of new users view the items, each user in turn. */
    public Site crowdReads(int users, Duration ago, String... itemIds) {
        for (int i = 0; i < users; i++) {
            reads("crowd-" + sequence, ago, itemIds);
        }
        return this;
    }

    /**
     * Lets a user do something {@code ago} before {@link #NOW}, with strength −1 for a dislike or
     * hide and 1 for all other types.
     */
    public Site does(
            String user, EventType type, Target target, Duration ago, @Nullable String country) {
        boolean negative = type == EventType.DISLIKE || type == EventType.HIDE;
        float strength = negative ? -1 : 1;
        Instant at = NOW.minus(ago);
        ShardPosition source =
                row(user, at, new StoredInteraction.Act(type, target, strength, 0, null));
        learn(
                new Example.Interaction(
                        source,
                        new Pseudonym(user.hashCode()),
                        target,
                        type,
                        strength,
                        0,
                        at,
                        Context.of(null, country, null)));
        return this;
    }

    /**
     * Stores a retraction of an event as a row, without changing the model; retraction in the model
     * is covered by the model's own tests.
     */
    public Site retracts(String user, String eventId, EventType type, Target target) {
        row(user, NOW, new StoredInteraction.Act(type, target, 0, 0, eventId));
        return this;
    }

    /** Stores a row; returns the position of its event. */
    private ShardPosition row(String user, Instant at, StoredInteraction.Act act) {
        ShardPosition source =
                new ShardPosition("events/shardId-0", BigInteger.valueOf(++sequence));
        interactions.putIfAbsent(
                new StoredInteraction(
                        user,
                        "e" + sequence,
                        EventTimes.at(at),
                        act,
                        null,
                        Context.UNKNOWN,
                        source,
                        null,
                        Map.of()),
                null);
        return source;
    }

    /** Returns the id of the latest event. */
    public String latestEventId() {
        return "e" + sequence;
    }

    /** Stores a new profile with these aliases, this consent and, if erased, a tombstone. */
    public Site profile(
            String userId,
            List<String> aliases,
            @Nullable Consent consent,
            @Nullable Instant erasedAt) {
        return profile(
                new UserProfile(
                        userId,
                        new UserProfile.Stated(Map.of(), consent),
                        aliases,
                        new UserProfile.ShownItems(Map.of(), null, null),
                        Enrolments.NONE,
                        null,
                        erasedAt == null ? null : Tombstone.of("erasure-1", erasedAt),
                        0));
    }

    /** Stores a new profile. */
    public Site profile(UserProfile profile) {
        if (!users.put(profile)) {
            throw new IllegalStateException("the profile exists already");
        }
        return this;
    }

    private void learn(Example example) {
        learn(List.of(example));
    }

    /** Learns examples as one batch, without rows. */
    public Site learn(List<Example> examples) {
        ModelDraft draft = model.draft();
        examples.forEach(draft::apply);
        model = draft.seal();
        return this;
    }

    /**
     * Changes the treatment of items that are in no catalogue, of those that are known already too.
     */
    public Site catalogue(CatalogueMode mode) {
        model = model.withCatalogue(mode);
        return this;
    }

    /** Replaces the frequency cap. */
    public Site cap(FrequencyCap other) {
        cap = other;
        return this;
    }

    /** Replaces the rules by which attributes of users count. */
    public Site attributes(AttributeRules other) {
        attributes = other;
        return this;
    }

    /** Replaces the placements whose lists are summed apart. */
    public Site placements(AllowedPlacements other) {
        placements = other;
        return this;
    }

    /** Draws places of all lists by chance. */
    public Site temperatures(Temperatures other) {
        temperatures = other;
        return this;
    }

    /** Replaces the monotonic time, in nanoseconds, which else stands still. */
    public Site nanos(LongSupplier source) {
        nanos = source;
        return this;
    }

    /** Announces a running experiment. */
    public Site experiment(String document) {
        Experiment experiment =
                ExperimentReader.read(
                        document.getBytes(StandardCharsets.UTF_8), EventTypes.BUILT_IN);
        return define(new StoredDefinition(experiment.id(), document, experiment.version()));
    }

    /** Announces a named rule; a null document deletes it. */
    public Site rule(String name, @Nullable String document) {
        String id = DefinitionKind.RULE.idOf(name);
        return document == null
                ? learn(List.of(Definition.deleted(id, ++sequence)))
                : define(new StoredDefinition(id, document, ++sequence));
    }

    private Site define(StoredDefinition stored) {
        return learn(List.of(DefinitionExamples.of(stored, EventTypes.BUILT_IN)));
    }

    /** Has the model remember neighbours of items. */
    public Site remember(LongMemory memory) {
        model = model.withMemory(memory);
        return this;
    }

    /** Returns the model with everything learned so far. */
    public Model model() {
        return model;
    }

    private long version() {
        return model == Model.EMPTY ? 0 : 3;
    }

    /** Has answers say that the model has a problem. */
    public Site modelHas(String problem) {
        problems = List.of(problem);
        return this;
    }

    /** Sets which users count for others; all of them if it is not called. */
    public Site counted(CountedUsers users) {
        counted = users;
        return this;
    }

    /** Sets the time of requests; {@link #NOW} if it is not called. */
    public Site at(InstantSource time) {
        clock = time;
        return this;
    }

    /** Returns a recommender over the rows, profiles and model of this site. */
    public Recommender recommender() {
        return recommender(interactions, users);
    }

    public Recommender recommender(Interactions rows, Users profiles) {
        return recommender(rows, profiles, () -> SIGNER);
    }

    public Recommender recommender(Interactions rows, Users profiles, Supplier<Signer> signer) {
        // Long, since nothing is to be late because the machine is busy.
        Hydrator.Budget budget = new Hydrator.Budget(Duration.ofSeconds(5), Duration.ofSeconds(5));
        SplittableRandom random = new SplittableRandom(7);
        return new Recommender(
                new ReadParts(
                        new Hydrator(
                                rows, profiles, budget, clock, UnaryOperator.identity(), counted),
                        () -> new ServedModel(model, version(), Duration.ofMillis(5), problems),
                        new ResponseAssembler(signer, placements),
                        new StackingStrategy(),
                        temperatures,
                        cap,
                        attributes,
                        clock,
                        nanos,
                        random));
    }

    /** Returns the flow that describes people who are like a user of this site. */
    public SimilarUsers similarUsers() {
        return new SimilarUsers(
                interactions,
                users,
                id -> new Pseudonym(id.hashCode()),
                () -> new ServedModel(model, version(), Duration.ofMillis(5), List.of()));
    }

    /** Answers a request body of {@code POST /v1/recommendations}. */
    public Recommendations recommend(String body) {
        return recommender().recommend(query(body));
    }

    /** Answers a request body of {@code POST /v1/rank}. */
    public Recommendations rank(String body) {
        return recommender().recommend(rankQuery(body));
    }

    /** Parses a request body of {@code POST /v1/rank}. */
    public static RankQuery rankQuery(String body) {
        try {
            return RankQuery.of(
                    StrictJson.read(body.getBytes(StandardCharsets.UTF_8)),
                    NOW,
                    null,
                    EventTypes.BUILT_IN);
        } catch (MalformedJsonException notJson) {
            throw new IllegalArgumentException(body, notJson);
        }
    }

    /** Parses a request body of {@code POST /v1/recommendations}. */
    public static RecommendationQuery query(String body) {
        return QueryReader.recommendation(body, NOW);
    }

    public static UserIdentity user(String id) {
        return UserIdentity.user(id);
    }

    public static List<String> ids(Recommendations answer) {
        return answer.items().stream().map(RecommendedItem::itemId).toList();
    }

    /** Returns the texts of all reasons given for an item. */
    public static List<String> texts(Recommendations answer, String itemId) {
        return answer.items().stream()
                .filter(item -> item.itemId().equals(itemId))
                .flatMap(item -> item.reasons().stream())
                .map(dev.freshet.ranking.Reason::text)
                .toList();
    }
}
