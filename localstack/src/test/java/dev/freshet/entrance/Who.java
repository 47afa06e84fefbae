package dev.freshet.entrance;

/** With which credential, and for whom: the columns of the matrix. */
enum Who {
    NOBODY("no credential"),
    PAGE_ANONYMOUS("publishable key, anonymous user"),
    PAGE_NAMED("publishable key, a user's id"),
    OWN_TOKEN("user token, own id"),
    OTHERS_TOKEN("user token, another's id"),
    SECRET_KEY("secret key"),
    EXPIRED_TOKEN("expired token"),
    REVOKED_KEY("revoked key");

    private final String heading;

    Who(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }
}
