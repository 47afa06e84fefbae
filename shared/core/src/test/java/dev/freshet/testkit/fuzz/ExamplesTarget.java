package dev.freshet.testkit.fuzz;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.Examples;
import java.util.List;
import java.util.Random;

/** A record of the {@code examples} stream; what is read must be written and read the same. */
public final class ExamplesTarget implements FuzzTarget {
    @Override
    public String name() {
        return "examples";
    }

    @Override
    public List<byte[]> seeds() {
        Examples examples = new Examples();
        return List.of(
                ExampleCodec.encode(examples.mixed(new Random(3), 30)),
                ExampleCodec.encode(List.of(examples.forget(1), examples.merge(2, 3))));
    }

    @Override
    public void take(byte[] input) {
        List<Example> examples;
        try {
            examples = ExampleCodec.decode(input);
        } catch (MalformedBytesException refused) {
            return;
        }
        if (!ExampleCodec.decode(ExampleCodec.encode(examples)).equals(examples)) {
            throw new IllegalStateException("other examples came back than were read");
        }
    }
}
