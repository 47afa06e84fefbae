package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Authenticator;
import dev.freshet.access.Authenticator.Verdict;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.LogContext;
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
 * Says to API Gateway who is calling: a token authorizer over the header {@code Authorization}, its
 * answer cached by the header's value. A credential that is not believed ends with the error
 * {@value #UNAUTHORIZED}, which API Gateway answers with 401 and does not cache; a store that does
 * not answer fails the invocation, and nobody is let in.
 *
 * <p>The log gets the reason as a figure, never a credential or whose it was.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     from an API Gateway Lambda authorizer</a>
 */
public final class AuthorizeHandler implements RequestStreamHandler {
    /** The message that API Gateway knows. */
    public static final String UNAUTHORIZED = "Unauthorized";

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

    /** The credential is not believed. */
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
            switch (judged(event.path("authorizationToken").asText(""))) {
                case Verdict.Admitted admitted -> {
                    metrics.line().count("Admitted", 1).write();
                    AuthorizerAnswer.of(admitted, event.path("methodArn").asText("")).write(out);
                }
                case Verdict.Refused refused -> {
                    metrics.line()
                            .count("Refused", 1)
                            .saying("reason", refused.reason().figure())
                            .write();
                    throw new UnauthorizedException();
                }
            }
        }
    }

    private Verdict judged(String header) {
        try {
            return authenticator.get().judge(header);
        } catch (RuntimeException unjudged) {
            LOG.error("A credential could not be judged", unjudged);
            metrics.line().count("Unjudged", 1).write();
            throw new LoggedHandler.FailedException(unjudged);
        }
    }
}
