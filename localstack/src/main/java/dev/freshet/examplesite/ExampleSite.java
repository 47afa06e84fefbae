package dev.freshet.examplesite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A made-up site, as the API takes it.
 *
 * @param items of the catalogue
 * @param users with their attributes
 * @param events in the order of their times
 */
record ExampleSite(List<ObjectNode> items, List<ObjectNode> users, List<ObjectNode> events) {}
