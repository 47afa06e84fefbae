package dev.freshet.entrance;

/** Credential and user of a request: the columns of the matrix. */
enum Credential {
    NOBODY("no credential"),
    PAGE_ANONYMOUS("publishable key, anonymous user"),
    PAGE_NAMED("publishable key, a user's id"),
    OWN_TOKEN("user token, own id"),
    OTHERS_TOKEN("user token, another's id"),
    SECRET_KEY("secret key"),
    INSIGHTS_KEY("insights key"),
    EXPERIMENTS_KEY("experiments key"),
    EXPIRED_TOKEN("expired token"),
    REVOKED_KEY("revoked key");

    private final String heading;

    Credential(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }
}
