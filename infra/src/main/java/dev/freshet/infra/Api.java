package dev.freshet.infra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.ApiDefinition;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import software.constructs.Node;

/**
 * A REST API in one {@link Variant}, built from the OpenAPI document. API Gateway gives an API that
 * is built from a document no permission to invoke functions, so each function permits this API and
 * stage to call its alias. One permission for each route would not fit: Lambda allows 20 KB for
 * those of a function.
 */
final class Api extends Construct {
    /**
     * The fields of an entry of the access log. There is no address of a caller and no path, which
     * may contain ids of users. The id of the access key shows whose requests are many or refused,
     * and is no secret.
     */
    private static final Map<String, String> ACCESS_LOG =
            new TreeMap<>(
                    Map.of(
                            "requestId", "$context.requestId",
                            "time", "$context.requestTimeEpoch",
                            "method", "$context.httpMethod",
                            "route", "$context.resourcePath",
                            "status", "$context.status",
                            "bytes", "$context.responseLength",
                            "latencyMs", "$context.responseLatency",
                            "functionMs", "$context.integrationLatency",
                            "keyId", "$context.authorizer.principalId",
                            "error", "$context.error.responseType"));

    /** The variants of the REST API, which differ in how callers are authenticated. */
    enum Variant {
        /** Callers send an access key or a user token, which the authorizer function checks. */
        KEYS("Api", "ApiLog", ""),

        /**
         * Callers inside AWS sign requests with IAM credentials; API Gateway checks signature and
         * policy.
         */
        SIGNED("SignedApi", "SignedApiLog", "-signed");

        /** The logical id of the API. */
        final String id;

        /** The logical id of the access log. */
        final String logId;

        /** The suffix of the API's name, which begins with the name of the stack. */
        final String suffix;

        Variant(String id, String logId, String suffix) {
            this.id = id;
            this.logId = logId;
            this.suffix = suffix;
        }
    }

    final Variant variant;

    /**
     * The security policy of TLS 1.2 and 1.3 with forward secrecy; the default allows TLS 1.0 too.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html">Security
     *     policies for REST APIs</a>
     */
    static final String TLS = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09";

    /** How strictly callers are held to the host that they name, which the policy requires. */
    static final String ACCESS_MODE = "STRICT";

    /** The bytes from which a response is compressed, if the client accepts that. */
    private static final int COMPRESSED_FROM = 1_024;

    /** Whether this API sets the account's role for logs. */
    private final boolean setsLogRole;

    final SpecRestApi api;
    final List<ApiDocument.Route> routes;
    final ApiEndpoint endpoint;

    Api(
            Construct scope,
            SecurityBaseline baseline,
            Map<String, FreshetFunction> functions,
            Variant variant) {
        super(scope, variant.id);
        StackSettings settings = baseline.settings;
        this.variant = variant;
        String name = name(settings, variant);
        ApiDocument document = ApiDocument.load();
        routes = document.routes();
        LogGroup log = baseline.log(this, variant.logId);
        StageOptions stage =
                StageOptions.builder()
                        .stageName(settings.text(StackOptions.STAGE))
                        .throttlingRateLimit(settings.get(StackOptions.REQUEST_RATE))
                        .throttlingBurstLimit(settings.get(StackOptions.REQUEST_BURST))
                        .accessLogDestination(new LogGroupLogDestination(log))
                        .accessLogFormat(
                                AccessLogFormat.custom(Stack.of(this).toJsonString(ACCESS_LOG)))
                        .build();
        int cacheSeconds = settings.get(StackOptions.ACCESS_CACHE_SECONDS);
        ObjectNode body =
                GatewayDocument.of(
                        document,
                        variant,
                        cacheSeconds,
                        function -> invocation(functions, function));
        setsLogRole = variant == Variant.KEYS && settings.get(StackOptions.API_LOG_ROLE);
        api =
                SpecRestApi.Builder.create(this, "Rest")
                        .restApiName(name)
                        .apiDefinition(ApiDefinition.fromInline(ApiDocument.plain(body)))
                        .endpointTypes(List.of(EndpointType.REGIONAL))
                        .cloudWatchRole(setsLogRole)
                        .deployOptions(stage)
                        .build();
        FreshetStack.pin(api, variant.id);
        CfnRestApi rest = FreshetStack.resource(api, CfnRestApi.class);
        rest.setSecurityPolicy(TLS);
        rest.setEndpointAccessMode(ACCESS_MODE);
        rest.setMinimumCompressionSize(COMPRESSED_FROM);
        String stageName = api.getDeploymentStage().getStageName();
        endpoint =
                new ApiEndpoint(
                        api.getRestApiId(),
                        api.getUrl(),
                        ApiEndpoint.host(Stack.of(this), api.getRestApiId()),
                        stageName,
                        // Not by a reference: what deploys functions names alarms on them.
                        Map.of("ApiName", name, "Stage", settings.text(StackOptions.STAGE)),
                        "5XXError",
                        "4XXError");
        acknowledge(settings.get(StackOptions.WAF));
        String everyRoute = api.arnForExecuteApi("*", "/*", stageName);
        routes.stream()
                .map(ApiDocument.Route::function)
                .distinct()
                .forEach(of -> permit(of, everyRoute, function(functions, of)));
        if (variant == Variant.KEYS) {
            permit("authorize", authorizers(), function(functions, "authorize"));
        }
    }

