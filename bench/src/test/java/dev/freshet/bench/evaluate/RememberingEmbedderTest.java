package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberingEmbedderTest {
    @TempDir Path folder;
    private final List<String> computed = new ArrayList<>();

    private RememberingEmbedder remembering() throws IOException {
        return new RememberingEmbedder(new Counting(), folder);
    }

    private final class Counting implements Embedder {
        @Override
        public String origin() {
            return "counting";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public float[] embed(String text) {
            computed.add(text);
            return new float[] {text.length(), -0.5f};
        }
    }

    @Test
    void aTextIsEmbeddedOnce() throws IOException {
        for (int run = 0; run < 3; run++) {
            RememberingEmbedder embedder = remembering();
            assertThat(embedder.embed("Café\nnoir")).containsExactly(9, -0.5f);
            assertThat(embedder.embed("Café\nnoir")).containsExactly(9, -0.5f);
        }
        assertThat(computed).containsExactly("Café\nnoir");
    }

    @Test
    void whatALineThatIsCutShortOrOfAnotherModelHeldIsEmbeddedAgain() throws IOException {
        remembering().embed("tea");
        Path file = folder.resolve("counting.jsonl");
        String whole = Files.readString(file);
        Files.writeString(file, whole + "\nnull\n{\"milk\":null}\n{\"rum\":[1]}\n{\"caf");
        Files.write(file, new byte[] {(byte) 0xc3}, StandardOpenOption.APPEND);
        for (int run = 0; run < 2; run++) {
            RememberingEmbedder embedder = remembering();
            for (String text : List.of("tea", "milk", "rum", "café")) {
                assertThat(embedder.embed(text)).containsExactly(text.length(), -0.5f);
            }
        }
        assertThat(computed).containsExactly("tea", "milk", "rum", "café");
    }
}
