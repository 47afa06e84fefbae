package dev.freshet.aws.option;

/** What receives the requests of a site. */
public enum EntranceChoice {
    /** An API Gateway REST API: usage plans for each key, validation of envelopes, WAF. */
    REST,
    /**
     * An API Gateway HTTP API: the same routes and credentials for less than a third of the price.
     */
    HTTP
}
