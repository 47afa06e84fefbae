package dev.freshet.testkit.fuzz;

import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import dev.freshet.event.Value;
import dev.freshet.testkit.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** An owner's definitions of event types; what is read is asked for everything it says. */
public final class EventTypesTarget implements FuzzTarget {
    @Override
    public String name() {
        return "definitions of event types";
    }

    @Override
    public int maxLength() {
        return 1_200;
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Bodies.utf8(
                        "{\"try-on\":{\"slot\":3,\"value\":\"seconds\",\"strength\":[[0,0.5],[60,3]]},\"b\":{\"slot\":16,\"strength\":-4,\"target\":\"optional\"}}"),
                Bodies.utf8("{\"a\":{\"slot\":1,\"value\":\"money\",\"strength\":5}}"));
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"slot\":17", "\"slot\":1e400",
                "\"own_1\":{", "\"view\":{",
                "\"value\":\"stars\"", "\"strength\":NaN",
                "\"strength\":[[1e308,10],[1e309,10]]", "\"target\":null");
    }

    @Override
    public void take(byte[] input) {
        EventTypes types;
        try {
            types = EventTypes.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            told(refused);
            return;
        }
        Strengths strengths = Strengths.of(types);
        for (EventType type : types.all()) {
            double strength = strengths.of(type, Value.of(ValueKind.NUMBER, 1));
            boolean sound =
                    Math.abs(strength) <= Strengths.MAX
                            && types.ofName(types.nameOf(type)).equals(Optional.of(type))
                            && Math.abs(types.sign(type)) <= 1
                            && (!type.isOwn()
                                    || types.valueKind(type) != EventType.ValueKind.STARS);
            if (!sound) {
                throw new IllegalStateException("not as defined: " + types.nameOf(type));
            }
        }
    }

    private static void told(IllegalArgumentException refused) {
        if (refused.getMessage() == null
                || !refused.getMessage().endsWith(".")
                || refused.getMessage().length() > 2_000) {
            throw new IllegalStateException("a refusal of no or too many words", refused);
        }
    }
}
