package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;

/**
 * Where calls are counted: on AWS, the API keys of API Gateway. Each call may be repeated: what is
 * done already is no error.
 */
interface UsageKeys {

    /** There is nobody to tell: the local cloud finds a key's plan by its kind. */
    UsageKeys NOWHERE =
            new UsageKeys() {
                @Override
                public void add(AccessKey key) {}

                @Override
                public void remove(AccessKey key) {}
            };

    /** Lets calls under this key's usage key be counted by the plan of its kind. */
    void add(AccessKey key);

    /** Forgets the usage key: calls under it are refused from then on. */
    void remove(AccessKey key);
}
