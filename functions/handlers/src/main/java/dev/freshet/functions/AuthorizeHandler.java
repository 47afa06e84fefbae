package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Authenticator;
import dev.freshet.access.Authenticator.Verdict;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.LogContext;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda authorizer of the REST API: a token authorizer over the header {@code Authorization},
 * whose result API Gateway caches by the header's value. For a credential that is not valid it
 * fails with the message {@value #UNAUTHORIZED}, which API Gateway answers with 401 and does not
 * cache. An HTTP API invokes it with payload format 1.0, which has the header's value too. If a
 * store does not respond, the invocation fails and the request is not admitted.
 *
 * <p>The log has the reason of a refusal as a metric property, and neither the credential nor its
 * owner.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     from an API Gateway Lambda authorizer</a>
 */
public final class AuthorizeHandler implements RequestStreamHandler {
    /** The exception message that API Gateway maps to status 401. */
    public static final String UNAUTHORIZED = "Unauthorized";

    /**
     * The source of the events of a schedule, which invokes the function to keep its snapshot. Such
     * an event has no credential, and its empty answer admits nobody.
     */
    private static final String SCHEDULE = "aws.events";

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizeHandler.class);

    private final Supplier<Authenticator> authenticator;
    private final Metrics metrics;

    public AuthorizeHandler() {
        this(Settings.fromEnvironment());
    }

    public AuthorizeHandler(Settings settings) {
        this(new Wiring(settings));
    }

    private AuthorizeHandler(Wiring wiring) {
        this(wiring.authenticator().start()::authenticator, wiring.metrics());
    }

    AuthorizeHandler(Supplier<Authenticator> authenticator, Metrics metrics) {
        this.authenticator = authenticator;
        this.metrics = metrics;
    }

    /** Thrown if the credential is not valid. */
    static final class UnauthorizedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnauthorizedException() {
            super(UNAUTHORIZED, null, false, false);
        }
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
            throws IOException {
        try (LogContext _ = LogContext.of(this, context)) {
            JsonNode event = HttpRequest.event(in);
            if (event.path("source").asText("").equals(SCHEDULE)) {
                return;
            }
            switch (judged(event.path("authorizationToken").asText(""))) {
                case Verdict.Admitted admitted -> {
                    metrics.line().add(MetricName.CREDENTIALS_ADMITTED, 1).write();
                    AuthorizerAnswer.of(admitted, event.path("methodArn").asText("")).write(out);
                }
                case Verdict.Refused refused -> {
                    metrics.line()
                            .add(MetricName.CREDENTIALS_REFUSED, 1)
                            .property("reason", refused.reason().figure())
                            .write();
                    refuse(event, out);
                }
            }
        }
    }

    /**
     * Refuses a credential: to a REST API by an exception, which becomes status 401, to an HTTP
     * API, for which any exception is a failure, by a policy that denies every route, which becomes
     * 403.
     */
    private static void refuse(JsonNode event, OutputStream out) throws IOException {
        if (!event.path("type").asText("").equals("REQUEST")) {
            throw new UnauthorizedException();
        }
        AuthorizerAnswer.refusal(event.path("methodArn").asText("")).write(out);
    }

    private Verdict judged(String header) {
        try {
            return authenticator.get().judge(header);
        } catch (RuntimeException unjudged) {
            LOG.error("A credential could not be checked", unjudged);
            metrics.line().add(MetricName.CREDENTIAL_CHECKS_FAILED, 1).write();
            throw new LoggedHandler.FailedException(unjudged);
        }
    }
}
