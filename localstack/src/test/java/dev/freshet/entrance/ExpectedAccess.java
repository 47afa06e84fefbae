package dev.freshet.entrance;

/**
 * Expected results of one route for each kind of caller: {@code ok}, or the code of the problem.
 * The values are written by hand from the documentation of the product, independently of the code
 * that decides.
 *
 * @param anonymous result with a publishable key, for an anonymous user or without a user
 * @param named result with a publishable key, for a user id
 * @param own result with a user token, for the token's user
 * @param other result with a user token, for another user
 * @param server result with a secret key
 * @param dashboard result with an insights key
 * @param analyst result with a key for experiments
 */
record ExpectedAccess(
        String anonymous,
        String named,
        String own,
        String other,
        String server,
        String dashboard,
        String analyst) {

    private ExpectedAccess(
            String anonymous, String named, String own, String other, String server) {
        this(anonymous, named, own, other, server, "forbidden", "forbidden");
    }

    /**
     * Returns the row of a route open to every credential but those of the dashboard, for any user.
     */
    static ExpectedAccess everyCredential() {
        return new ExpectedAccess("ok", "ok", "ok", "ok", "ok");
    }

    /**
     * Returns the row of a route open to anonymous users of a page, to a user's own token, and to
     * servers.
     */
    static ExpectedAccess anonymousUsers() {
        return new ExpectedAccess("ok", "not-your-anonymous-id", "ok", "not-your-user", "ok");
    }

    /** Returns the row of a route open to the user's own token and to servers. */
    static ExpectedAccess ownUser() {
        return new ExpectedAccess("forbidden", "forbidden", "ok", "not-your-user", "ok");
    }

    /** Returns the row of a route open to servers only. */
    static ExpectedAccess servers() {
        return new ExpectedAccess("forbidden", "forbidden", "forbidden", "forbidden", "ok");
    }

    /**
     * Returns the row of a route open to servers only, under a path that user tokens may read: the
     * pattern of their policy covers it, so that the function refuses them and not the gateway.
     */
    static ExpectedAccess serversBelowAUser() {
        return new ExpectedAccess("forbidden", "forbidden", "not-permitted", "not-permitted", "ok");
    }

    /** Returns the row of a route open to keys of the dashboard and to servers. */
    static ExpectedAccess insights() {
        return new ExpectedAccess(
                "forbidden", "forbidden", "forbidden", "forbidden", "ok", "ok", "ok");
    }

    /** Returns the row of a route open to keys for experiments and to servers. */
    static ExpectedAccess experiments() {
        return new ExpectedAccess(
                "forbidden", "forbidden", "forbidden", "forbidden", "ok", "forbidden", "ok");
    }

    String of(Credential who) {
        return switch (who) {
            case NOBODY, EXPIRED_TOKEN, REVOKED_KEY -> "unauthorized";
            case PAGE_ANONYMOUS -> anonymous;
            case PAGE_NAMED -> named;
            case OWN_TOKEN -> own;
            case OTHERS_TOKEN -> other;
            case SECRET_KEY -> server;
            case INSIGHTS_KEY -> dashboard;
            case EXPERIMENTS_KEY -> analyst;
        };
    }
}
