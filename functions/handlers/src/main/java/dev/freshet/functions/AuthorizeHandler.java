package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Authenticator;
import dev.freshet.access.Authenticator.Verdict;
import dev.freshet.access.Operations;
import dev.freshet.access.Operations.Operation;
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
        this(new Wiring(Settings.fromEnvironment()));
    }

    public AuthorizeHandler(Wiring wiring) {
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

    /**
     * The authorizer's response for an admitted caller. Its policy allows every operation that this
     * kind of credential may call, so that the response can be cached for all routes. Its context
     * identifies the caller to the functions, and it names the key under which the usage plan
     * counts requests.
     *
     * @param json ≤ 8 KB, the limit of API Gateway
     */
    record AuthorizerAnswer(ObjectNode json) {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        /**
         * Returns the response for an admitted caller.
         *
         * @param methodArn of the request: {@code
         *     arn:aws:execute-api:region:account:api/stage/METHOD/path}
         */
        static AuthorizerAnswer of(Verdict.Admitted admitted, String methodArn) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode resources =
                    statement(answer, admitted.key().keyId(), "Allow").putArray("Resource");
            String stage = stage(methodArn);
            Operations.of(admitted.key().kind())
                    .forEach(operation -> resources.add(stage + route(operation)));
            ObjectNode context = answer.putObject("context");
            admitted.caller().toContext().forEach(context::put);
            answer.put("usageIdentifierKey", admitted.key().usageKey());
            return new AuthorizerAnswer(answer);
        }

        /**
         * Returns the response for a credential that is not valid: it may call nothing.
         *
         * @param methodArn of the request
         */
        static AuthorizerAnswer refusal(String methodArn) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            statement(answer, "refused", "Deny").put("Resource", stage(methodArn) + "/*");
            return new AuthorizerAnswer(answer);
        }

        /** Adds a policy of one statement, and returns the statement, which lacks the resource. */
        private static ObjectNode statement(ObjectNode answer, String principal, String effect) {
            return answer.put("principalId", principal)
                    .putObject("policyDocument")
                    .put("Version", "2012-10-17")
                    .putArray("Statement")
                    .addObject()
                    .put("Action", "execute-api:Invoke")
                    .put("Effect", effect);
        }

        /** Returns {@code arn:…:api/stage}, the part of the ARN before the method. */
        private static String stage(String methodArn) {
            int api = methodArn.indexOf('/');
            int stage = api < 0 ? -1 : methodArn.indexOf('/', api + 1);
            if (stage < 0) {
                throw new IllegalArgumentException("not the ARN of a method");
            }
            return methodArn.substring(0, stage);
        }

        /**
         * Returns the route of an operation for a policy, with {@code *} for each path parameter.
         * The functions check the parameter itself.
         */
        private static String route(Operation operation) {
            return "/" + operation.method() + operation.path().replaceAll("\\{[^}]*}", "*");
        }

        /** Writes the response as JSON. */
        void write(OutputStream out) throws IOException {
            MAPPER.writeValue(out, json);
        }
    }
}
