package dev.freshet.emulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.s3.S3LakeAnswers;
import dev.freshet.aws.s3.S3LakeProgress;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.lake.LakeAnswers.LakeAnswer;
import dev.freshet.lake.LakeRedrive;
import dev.freshet.lake.NamedQuery;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import dev.freshet.testkit.LakeFlows;
import dev.freshet.testkit.SettableClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The objects of a lake, in a bucket that answers as S3 does. */
class S3LakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String BUCKET = "freshet-lake-of-tests";
    private static final S3Client S3 = EmulatedAws.clients().s3();

    private final EventCodec codec = new EventCodec();
    private final S3ObjectStore objects = S3ObjectStore.ofLake(S3, BUCKET);

    @BeforeAll
    static void makeBucket() {
        S3.createBucket(request -> request.bucket(BUCKET));
    }

    @Test
    void whatFirehoseGaveUpIsStagedAsRowsAndRemoved() {
        SettableClock clock = new SettableClock(NOW);
        objects.put("errors/processing-failed/2026/1", line("ann"));
        objects.put("errors/processing-failed/2026/2", "not json".getBytes(UTF_8));
        LakeRedrive redrive =
                new LakeRedrive(
                        objects,
                        LakeFlows.withoutProfiles(clock),
                        data -> Optional.of(codec.decode(data).partitionKey()),
                        clock);

        assertThat(redrive.run(NOW.plusSeconds(60)))
                .isEqualTo(
                        new LakeRedrive.Result(1, 1, 0, 1, false, new TreeMap<>(Map.of("x", 1))));

        assertThat(objects.keys("errors/", 10)).containsExactly("errors/processing-failed/2026/2");
        assertThat(objects.keys("staging/", 10))
                .containsExactly("staging/processing-failed/2026/1.jsonl");
        assertThat(
                        new String(
                                objects.get("staging/processing-failed/2026/1.jsonl").orElseThrow(),
                                UTF_8))
                .contains("\"kind\":\"interaction\"", "\"target_id\":\"a\"")
                .doesNotContain("ann");
        assertThat(objects.get("errors/absent")).isEmpty();
    }

    @Test
    void theLatestResultOfAQueryIsReadBack() {
        S3LakeAnswers answers = new S3LakeAnswers(S3, BUCKET);
        assertThat(answers.latest(NamedQuery.RETENTION)).isEmpty();

        answers.put(NamedQuery.CLICK_RATE, "\"arm\"\n\"old\"\n");
        answers.put(NamedQuery.CLICK_RATE, "\"arm\",\"rate\"\n\"treatment\",\n");

        LakeAnswer answer = answers.latest(NamedQuery.CLICK_RATE).orElseThrow();
        assertThat(answer.columns()).containsExactly("arm", "rate");
        assertThat(answer.rows()).containsExactly(Arrays.asList("treatment", null));
        assertThat(answer.isWhole()).isTrue();
    }

    @Test
    void ofALongResultTheFirstRowsAreRead() {
        S3LakeAnswers answers = new S3LakeAnswers(S3, BUCKET);
        String row = '"' + "x".repeat(9_998) + "\"\n";
        answers.put(NamedQuery.UNSEEN_ITEMS, "\"item\"\n" + row.repeat(200));

        LakeAnswer answer = answers.latest(NamedQuery.UNSEEN_ITEMS).orElseThrow();

        assertThat(answer.rows()).hasSize(LakeAnswer.MAX_BYTES / row.length());
        assertThat(answer.isWhole()).isFalse();
    }

    private byte[] line(String user) {
        EventHeader header = EventHeader.of("e", UserIdentity.user(user), NOW);
        byte[] data =
                codec.encode(
                        new Event.Interaction(
                                header, EventType.CLICK, Target.item("a"), Value.NONE));
        return LakeFlows.givenUp(data, NOW).getBytes(UTF_8);
    }

    @Test
    void theProgressOfErasuresIsReadAsItWasStored() {
        S3LakeProgress progress = new S3LakeProgress(S3, BUCKET);
        assertThat(progress.get()).isEqualTo(LakeProgress.NONE);

        LakeProgress reached =
                new LakeProgress(Optional.of(NOW), Optional.empty(), Optional.of(NOW));
        progress.put(reached);

        assertThat(progress.get()).isEqualTo(reached);
    }
}
