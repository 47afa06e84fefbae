package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;

/**
 * The usage keys by which calls are counted: on AWS, the API keys of API Gateway. Each operation is
 * idempotent.
 */
interface UsageKeys {

    /** Registers nothing: a local cloud finds the plan of a key by its kind. */
    UsageKeys NOWHERE =
            new UsageKeys() {
                @Override
                public void add(AccessKey key) {}

                @Override
                public void remove(AccessKey key) {}
            };

    /** Registers the usage key of a key with the plan of its kind. */
    void add(AccessKey key);

    /** Removes the usage key of a key; calls that carry it are refused from then on. */
    void remove(AccessKey key);
}
