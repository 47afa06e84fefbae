package dev.freshet.infra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CfnStage.AccessLogSettingsProperty;
import software.amazon.awscdk.services.apigatewayv2.CfnStage.RouteSettingsProperty;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * An HTTP API built from the OpenAPI document, for sites whose bill a REST API would dominate. It
 * passes requests to the functions in the form of a REST API (payload format 1.0) and asks the same
 * authorizer. It has no usage plans, so the rate of one key is not limited, and neither WAF nor
 * validation of envelopes, which the functions check anyway.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html">REST
 *     APIs and HTTP APIs</a>
 */
final class HttpApi extends Construct implements ApiEndpoint {
    /** The fields of an entry of the access log, chosen as those of {@link Api}. */
    private static final Map<String, String> ACCESS_LOG =
            new TreeMap<>(
                    Map.of(
                            "requestId", "$context.requestId",
                            "time", "$context.requestTimeEpoch",
                            "route", "$context.routeKey",
                            "status", "$context.status",
                            "bytes", "$context.responseLength",
                            "latencyMs", "$context.responseLatency",
                            "functionMs", "$context.integrationLatency",
                            "keyId", "$context.authorizer.principalId",
                            "error", "$context.error.responseType"));

    private final CfnApi api;
    private final String stage;

    HttpApi(Construct scope, SecurityBaseline baseline, Map<String, FreshetFunction> functions) {
        super(scope, "HttpApi");
        StackSettings settings = baseline.settings;
        stage = settings.text(StackOptions.STAGE);
        ApiDocument document = ApiDocument.load();
        ObjectNode body =
                HttpDocument.of(
                        document,
                        settings.get(StackOptions.STACK_NAME),
                        settings.get(StackOptions.ACCESS_CACHE_SECONDS),
                        name -> Api.invocation(functions, name));
        api = CfnApi.Builder.create(this, "Api").body(ApiDocument.plain(body)).build();
        api.overrideLogicalId("HttpApi");
        LogGroup log = baseline.log(this, "HttpApiLog");
        int rate = settings.get(StackOptions.REQUEST_RATE);
        int burst = settings.get(StackOptions.REQUEST_BURST);
        CfnStage deployed =
                CfnStage.Builder.create(this, "Stage")
                        .apiId(api.getRef())
                        .stageName(stage)
                        .autoDeploy(true)
                        .defaultRouteSettings(
                                RouteSettingsProperty.builder()
                                        .throttlingRateLimit(rate)
                                        .throttlingBurstLimit(burst)
                                        .build())
                        .accessLogSettings(
                                AccessLogSettingsProperty.builder()
                                        .destinationArn(log.getLogGroupArn())
                                        .format(Stack.of(this).toJsonString(ACCESS_LOG))
                                        .build())
                        .build();
        deployed.overrideLogicalId("HttpApiStage");
        new TreeMap<>(functions).forEach(this::permit);
    }

    /**
     * Allows this API to invoke a function, whatever the route. The document alone says which route
     * reaches which function.
     */
    private void permit(String name, FreshetFunction function) {
        CfnPermission.Builder.create(this, "Permission-" + name)
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .functionName(function.alias().getFunctionArn())
                .sourceArn(Access.arn(this, "execute-api", api.getRef() + "/*"))
                .build()
                .overrideLogicalId("PermitHttp" + Api.capital(name));
    }

    @Override
    public String url() {
        return "https://%s/%s/".formatted(host(), stage);
    }

    @Override
    public String host() {
        Stack stack = Stack.of(this);
        return "%s.execute-api.%s.%s"
                .formatted(api.getRef(), stack.getRegion(), stack.getUrlSuffix());
    }

    @Override
    public String stage() {
        return stage;
    }

    @Override
    public Map<String, String> dimensions() {
        return Map.of("ApiId", api.getRef(), "Stage", stage);
    }

    @Override
    public String serverErrors() {
        return "5xx";
    }

    @Override
    public String clientErrors() {
        return "4xx";
    }
}
