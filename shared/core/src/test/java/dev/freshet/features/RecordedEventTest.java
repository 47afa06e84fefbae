package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.StreamRecord;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Submission;
import dev.freshet.ingest.UserAgents;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.testkit.Site;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordedEventTest {
    private static final int USERS = Integer.getInteger("freshet.restore.users", 1_000);
    private static final int ITEMS = 300;
    private static final EventType[] TYPES = {
        EventType.VIEW,
        EventType.CLICK,
        EventType.DWELL,
        EventType.SCROLL,
        EventType.LIKE,
        EventType.RATING,
        EventType.CART,
        EventType.PURCHASE,
        EventType.DISLIKE
    };
    private static final Signer SIGNER = new Signer(new byte[32]);

    private final EventReader reader =
            new EventReader(
                    () -> SIGNER,
                    new UserAgents(),
                    new RateLimit(),
                    UnaryOperator.identity(),
                    EventTypes.BUILT_IN);

    /** Takes events into empty stores, one record each, received at these times. */
    private EventFlow taken(List<String> events, List<Instant> received) throws Exception {
        EventFlow flow = new EventFlow();
        List<StreamRecord> batch = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            byte[] body = ("{\"events\":[" + events.get(i) + "]}").getBytes(StandardCharsets.UTF_8);
            Instant at = received.get(i);
            ReceiptContext receipt =
                    ReceiptContext.importing(
                            at, new ImportPermit(at.plusSeconds(60), Instant.EPOCH));
            Submission.Part part = Submission.open(body).parts().getFirst();
            EventReader.Reading reading =
                    reader.read(part, Optional.empty(), receipt, new AgentQuota());
            assertThat(reading).as(events.get(i)).isInstanceOf(EventReader.Reading.Accepted.class);
            Event event = ((EventReader.Reading.Accepted) reading).event();
            batch.add(flow.record(event));
            if (batch.size() == 100 || i == events.size() - 1) {
                flow.take(batch);
                batch.clear();
            }
        }
        assertThat(flow.stored()).hasSize(events.size());
        return flow;
    }

    private static List<String> history(SplittableRandom random, List<Instant> times) {
        List<String> events = new ArrayList<>();
        Instant at = EventFlow.NOW.minus(Duration.ofDays(60));
        for (int i = 0; i < USERS * 8; i++) {
            at = at.plusMillis(1 + random.nextInt(2_000));
            EventType type = TYPES[random.nextInt(TYPES.length)];
            int user = i % USERS;
            int item = (user % 6) * (ITEMS / 6) + random.nextInt(ITEMS / 6);
            String value =
                    switch (type) {
                        case DWELL -> ",\"value\":" + random.nextInt(400_000) / 1_000.0;
                        case SCROLL -> ",\"value\":" + random.nextInt(101);
                        case RATING -> ",\"value\":" + (1 + random.nextInt(9)) / 2.0;
                        default -> "";
                    };
            events.add(
                    """
                    {"eventId":"e%d","type":"%s","userId":"u%d","itemId":"a%d","occurredAt":"%s",\
                    "sessionId":"s%d","context":{"country":"BR","device":"mobile","localHour":9}%s}\
                    """
                            .formatted(i, type.wireName(), user, item, at, user, value));
            times.add(at);
        }
        return events;
    }

    private static Site site(EventFlow flow) {
        Site site = new Site();
        for (int i = 0; i < ITEMS; i++) {
            site.put(Site.article("a" + i, "Story " + i, "section-" + i / (ITEMS / 6)));
        }
        flow.rows.scan(row -> site.interactions.putIfAbsent(row, null));
        return site.learn(flow.learned());
    }

    @Test
    void listsOfAllUsersAreEqualAfterEventsAreExportedAndImportedAgain() throws Exception {
        long seed = 20261126;
        List<Instant> times = new ArrayList<>();
        EventFlow before = taken(history(new SplittableRandom(seed), times), times);
        List<StoredInteraction> rows = new ArrayList<>(before.stored());
        rows.sort(RecordedEvent.ORDER);
        List<String> exported =
                rows.stream()
                        .map(row -> RecordedEvent.of(row, EventTypes.BUILT_IN).toString())
                        .toList();

        EventFlow after = taken(exported, exported.stream().map(line -> EventFlow.NOW).toList());

        Site first = site(before);
        Site second = site(after);
        Set<List<String>> distinct = new HashSet<>();
        int different = 0;
        int shown = 0;
        for (int user = 0; user < USERS; user++) {
            String body = "{\"userId\":\"u" + user + "\",\"count\":20}";
            List<String> list = Site.ids(first.recommend(body));
            distinct.add(list);
            shown += list.size();
            different += list.equals(Site.ids(second.recommend(body))) ? 0 : 1;
        }
        assertThat(shown).isEqualTo(20 * USERS);
        assertThat(distinct).as("users have lists of their own").hasSizeGreaterThan(USERS / 2);
        assertThat(different).as("lists of %d users, seed %d", USERS, seed).isZero();
    }
}
