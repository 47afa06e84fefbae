package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.imports.Drain;
import java.time.Duration;

/** Erases the user with the most replayed actions, and follows the erasure into the lake. */
record Erasure(FreshetClient client, LakeFigures lake, DeskdropLog log) {

    ObjectNode figures(Duration atMost) throws InterruptedException {
        String user = DataFigures.mostActive(log).getFirst();
        String path = "/v1/users/" + FreshetClient.segment(user);
        ObjectNode figures = JsonNodeFactory.instance.objectNode().put("user", user);
        figures.set("before", lake.of(user));
        figures.set("receipt", CaseStudy.checked(client.delete(path)).body());
        Drain.await(client, behind -> {});
        figures.set("lake", lake.erased(atMost));
        figures.set("after", lake.of(user));
        figures.set("state", CaseStudy.checked(client.get(path + "/erasure")).body());
        return figures;
    }
}
