package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContextTest {
    private static final Context WHOLE = Context.of(Text::wireName, 7);

    @ParameterizedTest
    @EnumSource
    void whatIsStoredAndLearnedAreTheTextsOfTheirLists(Text text) {
        assertThat(text.of(WHOLE)).isEqualTo(text.wireName());
        assertThat(text.of(WHOLE.stored())).isEqualTo(ifIn(Text.STORED, text));
        assertThat(text.of(WHOLE.learned())).isEqualTo(ifIn(Text.LEARNED, text));
        assertThat(WHOLE.stored().localHour()).isEqualTo(WHOLE.learned().localHour()).isEqualTo(7);
    }

    private static @Nullable String ifIn(List<Text> texts, Text text) {
        return texts.contains(text) ? text.wireName() : null;
    }
}
