package dev.freshet.entrance;

/**
 * What is expected of one route, for each who may call it; {@code ok} where it answers, else the
 * code of the problem. Written by hand, from what the product promises, and compared with what it
 * does: nothing here is read off the code that decides.
 *
 * @param anonymous a publishable key, for an anonymous reader or nobody
 * @param named a publishable key, for a user's id
 * @param own a user token, for the token's user
 * @param other a user token, for another user
 * @param server a secret key
 */
record Row(String anonymous, String named, String own, String other, String server) {

    /** For everybody with a key, whoever is meant. */
    static Row everybody() {
        return new Row("ok", "ok", "ok", "ok", "ok");
    }

    /** For an anonymous reader of a page, a user's own token, and servers. */
    static Row readers() {
        return new Row("ok", "not-your-reader", "ok", "not-your-user", "ok");
    }

    /** For the user and servers. */
    static Row ownUser() {
        return new Row("forbidden", "forbidden", "ok", "not-your-user", "ok");
    }

    /** For servers alone. */
    static Row servers() {
        return new Row("forbidden", "forbidden", "forbidden", "forbidden", "ok");
    }

    String of(Who who) {
        return switch (who) {
            case NOBODY, EXPIRED_TOKEN, REVOKED_KEY -> "unauthorized";
            case PAGE_ANONYMOUS -> anonymous;
            case PAGE_NAMED -> named;
            case OWN_TOKEN -> own;
            case OTHERS_TOKEN -> other;
            case SECRET_KEY -> server;
        };
    }
}
