package dev.freshet.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import dev.freshet.training.NeighboursAnnouncement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file that a batch job wrote to the lake becomes an object of the model and an example. */
class AnnounceHandlerTest {
    private static final String KEY = "neighbours/2026-11-30T044000/neighbours-v1";
    private static final Instant MADE_AT = Instant.parse("2026-11-30T04:40:00Z");
    private static final byte[] FILE =
            NeighboursFile.encode(List.of(new NeighboursFile.Row("a", List.of("b"), List.of(0.5))));

    private final MemoryObjectStore lake = new MemoryObjectStore();
    private final MemoryObjectStore model = new MemoryObjectStore();
    private final MemoryExampleLog examples = new MemoryExampleLog();
    private final AnnounceHandler handler =
            new AnnounceHandler(lake, new NeighboursAnnouncement(model, examples));

    private String announced() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(
                        "{\"file\":\"%s\",\"job\":\"neighbours\",\"madeAt\":\"%s\"}"
                                .formatted(KEY, MADE_AT)
                                .getBytes(UTF_8)),
                out,
                null);
        return out.toString(UTF_8);
    }

    @Test
    void theFileIsStoredBesideTheModelAndNamedByAnExample() {
        lake.put(KEY, FILE);

        String answer = announced();

        assertThat(ExampleCodec.decode(examples.records().getFirst()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Example.Neighbours.class,
                        named -> {
                            assertThat(answer).contains(named.key(), "" + FILE.length);
                            assertThat(named.job()).isEqualTo("neighbours");
                            assertThat(named.madeAt()).isEqualTo(MADE_AT);
                            assertThat(model.get(named.key(), FILE.length)).contains(FILE);
                        });
        assertThat(announced()).isEqualTo(answer);
    }

    @Test
    void aFileThatIsMissingOrDamagedFailsAndIsNotAnnounced() {
        assertThatThrownBy(this::announced).isInstanceOf(LoggedHandler.FailedException.class);
        lake.put(KEY, new byte[FILE.length]);
        assertThatThrownBy(this::announced).isInstanceOf(LoggedHandler.FailedException.class);

        assertThat(examples.records()).isEmpty();
        assertThat(model.keys("", 10)).isEmpty();
    }
}
