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
final class HttpApi extends Construct {
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

    final ApiEndpoint endpoint;

    HttpApi(Construct scope, SecurityBaseline baseline, Map<String, FreshetFunction> functions) {
        super(scope, "HttpApi");
        StackSettings settings = baseline.settings;
        String stage = settings.text(StackOptions.STAGE);
        ApiDocument document = ApiDocument.load();
        ObjectNode body =
                HttpDocument.of(
                        document,
                        settings.get(StackOptions.STACK_NAME),
                        settings.get(StackOptions.ACCESS_CACHE_SECONDS),
                        name -> Api.invocation(functions, name));
        CfnApi api = CfnApi.Builder.create(this, "Api").body(ApiDocument.plain(body)).build();
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
        String host = ApiEndpoint.host(Stack.of(this), api.getRef());
        endpoint =
                new ApiEndpoint(
                        api.getRef(),
                        "https://%s/%s/".formatted(host, stage),
                        host,
                        stage,
                        Map.of("ApiId", api.getRef(), "Stage", stage),
                        "5xx",
                        "4xx");
        // Whatever the route: the document alone says which route reaches which function.
        String everyRoute = Access.arn(this, "execute-api", api.getRef() + "/*");
        new TreeMap<>(functions)
                .forEach((name, function) -> function.permit(this, name, everyRoute, "PermitHttp"));
    }
}
