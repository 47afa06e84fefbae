package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.bench.load.Tally.Reply;
import dev.freshet.demo.Simulation;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Kind of the load's requests, each by a random user about random items. */
public enum Traffic {
    /** {@code POST /v1/events} with {@value #EVENTS} clicks of one user. */
    COLLECT("/v1/events") {
        @Override
        ObjectNode body(Scene scene, RandomGenerator random) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode events = body.putArray("events");
            String user = scene.user(random);
            String first = Long.toUnsignedString(random.nextLong(), 36);
            String now = scene.clock().instant().toString();
            for (int i = 0; i < EVENTS; i++) {
                events.addObject()
                        .put("eventId", "load-" + first + "-" + i)
                        .put("type", "click")
                        .put("userId", user)
                        .put("itemId", scene.item(random))
                        .put("occurredAt", now);
            }
            return body;
        }

        @Override
        Reply outcome(ApiResponse answer) {
            return answer.body().path("accepted").asInt() == EVENTS ? Reply.SERVED : Reply.FAILED;
        }
    },

    /** {@code POST /v1/recommendations} for {@value #COUNT} items. */
    RECOMMEND("/v1/recommendations") {
        @Override
        ObjectNode body(Scene scene, RandomGenerator random) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("userId", scene.user(random)).put("count", COUNT);
            body.putObject("context").put("country", "BR").put("device", "mobile");
            return body;
        }

        @Override
        Reply outcome(ApiResponse answer) {
            if (answer.body().path("items").isEmpty()) {
                return Reply.FAILED;
            }
            return answer.body().path("degraded").asBoolean() ? Reply.DEGRADED : Reply.SERVED;
        }
    };

    /** Number of events in one request. */
    static final int EVENTS = 5;

    /** Number of items of a list. */
    static final int COUNT = 10;

    /**
     * Users and items of the requests.
     *
     * @param known ids of users with a history, which are the first users
     * @param users number of users, so large that none reaches the rate limit of a user
     * @param items ids of the items
     * @param clock source of event times
     */
    record Scene(List<String> known, int users, List<String> items, InstantSource clock) {
        Scene {
            known = List.copyOf(known);
            items = List.copyOf(items);
        }

        String user(RandomGenerator random) {
            int number = random.nextInt(users);
            return number < known.size() ? known.get(number) : "load-user-" + number;
        }

        String item(RandomGenerator random) {
            return items.get(random.nextInt(items.size()));
        }
    }

    private final String path;

    Traffic(String path) {
        this.path = path;
    }

    abstract ObjectNode body(Scene scene, RandomGenerator random);

    /** Returns the outcome of a request from its successful response. */
    abstract Reply outcome(ApiResponse answer);

    /**
     * A request that has ended.
     *
     * @param took from the request to its answer; zero if there was none
     */
    public record Answered(Reply reply, Duration took) {}

    /** Sends one request and returns its outcome. */
    public Answered send(FreshetClient client, ObjectNode body) {
        try {
            ApiResponse answer = client.post(path, body);
            if (answer.status() == 429) {
                return new Answered(Reply.SHED, answer.took());
            }
            return new Answered(answer.ok() ? outcome(answer) : Reply.FAILED, answer.took());
        } catch (UnreachableException unanswered) {
            return new Answered(Reply.FAILED, Duration.ZERO);
        }
    }

    /** Returns the request for a list that a page of the newspaper sends for a user. */
    public static ObjectNode page(SimulatedUser user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("userId", user.userId())
                .put("count", COUNT)
                .put("placement", Simulation.PLACEMENT);
        body.putObject("context").put("country", user.country()).put("device", user.device());
        return body;
    }

    /** Returns the name on the command line. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
