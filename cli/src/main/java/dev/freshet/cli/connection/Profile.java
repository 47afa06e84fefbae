package dev.freshet.cli.connection;

import java.net.URI;
import java.util.Optional;

/**
 * One profile of the file of profiles.
 *
 * @param endpoint address of the API
 * @param key key or user token; may be absent
 */
record Profile(URI endpoint, Optional<String> key) {
    /** Returns the endpoint, without the key. */
    @Override
    public String toString() {
        return "Profile[" + endpoint + "]";
    }
}
