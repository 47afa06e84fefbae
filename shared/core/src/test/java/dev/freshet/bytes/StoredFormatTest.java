package dev.freshet.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredFormatTest {
    private final Properties lastRelease = lastRelease();

    private static Properties lastRelease() {
        try (InputStream in =
                Objects.requireNonNull(
                        StoredFormatTest.class.getResourceAsStream("last-release.properties"))) {
            Properties versions = new Properties();
            versions.load(in);
            return versions;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Functions of the last release run during a deployment, and again after a rollback. */
    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadByTheLastRelease(StoredFormat format) {
        String name = format.name().toLowerCase(Locale.ROOT);
        int readByLastRelease = Integer.parseInt(lastRelease.getProperty(name, "0"));

        assertThat(format.written())
                .as("%s: release a reader of the new version first", name)
                .isBetween(1, readByLastRelease);
        assertThat(format.newestRead()).isGreaterThanOrEqualTo(readByLastRelease);
    }

    @ParameterizedTest
    @EnumSource
    void everyVersionUpToTheNewestIsReadAndNoOther(StoredFormat format) {
        for (int version = 1; version <= format.newestRead(); version++) {
            assertThat(format.read(new ByteSource(new byte[] {(byte) version}))).isEqualTo(version);
        }
        for (int version : new int[] {0, format.newestRead() + 1}) {
            assertThatThrownBy(() -> format.read(new ByteSource(new byte[] {(byte) version})))
                    .isInstanceOf(MalformedBytesException.class)
                    .hasMessageContaining(format.name().toLowerCase(Locale.ROOT));
        }
    }
}