    /** Returns the name of the API, by which CloudWatch knows it; known before it is created. */
    static String name(StackSettings settings, Variant variant) {
        return settings.get(StackOptions.STACK_NAME) + variant.suffix;
    }

    /**
     * Makes CloudFormation create the stage of this API after the account's role for access logs,
     * which another API of the stack sets. In a region whose account has no such role yet, API
     * Gateway refuses a stage that logs.
     */
    void logsByTheRoleOf(Api other) {
        if (other.setsLogRole) {
            Node made = other.api.getNode();
            api.getDeploymentStage().getNode().addDependency(made.findChild("Account"));
        }
    }

    /** Returns the ARN of a route in policies, in which a parameter of the path is a wildcard. */
    String arnOf(ApiDocument.Route route) {
        return api.arnForExecuteApi(
                route.method(), route.path().replaceAll("\\{[^}]*}", "*"), endpoint.stage());
    }

    /**
     * Returns the ARN of this API's authorizers. API Gateway chooses the id of the authorizer, so
     * the ARN ends with a wildcard.
     */
    private String authorizers() {
        return Access.arn(this, "execute-api", api.getRestApiId() + "/authorizers/*");
    }

    private void acknowledge(boolean waf) {
        Acknowledged.at(
                api,
                "APIG2",
                "The OpenAPI document makes API Gateway validate requests, which the rule does not see.");
        if (!waf) {
            Acknowledged.at(
                    api,
                    "APIG3",
                    "A web ACL costs $5 a month and more, so the owner chooses it (waf=true); without one, rates"
                            + " are limited by the stage and by the usage plan of each key.");
        }
        Acknowledged.at(
                api,
                "APIG6",
                "Execution logs contain paths with ids of users, in a log group that never expires and does"
                        + " not belong to the stack. The access log contains status, latency and error.");
        if (!setsLogRole) {
            return;
        }
        Acknowledged.at(
                api,
                "IAM4",
                "Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
                "The role is a setting of the account in this region, shared by all its APIs, and API"
                        + " Gateway requires this policy.");
    }

    private void permit(String name, String sourceArn, FreshetFunction function) {
        function.permit(this, name, sourceArn, variant == Variant.KEYS ? "Permit" : "PermitSigned");
    }

    /** Returns the address at which an API invokes the alias of a function. */
    static String invocation(Map<String, FreshetFunction> functions, String name) {
        FreshetFunction function = function(functions, name);
        Stack stack = Stack.of(function);
        return "arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                .formatted(
                        stack.getPartition(), stack.getRegion(), function.alias().getFunctionArn());
    }

    private static FreshetFunction function(Map<String, FreshetFunction> functions, String name) {
        FreshetFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException(
                    "The OpenAPI document names an unknown function: " + name);
        }
        return function;
    }
}
