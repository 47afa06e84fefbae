package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceSizeTest {
    @Test
    void blanksCommentsImportsAndThePackageLineAreNoCode() {
        String planted =
                """
                package planted;

                import java.util.List;

                /**
                 * A class.
                 *
                 * @param <T> of it
                 */
                class Planted<T> {
                    /** Of one line. */
                    List<T> held; // a line of code

                    // A comment.
                    int important = 1; /* also code */
                    /*
                    int gone = 2;
                    */
                }
                """;

        assertThat(SourceSize.of(planted.lines().toList())).isEqualTo(new SourceSize(1, 4, 10));
    }

    @Test
    void sizesAdd() {
        SourceSize sum = new SourceSize(1, 4, 3).plus(new SourceSize(2, 4, 1));

        assertThat(sum).isEqualTo(new SourceSize(3, 8, 4));
        assertThat(sum.commentShare()).isEqualTo(0.5);
        assertThat(SourceSize.NONE.commentShare()).isZero();
    }
}
