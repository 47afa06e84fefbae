package dev.freshet.house.planted.storage;

import org.jspecify.annotations.Nullable;

/** An adapter that reads the environment by itself. */
public final class Adapter {
    /** The region, by the back door. */
    public @Nullable String region() {
        return System.getenv("AWS_REGION");
    }
}
