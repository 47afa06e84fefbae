package dev.freshet.infra;

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
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A REST API with one {@link ApiVariant}, built from the OpenAPI document. An API made from a
 * document is given no permission to invoke anything, so each route has its own, on the alias that
 * its integration names, and the authorizer has one.
 */
final class Api extends Construct {
    /**
     * No address and no path with ids in it: who read what is nobody's business but the tables'.
     * The key's id tells whose requests are many, or refused, and is no secret.
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

    final ApiVariant variant;

    /**
     * TLS 1.2 and 1.3 with forward secrecy; without it API Gateway takes 1.0 too.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html">Security
     *     policies for REST APIs</a>
     */
    private static final String TLS = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09";

    final SpecRestApi api;
    final List<ApiDocument.Route> routes;

    Api(
            Construct scope,
            StackSettings settings,
            SecurityBaseline safeguards,
            Map<String, FreshetFunction> functions,
            ApiVariant variant) {
        super(scope, variant.id);
        this.variant = variant;
        ApiDocument document = ApiDocument.load();
        routes = document.routes();
        LogGroup log = safeguards.log(this, variant.logId);
        api =
                SpecRestApi.Builder.create(this, "Rest")
                        .restApiName(settings.get(StackOptions.STACK_NAME) + variant.suffix)
                        .apiDefinition(
                                ApiDefinition.fromInline(
                                        GatewayDocument.of(
                                                document,
                                                variant,
                                                settings.get(StackOptions.ACCESS_CACHE_SECONDS),
                                                name ->
                                                        integrationUri(
                                                                functionOf(functions, name)))))
                        .endpointTypes(List.of(EndpointType.REGIONAL))
                        .cloudWatchRole(variant == ApiVariant.KEYS)
                        .deployOptions(
                                StageOptions.builder()
                                        .stageName(settings.text(StackOptions.STAGE))
                                        .throttlingRateLimit(
                                                settings.get(StackOptions.REQUEST_RATE))
                                        .throttlingBurstLimit(
                                                settings.get(StackOptions.REQUEST_BURST))
                                        .accessLogDestination(new LogGroupLogDestination(log))
                                        .accessLogFormat(
                                                AccessLogFormat.custom(
                                                        Stack.of(this).toJsonString(ACCESS_LOG)))
                                        .build())
                        .build();
        LogicalIds.pin(api, variant.id);
        if (api.getNode().getDefaultChild() instanceof CfnRestApi rest) {
            rest.setSecurityPolicy(TLS);
            rest.setEndpointAccessMode("STRICT");
        }
        acknowledge(settings.get(StackOptions.WAF));
        for (ApiDocument.Route route : routes) {
            permit(route.operationId(), arnOf(route), functionOf(functions, route.function()));
        }
        if (variant == ApiVariant.KEYS) {
            permit("authorize", authorizers(), functionOf(functions, "authorize"));
        }
    }

    /** The ARN of a route, as policies name it: a parameter of the path matches anything. */
    String arnOf(ApiDocument.Route route) {
        return api.arnForExecuteApi(
                route.method(),
                route.path().replaceAll("\\{[^}]*}", "*"),
                api.getDeploymentStage().getStageName());
    }

    /** Of this API; API Gateway makes up its id, so it can be named no closer. */
    private String authorizers() {
        Stack stack = Stack.of(this);
        return "arn:%s:execute-api:%s:%s:%s/authorizers/*"
                .formatted(
                        stack.getPartition(),
                        stack.getRegion(),
                        stack.getAccount(),
                        api.getRestApiId());
    }

    private void acknowledge(boolean waf) {
        Acknowledged.at(
                api,
                "APIG2",
                "Requests are validated as the OpenAPI document says, which CDK does not see as resources.");
        if (!waf) {
            Acknowledged.at(
                    api,
                    "APIG3",
                    "A web ACL costs $5 a month and more and is the owner's to choose; without one, rates are"
                            + " limited by the stage and by each key's usage plan.");
        }
        Acknowledged.at(
                api,
                "APIG6",
                "Execution logs write down paths, with readers' ids in them, into a log without end that"
                        + " is not the stack's. The access log tells status, latency and error.");
        if (variant != ApiVariant.KEYS) {
            return;
        }
        Acknowledged.at(
                api,
                "IAM4",
                "Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
                "The role is a setting of the account in this region, shared by all its APIs, and API"
                        + " Gateway asks for this policy.");
    }

    private void permit(String operationId, String sourceArn, FreshetFunction function) {
        CfnPermission permission =
                CfnPermission.Builder.create(this, "Permission-" + operationId)
                        .action("lambda:InvokeFunction")
                        .principal("apigateway.amazonaws.com")
                        .functionName(function.alias().getFunctionArn())
                        .sourceArn(sourceArn)
                        .build();
        permission.overrideLogicalId(
                (variant == ApiVariant.KEYS ? "Permit" : "PermitSigned")
                        + Character.toUpperCase(operationId.charAt(0))
                        + operationId.substring(1));
    }

    private String integrationUri(FreshetFunction function) {
        Stack stack = Stack.of(this);
        return "arn:"
                + stack.getPartition()
                + ":apigateway:"
                + stack.getRegion()
                + ":lambda:path/2015-03-31/functions/"
                + function.alias().getFunctionArn()
                + "/invocations";
    }

    private static FreshetFunction functionOf(Map<String, FreshetFunction> functions, String name) {
        FreshetFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException(
                    "the OpenAPI document names an unknown function: " + name);
        }
        return function;
    }
}
