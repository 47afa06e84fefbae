package dev.freshet.aws;

import dev.freshet.training.CompactionRequests.CompactionTrigger;
import java.io.IOException;
import java.util.Map;

/**
 * A {@link CompactionTrigger} that invokes a Lambda function asynchronously: Lambda queues the
 * invocation and answers 202. The request is made without the SDK's client of Lambda, which would
 * add 2.8 MB to a jar that is loaded at each start, and is not repeated.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaCompactionTrigger implements CompactionTrigger {
    private static final String STORE = "Lambda";
    private static final int ACCEPTED = 202;

    private final SignedHttp lambda;
    private final String path;

    /**
     * Creates a trigger.
     *
     * @param lambda signs for the service {@code lambda}
     * @param function name of the function that compacts
     */
    public LambdaCompactionTrigger(SignedHttp lambda, String function) {
        this.lambda = lambda;
        this.path = "/2015-03-31/functions/" + function + "/invocations";
    }

    @Override
    public void request() {
        int status;
        try {
            status = lambda.post(path, Map.of("X-Amz-Invocation-Type", "Event"), "{}").status();
        } catch (IOException noAnswer) {
            throw AwsCalls.unavailable(STORE, noAnswer);
        }
        if (status != ACCEPTED) {
            throw AwsCalls.unavailable(STORE, "an invocation was answered by status " + status);
        }
    }
}
