package dev.freshet.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A function that answers as <em>recommend</em> does, without stores or a model. The environment
 * variable {@value #BEHAVIOUR} says how the requests after the first one, or the first one, fail.
 */
public final class AnsweringHandler implements RequestStreamHandler {
    static final String BEHAVIOUR = "BEHAVIOUR";

    private int requests;

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        requests++;
        boolean degraded =
                switch (System.getenv(BEHAVIOUR)) {
                    case "good-after-first" -> requests == 1;
                    case "degraded-after-first" -> requests > 1;
                    case "ends-after-first" -> {
                        if (requests > 1) {
                            Runtime.getRuntime().halt(1);
                        }
                        yield true;
                    }
                    default -> false;
                };
        out.write(answer(degraded).getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(boolean degraded) {
        String body =
                "{\\\"model\\\":{\\\"version\\\":1},\\\"items\\\":[{}],\\\"degraded\\\":"
                        + degraded
                        + ",\\\"degradedReasons\\\":[]}";
        return "{\"statusCode\":200,\"body\":\"" + body + "\"}";
    }
}
